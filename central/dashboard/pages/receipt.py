"""A receipt: what was recorded, how long it is kept, how to ask. Without a login, for who has its
address; nothing that was measured or said is on it.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Router, get
from litestar.params import FromPath
from litestar.response import Template

from central.dashboard import i18n
from central.dashboard.auth import roles
from central.dashboard.wants import Session
from central.errors import Refused
from central.storage import receipts

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
LONGEST_TOKEN = 64


@get("/receipt/{token:str}", guards=[roles.public], response_headers=PRIVATE)
async def receipt(
    request: Request[Any, Any, Any], token: FromPath[str], session: Session
) -> Template:
    """One interview's."""
    found = await receipts.find(session, token[:LONGEST_TOKEN])
    if found is None:
        raise Refused(
            "receipt_unknown", 404, "There is no receipt here. If there was, it has been deleted."
        )
    policy = found.policy
    kept, ask = (policy.kept, policy.ask) if policy else (None, None)
    language = i18n.language_of(request)
    context = {
        "page": "receipt",
        "receipt": found,
        "kept": getattr(kept, language, ""),
        "ask": getattr(ask, language, ""),
    }
    return Template("receipt.html", context=context)


router = Router("/", route_handlers=[receipt], include_in_schema=False)
