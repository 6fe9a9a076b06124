"""Every component of these pages in each of its states, for whoever builds the next page: drawn by the
macros themselves out of invented values. For administrators; not in the menu.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final

from litestar import Request, Router, get
from litestar.params import FromQuery
from litestar.response import Template
from markupsafe import Markup

from central.dashboard import i18n
from central.dashboard.auth import roles
from central.dashboard.pages.fleet import words_for
from central.dashboard.samples import interview, machines, measured, samples_of

THEMES: Final = ("light", "dark")
COLOURS: Final = {
    "surface-0": "", "surface-1": "", "surface-2": "", "line": "", "line-strong": "",
    "text-1": "surface-1", "text-2": "surface-1", "text-3": "surface-1",
    "accent": "surface-1", "accent-hover": "surface-1", "accent-soft": "accent",
    "on-accent": "accent",
    "ready": "surface-1", "ready-soft": "ready", "attention": "surface-1",
    "attention-soft": "attention", "fault": "surface-1", "fault-soft": "fault",
}  # fmt: skip
"""Names of the tokens, and of the other one of a pair that is read on it or under it."""
SPACES: Final = tuple(f"s{step}" for step in range(1, 9))
SIZES: Final = tuple(f"t{step}" for step in range(1, 7))
_NAMES: Final = re.compile(r'(?<![\w-])(id|for|aria-labelledby|aria-describedby|name)="([^"]+)"')


@get("/components", guards=[roles.allow(roles.ADMIN)])
async def components(request: Request[Any, Any, Any], theme: FromQuery[str] = "") -> Template:
    """All of them. `theme`: light or dark; else as the system has it."""
    language = i18n.language_of(request)
    context = {
        **words_for(request),
        "page": "components",
        "theme": theme if theme in THEMES else "",
        "themes": THEMES,
        "colours": COLOURS,
        "spaces": SPACES,
        "sizes": SIZES,
        "sample": samples_of(language),
        "measured": measured,
        "machines": machines,
        "turn": interview.disturbed_turn(),
        "corrected": partial(interview.corrected, language),
        "confirmed": interview.confirmed,
        "card": interview.ROOM,
        "apart": apart,
        "calibration": None,
        "press": "",
    }
    return Template("components.html", context=context)


def apart(html: str, name: str) -> Markup:
    """The same with ids and names of its own: a component stands here in several states, and a page has
    each id once.
    """
    return Markup(_NAMES.sub(rf'\1="{name}--\2"', html))  # noqa: S704 - the macros' own output


router = Router("/", route_handlers=[components], include_in_schema=False)
