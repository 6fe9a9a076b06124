"""A rehearsal says what a model is worth before candidates meet it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest

from central.config import Config, Language, LanguageModels, LanguageRole
from central.errors import ConfigError
from central.interview.rubric import Rubric
from central.language import bank
from central.language.evaluator import MarkDraft, Said
from central.language.model import Prompt, Slot
from central.language.planning.trace import Try
from central.language.planning.writing import Writer, Written
from central.language.rehearsal import cli, rehearse, tally
from central.language.rehearsal.samples import samples
from central.language.rehearsal.tally import Asked, Graded
from central.language.rubric_baseline import RubricBaseline
from tests.fakes.ggufs import Ggufs
from tests.fakes.scripted_model import ScriptedModel, read

ENTRIES = bank.load()
LANGUAGES = pytest.mark.parametrize("language", bank.LANGUAGES)


def silent(_: str) -> None:
    """Nobody reads along."""


class Draws:
    """Gives every answer the level that `levels` has for its worth."""

    name = "draws"
    versions = {"draws": "1"}

    def __init__(self, levels: Sequence[float | None]) -> None:
        self._levels = list(levels)

    async def evaluate(
        self, question: str, rubric: Rubric, said: Sequence[Said], language: str
    ) -> list[MarkDraft]:
        texts = [text for one in samples()[language].answered for text in one.answers]
        level = self._levels[texts.index(said[0].text) % 4]
        why = None if level else "no"
        return [
            MarkDraft(one.key, one.label, one.dimension, level, "", (), (), why)
            for one in rubric.criteria
        ]


@pytest.mark.unit
@LANGUAGES
def test_the_samples_answer_questions_that_the_bank_has(language: str) -> None:
    given = samples()[language]
    known = {one.key for one in ENTRIES if one.language == language}
    assert {one.question for one in given.answered} <= known
    assert len(given.answered) == 3
    assert samples().keys() == set(bank.LANGUAGES)


@pytest.mark.unit
@LANGUAGES
async def test_counting_words_alone_puts_most_pairs_in_order(language: str) -> None:
    found = tally.marked(await rehearse.marks(RubricBaseline(), language, ENTRIES, silent))
    assert found.order is not None
    assert found.order > 0.75
    assert found.means[3] == max(mean for mean in found.means if mean is not None)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("levels", "order", "given"),
    [
        ((1.0, 2.0, 3.0, 4.0), 1.0, 36),
        ((4.0, 3.0, 2.0, 1.0), 0.0, 36),
        ((3.0, 3.0, 3.0, 3.0), 0.5, 36),
        ((None, None, None, 4.0), None, 9),
        ((None, None, None, None), None, 0),
        ((1.0, None, 5.0, 4.0), 0.667, 27),
    ],
)
async def test_the_order_of_levels_is_that_of_the_answers_worth_or_not(
    levels: Sequence[float | None], order: float | None, given: int
) -> None:
    found = tally.marked(await rehearse.marks(Draws(levels), "en", ENTRIES, silent))
    assert (found.order, found.given) == (order, given)
    assert found.means == tuple(levels)
    assert sum(found.none.values()) == found.wanted - given


@pytest.mark.unit
def test_questions_are_counted_with_what_refused_them() -> None:
    late = Try("", (("model", "it took too long"),))
    written = [
        Written("How?", (), (Try("How?"),), 100),
        Written("Why?", (), (Try("x", (("length", ""), ("marks", ""))), Try("Why?")), 300),
        Written("", (), (Try("x", (("length", ""),)), late), 200),
    ]
    refused = {"length": 2, "marks": 1, "it took too long": 1}
    assert tally.asked(written) == Asked(3, 2, 1, 0, refused, 200)
    assert tally.asked([]) == Asked(0, 0, 0, 0, {}, None)


@pytest.mark.unit
@LANGUAGES
async def test_a_model_that_repeats_the_reviewed_questions_leaves_them_to_the_bank(
    language: str,
) -> None:
    texts = {one.content for one in ENTRIES}

    def write(prompt: Prompt, slot: Slot) -> str:
        if slot.key == "span":
            return ""
        return next(text for text in texts if f": {text}" in read(prompt))

    told: list[str] = []
    writer = Writer(ScriptedModel(write=write))
    found = await rehearse.questions(writer, language, 8, ENTRIES, told.append)
    assert len(found) == len(told) == tally.asked(found).kept == 8
    categories = {one.category for one in ENTRIES for line in told if line.startswith(one.key)}
    assert categories == set(bank.CATEGORIES)


@pytest.mark.unit
async def test_without_a_model_there_is_nothing_to_rehearse(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no model to rehearse"):
        await cli.act(Config(data_dir=tmp_path), argparse.Namespace(language="ko", questions=1))


@pytest.mark.integration
async def test_a_model_without_sense_is_told_as_one(
    ggufs: Ggufs, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Random weights through the command: the questions are the bank's, the marks a person's."""
    role = LanguageRole(path=ggufs.solar, template="solar", threads=1, context=2048)
    language = Language(models=LanguageModels(question=role))
    given = argparse.Namespace(language="ko", questions=2)
    await cli.act(Config(data_dir=tmp_path, language=language), given)
    said = capsys.readouterr().out
    assert "questions: 0 of 2" in said
    assert "! most would be asked by the bank" in said
    assert said.splitlines()[-1].startswith('{"language": "ko", "questions"')


@pytest.mark.unit
def test_of_no_marks_there_is_no_figure() -> None:
    nobody = tally.marked([Graded("q", 0, (), 5)])
    assert (nobody.wanted, nobody.order, nobody.median_ms) == (0, None, 5)
