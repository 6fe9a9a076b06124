"""Every sentence of the pages has its Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

import central.dashboard
from central.dashboard import i18n
from central.dashboard.pages import (
    audit_words,
    behaviour_words,
    calibration_words,
    channels,
    check_in,
    confirm_words,
    delivery_words,
    desk_words,
    fault_words,
    people_words,
    plan_words,
    policy_words,
    quarantine_words,
    resume_words,
    rooms_admin_words,
    speaker_words,
    video_words,
    words,
)

pytestmark = pytest.mark.unit
TEMPLATES = Path(central.dashboard.__file__).parent / "templates"
SAME_IN_BOTH = {"AI", "IT"}


def in_templates() -> Iterator[str]:
    for file in TEMPLATES.rglob("*.html"):
        with file.open("rb") as opened:
            for _, _, message, _ in babel_extract(opened, ["_"], [], {}):
                text = message if isinstance(message, str) else (message or ("",))[0]
                yield str(text or "")


def in_code() -> Iterator[str]:
    modules = (
        words,
        quarantine_words,
        rooms_admin_words,
        behaviour_words,
        delivery_words,
        desk_words,
        fault_words,
        people_words,
        calibration_words,
        speaker_words,
        video_words,
        resume_words,
        plan_words,
        policy_words,
        audit_words,
        check_in,
        confirm_words,
    )
    tables = tuple(map(vars, modules))
    for name, table in (pair for module in tables for pair in module.items()):
        if isinstance(table, dict) and name.isupper() and not name.endswith(("ICONS", "LOOKS")):
            yield from table.values()
    for look in channels.LOOKS.values():
        yield from (look.label, look.short)
    yield from (group.label for group in channels.GROUPS)


SENTENCES = sorted({*in_templates(), *in_code()} - {""})


def test_the_pages_have_sentences() -> None:
    assert len(SENTENCES) > 150


def test_every_sentence_has_its_korean() -> None:
    korean = i18n.catalogue("ko")
    missing = [text for text in SENTENCES if text not in korean]
    assert missing == []


def test_a_translation_fills_the_same_places() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{(\w+)\}", text))

    wrong = [key for key, text in i18n.catalogue("ko").items() if places(key) != places(text)]
    assert wrong == []


def test_korean_is_korean() -> None:
    hangul = re.compile(r"[\uac00-\ud7a3~]")
    plain = [key for key, text in i18n.catalogue("ko").items() if not hangul.search(text)]
    assert set(plain) <= SAME_IN_BOTH


def test_an_unknown_sentence_stays_english_and_is_filled() -> None:
    assert i18n.translate("ko", "No such {thing}", thing="key") == "No such key"


def test_no_sentence_has_two_translations() -> None:
    """The reader takes the last one: "Level" was a loudness until a panel agreed on one."""
    file = Path(central.dashboard.__file__).parent / "locales" / "ko" / "LC_MESSAGES" / "pages.po"
    keys = re.findall(r'^msgid ("(?:.|\n")*?")$', file.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []
