"""The page that lists the components: nothing is missing on it, and nothing on it is inaccessible."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from playwright.sync_api import Browser, Page

import central.dashboard
from central.dashboard.pages.components import COLOURS, SIZES, SPACES
from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site

HERE = Path(central.dashboard.__file__).parent
PARTS = sorted((HERE / "templates" / "parts").glob("*.html"))
ONCE = "landmark-unique"
"""A region stands here in several states under its one name; on its own page it stands once."""
EMPTY = """[...document.querySelectorAll(".shown")].filter(part => {
  const box = part.querySelector(".as-is").getBoundingClientRect();
  return box.height < 4 || part.querySelector(".as-is").childElementCount === 0;
}).map(part => part.dataset.part)"""


def parsed(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shown() -> nodes.Template:
    return parsed(HERE / "templates" / "components.html")


@pytest.mark.unit
@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.stem)
def test_every_part_and_each_of_its_macros_is_on_the_page(
    part: Path, shown: nodes.Template
) -> None:
    called = {
        call.node.name
        for block in shown.find_all(nodes.CallBlock)
        for call in block.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
    }
    tree = parsed(part)
    missing = [one.name for one in tree.find_all(nodes.Macro) if one.name not in called]
    assert missing == []
    included = {
        one.template.value
        for one in shown.find_all(nodes.Include)
        if isinstance(one.template, nodes.Const)
    }
    draws_itself = any(isinstance(one, nodes.Output) and _says(one) for one in tree.body)
    assert not draws_itself or f"parts/{part.name}" in included


def _says(output: nodes.Output) -> bool:
    texts = [one.data.strip() for one in output.nodes if isinstance(one, nodes.TemplateData)]
    return any(texts)


@pytest.mark.unit
def test_every_token_is_on_the_page() -> None:
    css = (HERE / "ui" / "tokens.css").read_text(encoding="utf-8")
    assert list(COLOURS) == re.findall(r"--([\w-]+): light-dark\(#", css)
    assert list(SPACES) == re.findall(r"--(s\d): ", css)
    assert list(SIZES) == re.findall(r"--(t\d): ", css)


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_component_is_accessible(
    browser: Browser, site: Site, language: str, theme: str
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sign_in(page, site, "admin", language)
    page.goto(f"{site.url}/components?theme={theme}")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    faults = [one for one in accessibility_faults(page) if not one.startswith(ONCE)]
    if folder := os.environ.get("DAEDAM_PICTURES"):
        page.screenshot(path=Path(folder) / f"components-{language}-{theme}.png", full_page=True)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    empty = page.evaluate(EMPTY)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    context.close()
    assert faults == []
    assert (empty, wide, wrong) == ([], False, [])
    assert sorted(one for one in set(ids) if ids.count(one) > 1) == []


@pytest.mark.browser
@pytest.mark.parametrize("who", ["interviewer", "recruiter", "it"])
def test_only_administrators_see_it(page: Page, site: Site, who: str) -> None:
    sign_in(page, site, who)
    answer = page.goto(f"{site.url}/components")
    assert answer is not None
    assert answer.status == 403
