"""The port to whatever finds the questions of an interview. Its adapters here: the reviewed bank, and
the guard around whatever writes questions of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import structlog

from central.errors import EngineError
from central.interview.rubric import Rubric
from central.language import plans, screen
from central.language.bank import BankEntry

TRIES: Final = 2
"""Then the bank: an interview never waits for a model."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What questions are needed for. The same `seed` gives the same questions where nothing is
    generated.
    """

    position: str
    language: str
    count: int
    seed: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A question that may be asked. `source`: the label that every surface shows."""

    text: str
    category: str
    difficulty: str
    rubric: Rubric
    source: str
    bank_key: str | None = None


class QuestionGenerator(Protocol):
    """One way of finding questions."""

    name: str

    async def questions(self, wanted: Wanted) -> list[Drafted]:
        """At most `wanted.count` questions in the order to ask. Raises `EngineError`."""


class BankGenerator:
    """Reviewed questions only, word for word."""

    name = "bank"

    def __init__(self, bank: Sequence[BankEntry]) -> None:
        self._bank = bank

    async def questions(self, wanted: Wanted) -> list[Drafted]:
        entries = [
            entry
            for entry in self._bank
            if entry.language == wanted.language and entry.question_type != plans.INTRODUCTION
        ]
        candidates = [
            plans.Candidate(number, entry.key, entry.category, entry.difficulty, entry.position)
            for number, entry in enumerate(entries)
        ]
        chosen = plans.choose(
            candidates, position=wanted.position, count=wanted.count, seed=wanted.seed
        )
        return [self._drafted(entries[one.id]) for one in chosen]

    def _drafted(self, entry: BankEntry) -> Drafted:
        return Drafted(
            text=entry.content,
            category=entry.category,
            difficulty=entry.difficulty,
            rubric=entry.rubric,
            source=self.name,
            bank_key=entry.key,
        )


class ScreenedGenerator:
    """Lets through what may be asked; where a generator writes something else, or nothing, questions
    of the bank stand in.
    """

    def __init__(self, generator: QuestionGenerator, bank: QuestionGenerator) -> None:
        self.name = generator.name
        self._generator = generator
        self._bank = bank

    async def questions(self, wanted: Wanted) -> list[Drafted]:
        kept: list[Drafted] = []
        for _ in range(TRIES):
            if len(kept) < wanted.count:
                _add(kept, await self._written(wanted, wanted.count - len(kept)), wanted.count)
        if len(kept) < wanted.count:
            _add(kept, await self._bank.questions(wanted), wanted.count)
        return kept

    async def _written(self, wanted: Wanted, count: int) -> list[Drafted]:
        try:
            return await self._generator.questions(replace(wanted, count=count))
        except EngineError as error:
            _log.warning("no question was written", generator=self.name, problem=error.problem)
            return []


def _add(kept: list[Drafted], drafts: Sequence[Drafted], most: int) -> None:
    for draft in drafts:
        found = screen.first(draft.text)
        if found is not None:
            _log.warning("a question was screened", source=draft.source, topic=found.topic.key)
        elif len(kept) < most and draft.text not in {one.text for one in kept}:
            kept.append(draft)
