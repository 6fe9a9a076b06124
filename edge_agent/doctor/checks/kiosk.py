"""The kiosk's port: free, or served by the running agent."""

from __future__ import annotations

import socket
from typing import Final

from edge_agent.doctor.finding import Finding, Visit, fail, ok

ANSWER_S: Final = 2.0


class KioskCheck:
    name = "kiosk"
    limit_s = 10.0

    async def run(self, visit: Visit) -> Finding:
        kiosk = visit.config.kiosk
        if kiosk.port == 0:
            return ok("a free port is picked at each start", port=0)
        taken = port_problem(kiosk.host, kiosk.port)
        return judge(kiosk.host, kiosk.port, taken, running=bool(visit.agents))


def port_problem(host: str, port: int) -> str:
    """Why this port cannot be listened on; empty where it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def judge(host: str, port: int, taken: str, *, running: bool) -> Finding:
    """What follows."""
    if not taken:
        if running:
            told = f"the agent runs and does not serve {host}:{port}: it is still starting, or elsewhere"
            return ok(told, port=port, free=True)
        return ok(f"{host}:{port} is free", port=port, free=True)
    if running:
        return ok(f"{host}:{port} is served by the running agent", port=port, free=False)
    todo = f"`ss -ltnp 'sport = :{port}'` names who listens there; stop it, or set kiosk.port"
    return fail(f"{host}:{port} cannot be used: {taken}", todo, port=port, free=False)
