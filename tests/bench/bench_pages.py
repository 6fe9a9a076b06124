"""Each page of the dashboard on loopback, by a browser that has nothing of it yet: what is transferred
and when something is seen. Goals: first paint within 1 s, the wall of rooms at most 300 kB.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser

from tests.browser.chromium import chromium
from tests.browser.people import sign_in
from tests.browser.site import Site, running_site
from tests.browser.test_pages import PAGES
from tests.browser.weight import Fetched, fetched
from tests.fakes.servers import running_servers

RUNS: Final = 3
FIRST_PAINT_GOAL_MS: Final = 1_000
ROOMS_GOAL_BYTES: Final = 300_000


def main() -> None:
    """One line of JSON."""
    with tempfile.TemporaryDirectory(prefix="daedam-pages-") as folder:
        run = Path(folder)
        run.chmod(0o711)  # PostgreSQL and NATS run as another account
        with (
            chromium() as browser,
            running_servers(run) as servers,
            servers.database() as url,
            running_site(url, servers.nats_url, run) as site,
        ):
            pages = {language: measured(browser, site, language) for language in ("ko", "en")}
    every = [page for group in pages.values() for page in group.values()]
    painted = [page["first_paint_ms"] for page in every if page["first_paint_ms"] is not None]
    rooms = max(pages[language]["rooms"]["transfer_bytes"] for language in pages)
    line = {
        "bench": "pages",
        "runs": RUNS,
        "first_paint_ms_worst": max(painted),
        "first_paint_goal_met": len(painted) == len(every) and max(painted) <= FIRST_PAINT_GOAL_MS,
        "rooms_transfer_bytes": rooms,
        "rooms_goal_met": rooms <= ROOMS_GOAL_BYTES,
        "pages": pages,
    }
    print(json.dumps(line))


def measured(browser: Browser, site: Site, language: str) -> dict[str, dict[str, Any]]:
    """The median of so many runs of each page."""
    context = browser.new_context()
    sign_in(context.new_page(), site, "admin", language)
    state = context.storage_state()
    context.close()
    found = {}
    for name, path in PAGES.items():
        address = site.url + path(site)
        found[name] = _middle([fetched(browser, state, address) for _ in range(RUNS)])
    return found


def _middle(runs: list[Fetched]) -> dict[str, Any]:
    painted = [one.first_paint_ms for one in runs if one.first_paint_ms is not None]
    return {
        "first_paint_ms": round(statistics.median(painted)) if painted else None,
        "transfer_bytes": round(statistics.median(one.whole for one in runs)),
        "requests": len(runs[-1].sizes),
    }


if __name__ == "__main__":
    main()
