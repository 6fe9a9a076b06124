"""Live channels: what happens in the rooms, to browsers, within a tenth of a second.

In: every `central.bus.events` event, by one NATS subscription per process. Out: WebSockets
`/live/rooms` and `/live/rooms/{code}` with JSON arrays of events, at most one message per 50 ms.
`{"type":"reload"}` in an array: something is missing; fetch the page anew. With `?cursor=` a socket is
told its place by `{"type":"cursor","cursor":...}`, and with that place in the next `?cursor=...` gets
what came meanwhile, once. While NATS is away nothing comes and nothing says so: a page that has to be
right asks for changes every five seconds as well.
Close codes: 4401 the session has ended (go to the login), 1001 the server leaves (connect again).
A handshake answered 403 is a stranger, another origin, or a session that ended.
"""
