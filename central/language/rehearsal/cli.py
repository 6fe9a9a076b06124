"""`central models rehearse`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from central.config import Config
from central.errors import ConfigError
from central.language import bank
from central.language.bank import BankEntry
from central.language.engine.opening import Models, open_models
from central.language.evaluation import wording
from central.language.evaluation.evaluator import ModelEvaluator
from central.language.planning.writing import Writer
from central.language.rehearsal import rehearse, tally
from central.language.rehearsal.tally import Asked, Marked
from central.language.rubric_baseline import RubricBaseline

CHANCE: Final = 0.65
"""Below that, the order of the levels is little better than drawn by lot."""
HALF: Final = 0.5


def add_options(command: argparse.ArgumentParser) -> None:
    """Beside those for the settings."""
    command.add_argument("--language", choices=bank.LANGUAGES, help="else both, Korean first")
    command.add_argument("--questions", type=int, default=12, metavar="N", help="default: 12")


async def act(config: Config, given: argparse.Namespace) -> None:
    """Raises `ConfigError` without a model, `StartError` where one cannot be loaded."""
    roles = config.language.models
    if roles.question is None and roles.evaluation is None:
        raise ConfigError("language.models", "no model to rehearse: set `question` or `evaluation`")
    entries = bank.load(config.language.bank or bank.SHIPPED)
    async with open_models(config) as models:
        for language in (given.language,) if given.language else bank.LANGUAGES:
            found = await _language(config, models, entries, language, given.questions)
            print(json.dumps({"language": language, **found}, ensure_ascii=False))


async def _language(
    config: Config, models: Models, entries: Sequence[BankEntry], language: str, count: int
) -> dict[str, object]:
    found: dict[str, object] = {}
    if models.question is not None:
        _head(models.question.name, "questions", language)
        writer = Writer(models.question, models.embedding, timeout_s=60.0)
        main = tally.asked(await rehearse.questions(writer, language, count, entries, _line))
        more = tally.asked(await rehearse.follow_ups(writer, language, entries, _line))
        print(_of_questions("questions", main), _of_questions("follow-ups", more), sep="\n")
        found |= {"questions": asdict(main), "follow_ups": asdict(more)}
    if models.evaluation is not None:
        _head(models.evaluation.name, "marks", language)
        words = wording.load()[config.language.wordings[0]]
        evaluator = ModelEvaluator(models.evaluation, wording=words, timeout_s=120.0)
        mine = tally.marked(await rehearse.marks(evaluator, language, entries, _line))
        rules = tally.marked(await rehearse.marks(RubricBaseline(), language, entries, _silent))
        print(_of_marks(mine, rules))
        found |= {"marks": asdict(mine), "marks_by_words_alone": asdict(rules)}
    return found


def _of_questions(what: str, found: Asked) -> str:
    why = ", ".join(f"{count} {why}" for why, count in found.refused.items()) or "nothing"
    text = (
        f"  {what}: {found.asked} of {found.wanted}, {found.at_once} at the first try, {found.kept} left"
        f" as reviewed; refused: {why}; {found.median_ms} ms each (median)"
    )
    if found.wanted and found.asked < found.wanted * HALF:
        text += "\n  ! most would be asked by the bank: this model is of little use here"
    return text


def _of_marks(found: Marked, rules: Marked) -> str:
    means = ", ".join("none" if mean is None else f"{mean:.1f}" for mean in found.means)
    none = "".join(f"; {count}: {why}" for why, count in found.none.items())
    text = (
        f"  levels: {found.given} of {found.wanted}{none}\n"
        f"  their mean, from beside the point to strong: {means}\n"
        f"  the better answer has the higher level: {_order(found)}; by counting words alone:"
        f" {_order(rules)}\n"
        f"  {found.quotes} quotes; {found.median_ms} ms an answer (median)"
    )
    if found.given < found.wanted * HALF:
        text += "\n  ! most marks would be left to a person: this model cannot tell levels apart"
    if found.order is not None and found.order < CHANCE:
        text += "\n  ! its levels hardly follow the worth of the answers: do not mark with it"
    return text


def _order(found: Marked) -> str:
    return "not known" if found.order is None else f"{found.order:.0%} of {found.pairs} pairs"


def _head(name: str, what: str, language: str) -> None:
    print(f"{name}, {what} ({language})")


def _line(text: str) -> None:
    print(f"  {text}", flush=True)


def _silent(_: str) -> None:
    """The rules are known."""
