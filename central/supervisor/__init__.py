"""All of central on one machine: one child process per role, watched, restarted, stopped in order.

In: `Config`. Out: running children that speak sd_notify, exactly as under systemd.
"""
