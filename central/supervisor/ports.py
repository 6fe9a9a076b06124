"""Whether the ports that the settings name are free: said at once, before anything is started."""

from __future__ import annotations

import errno
import socket
from collections.abc import Collection

from central.config import Config
from central.errors import StartError


def refuse_taken(config: Config, roles: Collection[str]) -> None:
    """Raises `StartError` naming the first port that another process has. What cannot be tried here
    (a name that does not resolve, an address of another machine) is left to the role to say.
    """
    gateway, dashboard = config.gateway, config.dashboard
    for role, host, port, key in (
        ("gateway", gateway.host, gateway.port, "gateway.port"),
        ("gateway", gateway.host, gateway.enrolment_port, "gateway.enrolment_port"),
        ("dashboard", dashboard.host, dashboard.port, "dashboard.port"),
    ):
        if role in roles and port and _taken(host, port):
            raise StartError(
                role,
                f"port {port} on {host} is taken by another process; stop that, or set another {key}",
            )


def _taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return False
    except OSError as error:
        return error.errno == errno.EADDRINUSE
