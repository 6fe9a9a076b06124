"""What a person does in the dashboard."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page

from tests.browser.scene import PASSWORD


class Reached(Protocol):
    """A dashboard: `tests.browser.site` or one of the whole stack."""

    @property
    def url(self) -> str: ...


def sign_in(
    page: Page, site: Reached, name: str, language: str = "en", password: str = PASSWORD
) -> None:
    """To the first page of their role."""
    page.context.add_cookies([{"name": "language", "value": language, "url": site.url}])
    page.goto(f"{site.url}/login")
    page.fill("#login", name)
    page.fill("#password", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
