"""What must not move a mark: length, fillers, another wording, another name, a dialect. Checked with a
model that goes by content alone, and for what code decides with no model at all.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from central.language import bank, keywords
from central.language.evaluation import suspicion
from central.language.evaluation.cleaning import clean
from central.language.evaluation.evaluator import ModelEvaluator
from central.language.evaluator import Said
from tests.fakes.judges import HonestJudge

pytestmark = pytest.mark.unit

MOST_SHIFT = 0.1
RUBRICS = {
    one.language: one.rubric
    for one in bank.load()
    if any(criterion.key == "problem_solving" for criterion in one.rubric.criteria)
}
TEXTS = tomllib.loads(Path(__file__).with_name("stability.toml").read_text("utf-8"))
BASE = TEXTS["base"]
SWAPS = [
    pytest.param(one["language"], one["text"] + one.get("more", "") * 20, id=one["about"])
    for one in TEXTS["swap"]
]


@pytest.mark.parametrize(("language", "swapped"), SWAPS)
async def test_the_level_stays(language: str, swapped: str) -> None:
    base, found = await levels(BASE[language], language), await levels(swapped, language)
    assert any(level is not None for level in base)
    for was, now in zip(base, found, strict=True):
        assert (was is None) == (now is None)
        assert was is None or now is None or abs(now - was) <= MOST_SHIFT


@pytest.mark.parametrize(("language", "swapped"), SWAPS)
def test_code_finds_the_same_keyword_groups_and_no_suspicion(language: str, swapped: str) -> None:
    rubric = RUBRICS[language]
    assert suspicion.find(clean([Said(1, swapped)]), rubric) == ()
    for criterion in rubric.criteria:
        groups = [
            len(keywords.found(criterion.keywords, [Said(1, text)], language))
            for text in (BASE[language], swapped)
        ]
        assert groups[0] == groups[1]


async def test_the_same_answer_gets_the_same_marks() -> None:
    assert await levels(BASE["ko"], "ko") == await levels(BASE["ko"], "ko")


async def test_where_utterances_were_cut_does_not_matter() -> None:
    first, second = BASE["en"].split(". ")
    judge = HonestJudge(RUBRICS["en"], "en")
    parts = [Said(1, f"{first}."), Said(2, second)]
    marks = await ModelEvaluator(judge.model()).evaluate("?", RUBRICS["en"], parts, "en")
    assert [mark.level for mark in marks] == await levels(BASE["en"], "en")


async def levels(text: str, language: str) -> list[float | None]:
    judge = HonestJudge(RUBRICS[language], language)
    marks = await ModelEvaluator(judge.model()).evaluate(
        "?", judge.rubric, [Said(1, text)], language
    )
    return [mark.level for mark in marks]
