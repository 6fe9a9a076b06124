"""What a person does in the dashboard."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.scene import PASSWORD
from tests.browser.site import Site


def sign_in(page: Page, site: Site, name: str, language: str = "en") -> None:
    """To the first page of their role."""
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/login")
    page.fill("#login", name)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
