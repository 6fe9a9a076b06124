"""`/metrics` on the dashboard's port: for IT that is signed in, and for programs on this machine."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Request, Response, get
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from central.dashboard.auth import roles
from central.dashboard.wants import PublicUrl
from central.telemetry.endpoint import is_loopback
from central.telemetry.registry import REGISTRY

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""A proxy on this machine is loopback too, and whoever asks it is not."""


@get("/metrics", guards=[roles.public], include_in_schema=False)
async def metrics(request: Request[Any, Any, Any], public_url: PublicUrl) -> Response[bytes]:
    """Raises `Refused` as any page of IT does."""
    if not _is_local(request, public_url):
        roles.check(request.scope.get("user"), (roles.IT, roles.ADMIN), request.scope.get("auth"))
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _is_local(request: Request[Any, Any, Any], public_url: str) -> bool:
    """Straight from this machine: not by a proxy, and not by a page that another name leads here."""
    peer = "" if request.client is None else request.client.host
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    published = bool(public_url) and not is_loopback(urlsplit(public_url).hostname or "")
    forwarded = any(name in request.headers for name in FORWARDED)
    return is_loopback(peer) and is_loopback(host) and not (forwarded or published)
