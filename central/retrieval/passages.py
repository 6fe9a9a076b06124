"""What is kept to be found, what is asked for, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Where a passage comes from."""

    COMPANY = "company"
    """What a company says of itself and of whom it wants."""
    POSTING = "posting"
    BANK = "bank"
    """A question of the reviewed bank."""
    ANSWER = "answer"
    """An answer that a person reviewed and put here; a candidate's never comes here by itself."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of text. `kind`, `source`, `language` and `part` name it: it is replaced by them."""

    kind: Kind
    source: str
    """A document's name, a bank question's key, an answer's name."""
    language: str
    text: str
    span: tuple[int, int]
    """First character and the one after the last, in the source."""
    part: int = 0
    """Which piece of the source, from 0."""
    company: str | None = None
    position: str | None = None
    question_key: str | None = None
    """The bank question that it is, or answers."""
    score: int | None = None
    """Of an answer: what the reviewer gave, 0 to 100."""
    candidate_id: int | None = None
    interview_id: int | None = None
    """Whose answer it was, where it was a candidate's: it goes when the interview is erased."""


@dataclass(frozen=True, slots=True)
class Within:
    """Which passages may be found. None: any. A passage without a company or position fits any; one for
    "backend" fits a posting for "Backend Engineer" and for "백엔드 개발자".
    """

    kinds: tuple[Kind, ...]
    language: str | None = None
    company: str | None = None
    position: str | None = None
    question_key: str | None = None
    not_of_candidate: int | None = None
    """Nobody is measured against an answer of their own."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    id: int
    passage: Passage
    dense: float | None
    """Cosine with the query, -1 to 1; None where it has no vector of this model."""
    lexical: float
    """The share of the query's pieces of words that it has, 0 to 1."""
    fused: float
    """By which the hits are ordered; says nothing beside that."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best first. `embedding`: name and version of the model whose vectors were compared; None: only
    letters were, and `lexical_only` says why.
    """

    hits: tuple[Hit, ...]
    embedding: tuple[str, str] | None
    lexical_only: str = ""
    exact: bool = True
    """Whether every passage was compared, or an index looked where the near ones are."""
