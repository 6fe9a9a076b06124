"""The web side: pages for people, the API for programs, and live channels for both.

In: PostgreSQL by `central.storage`, live events by NATS, forms and JSON from people. Out: HTML, JSON,
WebSocket arrays of `central.bus.events`, and rows in `room_commands` with a doorbell.

What a handler may ask for by name (Litestar dependencies):

- `session: AsyncSession`  one per request; who writes calls an `actions` function, or commits itself
- `account: Account`       who is signed in (`central.storage.users.Account`)
- `bus: Bus`               `central.dashboard.bus.Bus`: `ring(room)`, `publish(event)`

Every route names who may use it: `guards=[roles.allow(*roles.STAFF)]` or `guards=[roles.public]`
(`central.dashboard.auth.roles`); without one the app refuses to start. Pages use the browser session
(`auth/browser.py`), `/api/v1` a bearer token (`auth/tokens.py`); neither is believed by the other side.

Errors: raise `central.errors.Refused`; `/api` answers a problem document, a page answers
`templates/error.html` (`status`, `code`, `message`) and sends a visitor without a session to `/login`.
"""
