"""The forms' token, checked where the body is a file.

Litestar's own check reads a form's whole body to find the token in it, before anybody is asked who they
are: a stranger could fill the disk with a video. Routes with this guard are left out of that check and
take the token as a header only, which no other site can set.
"""

from __future__ import annotations

from secrets import compare_digest
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware.csrf import CSRF_SECRET_LENGTH, generate_csrf_hash

EXCLUDED: Final = {"exclude_from_csrf": True}
"""The route's `opt`; never without `by_header` among its guards."""


async def by_header(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Raises `PermissionDeniedException` where header and cookie are not the same token of ours."""
    config = connection.app.csrf_config
    assert config is not None
    sent = connection.headers.get(config.header_name, "")
    kept = connection.cookies.get(config.cookie_name, "")
    ours = generate_csrf_hash(kept[:CSRF_SECRET_LENGTH], config.secret)
    same = compare_digest(sent.encode(), kept.encode())
    if not same or not compare_digest(kept[CSRF_SECRET_LENGTH:].encode(), ours.encode()):
        raise PermissionDeniedException("CSRF token verification failed")
