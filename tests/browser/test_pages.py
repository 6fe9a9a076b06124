"""Every page, in both languages and both schemes: nothing for axe-core to find, nothing refused by
the Content-Security-Policy, no sideways scrolling.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser
PAGES: dict[str, Callable[[Site], str]] = {
    "rooms": lambda _: "/rooms",
    "room-live": lambda _: "/rooms/seoul-1",
    "room-free": lambda _: "/rooms/seoul-3",
    "interviews": lambda _: "/interviews",
    "interviews-empty": lambda _: "/interviews?status=cancelled",
    "interview-new": lambda _: "/interviews/new",
    "postings": lambda _: "/postings",
    "pins": lambda site: f"/postings/{site.scene.posting}/pins",
    "plan": lambda site: f"/interviews/{site.scene.scheduled}/plan",
    "video": lambda site: f"/interviews/{site.scene.scheduled}/video",
    "report": lambda site: f"/interviews/{site.scene.finished_ko}/report",
    "report-last-resort": lambda site: f"/interviews/{site.scene.finished_en}/report",
    "report-unfinished": lambda site: f"/interviews/{site.scene.live}/report",
    "fleet": lambda _: "/fleet",
    "refusals": lambda _: "/refusals",
    "quarantine": lambda _: "/quarantine",
    "quarantine-room": lambda _: "/quarantine?room=busan-1",
    "people": lambda _: "/users",
    "person": lambda site: f"/users/{site.scene.interviewer}",
    "password": lambda _: "/password",
    "policies": lambda _: "/policies",
    "audit": lambda _: "/audit",
    "enrolment": lambda _: "/enrolment",
    "enrolment-revoke": lambda _: "/enrolment/seoul-1/revoke",
    "not-found": lambda _: "/nowhere",
}


EXPECTED = {"not-found": 404}
ONE_LINE_PX = 80
PARTS = 3
"""All of them at once take a slow machine longer than a test may."""


def keep(page: Page, name: str) -> None:
    """Pictures for people to look at: `DAEDAM_PICTURES=folder`."""
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page="report" in name)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_every_page_is_accessible(
    browser: Browser, site: Site, language: str, scheme: str, part: int
) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda one: wrong.append(one.text) if "Policy" in one.text else None)
    page.goto(f"{site.url}/login")
    faults = {"login": accessibility_faults(page)}
    keep(page, f"login-{language}-{scheme}")
    sign_in(page, site, "admin", language)
    for name, path in list(PAGES.items())[part::PARTS]:
        answer = page.goto(site.url + path(site))
        page.wait_for_timeout(250)
        page.evaluate("document.querySelectorAll('details.measured').forEach(d => d.open = true)")
        faults[name] = accessibility_faults(page)
        if answer is None or answer.status != EXPECTED.get(name, 200):
            faults[name].append(f"answered {answer and answer.status}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults[name].append("wider than the window")
        keep(page, f"{name}-{language}-{scheme}")
    context.close()

    assert {name: found for name, found in faults.items() if found} == {}
    assert wrong == []


def test_every_page_fits_a_tablet(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1024, "height": 768})
    page = context.new_page()
    sign_in(page, site, "admin", "ko")
    wide, tall = [], []
    for name, path in PAGES.items():
        page.goto(site.url + path(site))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)
        box = page.locator("header.top").bounding_box()
        assert box is not None
        if box["height"] > ONE_LINE_PX:
            tall.append(name)
    context.close()
    assert (wide, tall) == ([], [])


def test_reading_needs_no_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "recruiter")
    page.goto(f"{site.url}/interviews/{site.scene.finished_en}/report")

    assert page.locator(".spark path").count() > 20
    assert page.locator("mark").count() > 0
    page.goto(f"{site.url}/rooms/seoul-1")
    assert page.locator("#lines li").count() >= 4
    context.close()
