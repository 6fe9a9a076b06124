"""Chromium as the tests start it: headless, alone, and without a word to anybody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

EXECUTABLE = Path("/usr/bin/chromium-headless-shell")
"""The same engine without a frame around it, which took a quarter of the browser tests' time unseen."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; give each test a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def accessibility_faults(page: Page) -> list[str]:
    """What axe-core finds wrong on this page, by WCAG 2.2 AA, one line each."""
    # Evaluated, not added as a script: the pages' own policy forbids that.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
        "wcag22aa", "best-practice"]}).then((r) => r.violations.flatMap((v) => v.nodes.map(
        (n) => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.split("\\n")[1])))"""
    )
    return [str(line) for line in found]


def keep(page: Page, name: str) -> None:
    """Pictures for people to look at: `DAEDAM_PICTURES=folder`."""
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")
