"""A résumé is sent with the keyboard; the page says what was understood, hidden, left out, refused."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import psycopg
import pytest
from playwright.sync_api import Page, expect
from psycopg.types.json import Jsonb

from central.resumes.formats import extract
from central.resumes.limits import Limits
from central.resumes.understanding.understand import understand
from tests.browser.chromium import accessibility_faults
from tests.browser.people import sign_in
from tests.browser.site import Site
from tests.fakes.resumes import KOREAN, Hide, docx

pytestmark = pytest.mark.browser

SAYS = {
    "en": ("Only PDF, DOCX, HWP", "Being read", "marked as hidden", "date of birth", "locked with"),
    "ko": ("PDF, DOCX, HWP", "읽는 중", "숨김으로 표시됨", "생년월일", "암호가 걸렸거나"),
}


def keep(page: Page, name: str) -> None:
    folder = os.environ.get("DAEDAM_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"resume-{name}.png", full_page=True)


def becomes(site: Site, interview: int, **given: object) -> None:
    """What the language role writes of it."""
    names = ", ".join(f"{name} = %s" for name in given)
    with psycopg.connect(site.database_url) as conn:
        conn.execute(
            f"update resumes set {names} where interview_id = %s", (*given.values(), interview)
        )


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_a_resume_is_sent_understood_deleted_and_refused_in_words(
    page: Page, site: Site, tmp_path: Path, language: str, scheme: str
) -> None:
    at_the_door, reading, how, stripped, why = SAYS[language]
    interview = site.scene.scheduled
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    sign_in(page, site, "recruiter", language)
    page.goto(f"{site.url}/interviews")
    page.click(f"a[href='/interviews/{interview}/resume']")
    faults = accessibility_faults(page)
    (tmp_path / "letter.pdf").write_bytes(b"MZ" + bytes(200))
    page.set_input_files("#file", tmp_path / "letter.pdf")
    page.focus("form[data-upload] [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#upload-problem")).to_contain_text(at_the_door)
    keep(page, f"form-{language}")

    content = docx(KOREAN, [Hide("marked")])
    (tmp_path / "resume.docx").write_bytes(content)
    page.set_input_files("#file", tmp_path / "resume.docx")
    page.focus("form[data-upload] [type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#resume .state")).to_contain_text(reading)
    expect(page.locator("#resume-title")).to_be_focused()
    found = msgspec.to_builtins(understand(extract(content, Limits()), Limits()))
    findings = {name: found[name] for name in ("hidden", "stripped", "notes", "rules")}
    becomes(
        site,
        interview,
        state="read",
        format="docx",
        pages=1,
        structured=Jsonb(found["structured"]),
        findings=Jsonb(findings),
    )
    for words in ("하늘소프트", "정보처리기사", how, stripped):
        expect(page.locator("#resume")).to_contain_text(words, timeout=10_000)
    faults += accessibility_faults(page)
    keep(page, f"read-{language}")

    page.click("#resume details.confirm summary")
    page.click("#resume details.confirm button")
    expect(page.locator("form[data-upload]")).to_be_visible()
    page.set_input_files("#file", tmp_path / "resume.docx")
    page.press("form[data-upload] [type=submit]", "Enter")
    expect(page.locator("#resume .state")).to_contain_text(reading)
    becomes(site, interview, state="refused", code="encrypted")
    page.reload()
    expect(page.locator("#resume .message.fault").first).to_contain_text(why)
    expect(page.locator("form[data-upload]")).to_be_visible()
    faults += accessibility_faults(page)
    keep(page, f"refused-{language}")
    with psycopg.connect(site.database_url) as conn:
        conn.execute("delete from resumes where interview_id = %s", (interview,))
    assert faults == []
