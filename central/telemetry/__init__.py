"""Figures of each central process for Prometheus, in text on `/metrics`.

In: what the roles do, and what lives in them. Out: one small HTTP server on loopback a process where
`[metrics] port` is set (`endpoint`); the dashboard answers on its own port. One file a role says what it
counts, so that a process shows only its own. Names follow Prometheus: base units, `_total` for counters.
No person and no interview is in any of them; rooms are a label at the gateway only, one series each.
"""
