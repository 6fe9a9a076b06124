"""The bank's files are read strictly, and the bank that ships is complete."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from central.errors import ConfigError
from central.language import bank

pytestmark = pytest.mark.unit

CRITERIA = """
[criteria.ownership]
dimension = "cultural_fit"
weight = 1.0
label.ko = "책임감"
label.en = "Ownership"
anchors.ko = ["가", "나", "다", "라", "마"]
anchors.en = ["a", "b", "c", "d", "e"]
keywords.ko = [["책임"]]
keywords.en = [["own", "responsible"]]
"""
QUESTION = """
[[question]]
key = "outage"
difficulty = "easy"
question_type = "experience"
criteria = ["ownership"]
text.ko = "장애가 났을 때 어떤 일을 맡아 하셨는지 말씀해 주시겠어요?"
text.en = "What did you do when the service went down?"
keywords.ko = [["장애"], ["복구", "해결"]]
keywords.en = [["outage", "down"], ["restore", "fix"]]
reviewed = "A person, 2026-11-20"
"""


def write(folder: Path, criteria: str = CRITERIA, question: str = QUESTION) -> Path:
    (folder / "questions").mkdir()
    (folder / "criteria.toml").write_text(criteria, encoding="utf-8")
    for category in bank.CATEGORIES:
        text = question if category == "behavioral" else ""
        (folder / "questions" / f"{category}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_question_becomes_one_entry_in_each_language(tmp_path: Path) -> None:
    korean, english = bank.load(write(tmp_path))
    assert (korean.language, english.language) == ("ko", "en")
    assert korean.category == "behavioral"
    assert english.rubric.criteria[0].anchors == ("a", "b", "c", "d", "e")
    assert english.rubric.keywords == (("outage", "down"), ("restore", "fix"))
    assert korean.content_hash != english.content_hash


def test_the_same_files_give_the_same_hashes_and_changed_ones_others(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    first = bank.load(write(tmp_path / "a"))
    assert bank.load(write(tmp_path / "b")) == first
    heavier = bank.load(write(tmp_path / "c", CRITERIA.replace("1.0", "2.0")))
    assert {one.content_hash for one in heavier}.isdisjoint(one.content_hash for one in first)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"easy"', '"trivial"', "difficulty"),
        ("went down?", "went down.", "text.en needs exactly one question mark"),
        ("went down?", "go? Why?", "text.en needs exactly one question mark"),
        ("What did you do when the service went down?", "Why?", "text.en has 4 characters"),
        ("What did", "What did " * 20, "text.en has"),
        ("the service went down?", "your husband lost his job?", "asks about marriage"),
        ('["ownership"]', "[]", "at least one criterion"),
        ('["ownership"]', '["honour"]', "criteria.toml has no honour"),
        ('[["장애"], ["복구", "해결"]]', '[["장애"]]', "keywords.ko needs 2 groups"),
        ('"A person, 2026-11-20"', '" "', "reviewed is empty"),
        ("reviewed =", "seen =", "seen"),
    ],
)
def test_a_faulty_question_is_named_with_its_file(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    folder = write(tmp_path, question=QUESTION.replace(old, new))
    with pytest.raises(ConfigError, match=problem) as caught:
        bank.load(folder)
    assert "behavioral.toml" in str(caught.value)
    assert "outage" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('["a", "b", "c", "d", "e"]', '["a", "b", "c", "d"]', "length 5"),
        ("1.0", "0.0", "above 0"),
        ('label.en = "Ownership"', "", "en"),
        ('"cultural_fit"', '"charisma"', "charisma"),
    ],
)
def test_a_faulty_criterion_is_named(old: str, new: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=problem) as caught:
        bank.load(write(tmp_path, CRITERIA.replace(old, new)))
    assert "criteria.toml [ownership]" in str(caught.value)


def test_a_key_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="used twice"):
        bank.load(write(tmp_path, question=QUESTION * 2))


def test_a_missing_bank_says_which_setting_names_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"language\.bank"):
        bank.load(tmp_path)


def test_the_bank_that_ships_has_forty_questions_of_all_kinds_in_both_languages() -> None:
    entries = bank.load()
    for language in bank.LANGUAGES:
        mine = [one for one in entries if one.language == language]
        assert len(mine) >= 40
        assert set(Counter(one.category for one in mine)) == set(bank.CATEGORIES)
        assert {one.difficulty for one in mine} == {"easy", "medium", "hard"}
