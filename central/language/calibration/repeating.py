"""Marks the same answers again and again: each round in another order of answers and criteria, so that
nothing but the answer itself is the same.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from central.config import Config
from central.errors import ConfigError
from central.interview.rubric import Rubric
from central.language import bank
from central.language.calibration.retest import Levels
from central.language.evaluation.asking import together
from central.language.evaluator import Evaluator, MarkDraft, Said

COLUMNS: Final = ("question", "language", "text")
AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Again:
    """An answer that is marked again. `number` tells it from the others."""

    number: int
    question: str
    rubric: Rubric
    said: tuple[Said, ...]
    language: str


async def rounds(
    evaluator: Evaluator, answers: Sequence[Again], times: int, seed: int
) -> list[Levels]:
    """The levels of each round. Raises `EngineError`."""
    return [await _round(evaluator, answers, f"{seed}:{number}") for number in range(times)]


def read(file: Path) -> tuple[Again, ...]:
    """Answers to questions of the bank. Raises `ConfigError` naming the row."""
    entries = {(one.key, one.language): one for one in bank.load()}
    found: list[Again] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise ConfigError(str(file), f"has no column {', '.join(missing)}")
            for number, row in enumerate(rows, start=2):
                key, language, text = (str(row[name] or "").strip() for name in COLUMNS)
                entry = entries.get((key, language))
                if entry is None or not text:
                    raise ConfigError(
                        f"{file}:{number}", "needs a question of the bank, and a text"
                    )
                said = (Said(number, text),)
                found.append(Again(number, entry.content, entry.rubric, said, language))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(str(file), f"cannot be read: {error}") from error
    return tuple(found)


async def of_interviews(config: Config, most: int) -> tuple[Again, ...]:
    """The newest answers that were marked, with what followed each."""
    from central.storage import answers
    from central.storage.pool import open_pool

    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            found = [await answers.of_turn(conn, turn) for turn in await answers.newest(conn, most)]
    finally:
        await pool.close()
    return tuple(
        Again(
            one.turn_id,
            one.question,
            one.rubric,
            tuple(Said(line.transcript_id, line.text, line.confidence) for line in one.segments),
            one.language,
        )
        for one in found
        if one is not None and one.rubric is not None
    )


async def _round(evaluator: Evaluator, answers: Sequence[Again], order: str) -> Levels:
    mixed = sorted(answers, key=lambda one: _place(order, str(one.number)))
    shuffled = [_reordered(one, order) for one in mixed]
    levels: dict[tuple[int, str], float | None] = {}
    for start in range(0, len(shuffled), AT_ONCE):
        group = shuffled[start : start + AT_ONCE]
        marked = await together(*(_marks(evaluator, one) for one in group))
        for one, marks in zip(group, marked, strict=True):
            levels |= {(one.number, mark.criterion): mark.level for mark in marks}
    return levels


def _reordered(answer: Again, order: str) -> Again:
    mixed = sorted(
        answer.rubric.criteria, key=lambda one: _place(order, f"{answer.number}:{one.key}")
    )
    rubric = msgspec.structs.replace(answer.rubric, criteria=tuple(mixed))
    return replace(answer, rubric=rubric)


def _place(order: str, what: str) -> bytes:
    """As good as random, and the same again for the same seed."""
    return hashlib.blake2b(f"{order}:{what}".encode(), digest_size=8).digest()


async def _marks(evaluator: Evaluator, one: Again) -> list[MarkDraft]:
    return await evaluator.evaluate(one.question, one.rubric, one.said, one.language)
