"""The port to whatever finds the questions of an interview. Its adapter here: the reviewed bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from central.interview.rubric import Rubric
from central.language import plans
from central.language.bank import BankEntry


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
        entries = [entry for entry in self._bank if entry.language == wanted.language]
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
