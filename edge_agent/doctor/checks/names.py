"""Name resolution: central's name leads to addresses."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, ok, warn

SLOW_MS: Final = 1_000.0


class NamesCheck:
    name = "names"
    limit_s = 15.0

    async def run(self, visit: Visit) -> Finding:
        host, _, port = visit.config.central.address.rpartition(":")
        host = host.strip("[]")
        if _is_address(host):
            return ok(f"{host} is an address; no name is needed", host=host, addresses=[host])
        try:
            seen = await apart(look, host, int(port), limit_s=self.limit_s - 2)
        except Unseen as problem:
            todo = (
                "`resolvectl status` names the servers that are asked; the network must know central's "
                "name, or /etc/hosts; set central.address"
            )
            return fail(f"{host}: {problem}", todo, host=host)
        return judge(host, seen)


def look(host: str, port: int) -> dict[str, Any]:
    """Runs apart: getaddrinfo cannot be interrupted. Raises `OSError` where there is no such name."""
    since_s = time.monotonic()
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    return {"addresses": addresses, "took_ms": round((time.monotonic() - since_s) * 1e3, 1)}


def judge(host: str, seen: dict[str, Any]) -> Finding:
    """What follows."""
    told = f"{host} is {', '.join(seen['addresses'])} ({seen['took_ms']:.0f} ms)"
    if seen["took_ms"] > SLOW_MS:
        todo = "one of the name servers does not answer (`resolvectl status`): take it out"
        return warn(told, todo, host=host, **seen)
    return ok(told, host=host, **seen)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
