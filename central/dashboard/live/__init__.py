"""Live channels: what happens in the rooms, to browsers, within a tenth of a second.

In: every `central.bus.events` event, by one NATS subscription per process. Out: WebSockets
`/live/rooms` and `/live/rooms/{code}` with JSON arrays of events, at most one message per 50 ms.
`{"type":"reload"}` in an array: this socket fell behind or NATS was away; fetch the page anew.
Close codes: 4401 the session has ended (go to the login), 1001 the server leaves (connect again).
A handshake answered 403 is a stranger, another origin, or a session that ended.
"""
