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
    for role, section in (("gateway", config.gateway), ("dashboard", config.dashboard)):
        if role in roles and section.port and _taken(section.host, section.port):
            raise StartError(
                role,
                f"port {section.port} on {section.host} is taken by another process; "
                f"stop that, or set another {role}.port",
            )


def _taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            return False
    except OSError as error:
        return error.errno == errno.EADDRINUSE
