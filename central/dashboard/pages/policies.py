"""The policy profiles of this site: what each lets an interview measure, and why. Read only: they are
files.
"""

from __future__ import annotations

from litestar import Router, get
from litestar.response import Template

from central.dashboard.auth import roles
from central.dashboard.pages import policy_words
from central.dashboard.wants import Profiles
from central.interview.policy import CHANNELS


@get("/policies", guards=[roles.allow(roles.ADMIN, roles.RECRUITER)])
async def policies_page(policies: Profiles) -> Template:
    """The site's own first, then the others by name."""
    names = sorted(policies.profiles, key=lambda name: (name != policies.default, name))
    context = {
        "page": "policies",
        "profiles": [(name, policies.profiles[name]) for name in names],
        "default": policies.default,
        "channels": CHANNELS,
        "told": policy_words,
    }
    return Template("policies.html", context=context)


router = Router("/", route_handlers=[policies_page], include_in_schema=False)
