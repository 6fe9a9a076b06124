"""Wordings are documents, read strictly; who is marked with which is drawn once and for all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import ConfigError
from central.interview.rubric import Criterion
from central.language.evaluation import prompts, wording
from central.language.evaluation.variants import assigned
from central.language.model import Untrusted

pytestmark = pytest.mark.unit
CRITERION = Criterion("c", "Care", "depth", 1.0, ("1", "2", "3", "4", "5"))


@pytest.mark.parametrize("key", wording.load())
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_wording_asks_for_the_same_in_its_own_words(key: str, language: str) -> None:
    say = wording.load()[key].in_language(language)
    asked = prompts.extraction(say, "Why?", CRITERION, "what was said")
    shown = "".join(part.text for part in (*asked.shared, *asked.own))
    assert f"{prompts.MOST_QUOTES}" in shown
    assert "{" not in shown
    untrusted = [part.text for part in (*asked.shared, *asked.own) if isinstance(part, Untrusted)]
    assert untrusted == ["what was said"]
    assert say.rule in shown, "the rule stands after what the candidate said"
    for falling in (False, True):
        scoring, _ = prompts.scoring(say, "Why?", CRITERION, ["a quote"], falling=falling)
        assert "5. 5" in "".join(part.text for part in scoring.shared)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (('key = "plain"', 'key = "other"'), "has to be the same"),
        (("{quotes}", "3"), "has to say"),
        (('criterion = "Criterion"', 'criterion = " "'), "says nothing"),
        (("[en]", "tone = 'warm'\n[en]"), "tone"),
    ],
)
def test_a_document_that_is_wrong_is_refused(
    change: tuple[str, str], problem: str, tmp_path: Path
) -> None:
    text = (wording.SHIPPED / "plain.toml").read_text("utf-8")
    (tmp_path / "plain.toml").write_text(text.replace(*change), "utf-8")
    with pytest.raises(ConfigError, match=problem):
        wording.load(tmp_path)


def test_two_documents_of_one_version_are_refused(tmp_path: Path) -> None:
    text = (wording.SHIPPED / "plain.toml").read_text("utf-8")
    (tmp_path / "plain.toml").write_text(text, "utf-8")
    copy = text.replace('key = "plain"', 'key = "copy"')
    (tmp_path / "copy.toml").write_text(copy, "utf-8")
    with pytest.raises(ConfigError, match="another document"):
        wording.load(tmp_path)


@given(st.lists(st.text(min_size=1, max_size=6), min_size=2, max_size=5, unique=True), st.data())
def test_another_variant_moves_nobody_between_those_that_were_there(
    variants: list[str], data: st.DataObject
) -> None:
    *before, added = variants
    scope = f"posting:{data.draw(st.integers(1, 10_000))}"
    assert assigned(variants, scope) in {assigned(before, scope), added}
    assert assigned(variants[::-1], scope) == assigned(variants, scope)


def test_variants_have_about_the_same_share() -> None:
    drawn = [assigned(["a", "b", "c"], f"interview:{number}") for number in range(3_000)]
    assert all(850 < drawn.count(one) < 1_150 for one in "abc")
