"""Pages are light, and ask nobody but their own site."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.browser.test_pages import PAGES
from tests.browser.weight import fetched

pytestmark = pytest.mark.browser
ROOMS_MOST_BYTES = 300_000


def signed_in(browser: Browser, site: Site, language: str) -> StorageState:
    context = browser.new_context()
    sign_in(context.new_page(), site, "admin", language)
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_wall_of_rooms_is_light_for_who_opens_it_first(
    browser: Browser, site: Site, language: str
) -> None:
    found = fetched(browser, signed_in(browser, site, language), f"{site.url}/rooms")
    assert found.whole <= ROOMS_MOST_BYTES, found.sizes
    large = [url for url, size in found.sizes.items() if size > 2_000]
    texts = [url for url in large if not urlsplit(url).path.endswith(".woff2")]
    assert len(texts) >= 4
    assert {found.encodings[url] for url in texts} == {"gzip"}


@pytest.mark.parametrize(("language", "letters"), [("ko", 2), ("en", 1)])
def test_the_letters_of_the_pages_are_a_font_that_browsers_take(
    browser: Browser, site: Site, language: str, letters: int
) -> None:
    context = browser.new_context(storage_state=signed_in(browser, site, language))
    page = context.new_page()
    page.goto(f"{site.url}/enrolment")
    page.wait_for_load_state("networkidle")
    found = page.evaluate(
        """() => document.fonts.ready.then(fonts => [...fonts].map(one => [one.family, one.status]))"""
    )
    own = [status for family, status in found if "Daedam" in family]
    context.close()
    assert len(own) == 2
    assert own.count("loaded") >= letters
    assert "error" not in [status for _, status in found]


def test_no_page_asks_another_host(browser: Browser, site: Site) -> None:
    context = browser.new_context(storage_state=signed_in(browser, site, "ko"))
    page = context.new_page()
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).netloc))
    for path in PAGES.values():
        page.goto(site.url + path(site))
        page.wait_for_timeout(100)
    context.close()
    assert hosts <= {urlsplit(site.url).netloc, ""}  # "": an icon that the page brings along
