"""The web side: pages for people, the API for programs, and live channels for both.

In: PostgreSQL by `central.storage`, live events by NATS, forms and JSON from people. Out: HTML, JSON,
WebSocket arrays of `central.bus.events`, and rows in `room_commands` with a doorbell.

What a handler may ask for by name (types in `wants.py`):

- `session: Session`       one per request; who writes calls an `actions` function, or commits itself
- `account: SignedIn`      who is signed in (`central.storage.users.Account`)
- `bus: ToRooms`           `central.dashboard.live.LiveBus`: `ring(subject)`, `publish(event)`
- `logins: Gate`           `auth/login.py`, for the login form: `await logins.log_in(name, password,
                           address=request.client.host)`, then `browser.begin(request, account)`

What people do is a function of `actions.py` (commit and doorbell included); what they read is in
`central.storage` (`live_rooms`, `interviews`, `interview_questions`, `reports`, `users`).

`central/dashboard/pages/__init__.py` is asked for `routers` (a sequence of Litestar routers) and may
have `prepare_templates(engine: JinjaTemplateEngine) -> None`. Forms carry `{{ csrf_input | safe }}`,
htmx sends the header `x-csrftoken` with the value of the cookie `csrftoken`.

Every route names who may use it: `guards=[roles.allow(*roles.STAFF)]` or `guards=[roles.public]`
(`central.dashboard.auth.roles`); without one the app refuses to start. Pages use the browser session
(`auth/browser.py`), `/api/v1` a bearer token (`auth/tokens.py`); neither is believed by the other side.

Errors: raise `central.errors.Refused`; `/api` answers a problem document, a page answers
`templates/error.html` (`status`, `code`, `message`, `account`) and sends a visitor without a session
to `/login?next=...`.
"""
