"""How the room PC is, in figures: for the heartbeat and for monitoring on this PC.

In: every voice frame's level, when the picture last changed, the spool, the certificate, `/proc`. Out:
`flow.Vitals` for central every 5 s (`vitals`), and Prometheus metrics on loopback where a port is set
(`metrics`, `endpoint`). What could not be measured is None. Detectors are pure: time is an argument.
"""
