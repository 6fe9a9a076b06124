"""What a page fetches: by whom it is asked, how much comes, and when something is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, StorageState

_QUIET_MS = 600
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass
class Fetched:
    """`sizes`: bytes on the wire, headers included, by address."""

    sizes: dict[str, int] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    first_paint_ms: float | None = None

    @property
    def whole(self) -> int:
        return sum(self.sizes.values())


def fetched(browser: Browser, signed_in: StorageState, address: str) -> Fetched:
    """The page as a browser fetches it that has nothing of it yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, storage_state=signed_in)
    try:
        return _watched(context.new_page(), address)
    finally:
        context.close()


def _watched(page: Page, address: str) -> Fetched:
    found, addresses = Fetched(), dict[str, str]()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")

    def answered(event: dict[str, Any]) -> None:
        response = event["response"]
        headers = {name.lower(): value for name, value in response["headers"].items()}
        addresses[event["requestId"]] = response["url"]
        found.encodings[response["url"]] = headers.get("content-encoding", "")

    def loaded(event: dict[str, Any]) -> None:
        url = addresses.get(event["requestId"], "")
        found.sizes[url] = found.sizes.get(url, 0) + int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", loaded)
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_timeout(_QUIET_MS)  # what the script asks for
    found.first_paint_ms = page.evaluate(_PAINT)
    return found
