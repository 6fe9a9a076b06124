"""What people put there to be found: the bank, documents of companies, postings, reviewed answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from central.errors import ConfigError
from central.language.bank import BankEntry
from central.retrieval.passages import Kind, Passage
from central.retrieval.sections import sections
from central.storage import passages
from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class Document:
    """A company's document or a posting. `kind`, `name` and `language` name it: it replaces an earlier
    one.
    """

    kind: Kind
    name: str
    language: str
    text: str
    company: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """An answer that `reviewer` read and scored, 0 to 100: a good example, or a weak one."""

    name: str
    question_key: str
    language: str
    text: str
    score: int
    reviewer: str
    interview_id: int | None = None
    """Where it was a candidate's: nobody measures that candidate by it, and it is erased with this."""


async def index_bank(conn: Connection, bank: Sequence[BankEntry]) -> int:
    """The bank's questions as they are now; how many are new or changed."""
    await passages.keep_only(conn, Kind.BANK, [entry.key for entry in bank])
    return await passages.put(conn, [_question(entry) for entry in bank])


async def index_document(conn: Connection, document: Document) -> int:
    """A document in pieces; how many are new or changed. One without text is deleted."""
    text = document.text.replace("\0", "")
    found = [
        Passage(
            kind=document.kind,
            source=document.name,
            language=document.language,
            text=section.text,
            span=section.span,
            part=part,
            company=document.company,
            position=document.position,
        )
        for part, section in enumerate(sections(text))
    ]
    await passages.shorten(conn, document.kind, document.name, document.language, len(found))
    return await passages.put(conn, found)


async def add_answer(conn: Connection, answer: ReviewedAnswer) -> None:
    """Adds a reviewed answer, or replaces the one of this name. Raises `ConfigError` naming what is
    wrong: no text, a score outside 0 to 100, a question that the bank has not, an unknown interview.
    """
    text = answer.text.replace("\0", "").strip()
    if not text:
        raise ConfigError("answer", "is empty")
    if not 0 <= answer.score <= 100:
        raise ConfigError("score", f"{answer.score} is not between 0 and 100")
    if not await passages.has_question(conn, answer.question_key, answer.language):
        raise ConfigError(
            "question", f"the bank has no active {answer.question_key!r} in {answer.language!r}"
        )
    candidate_id = None
    if answer.interview_id is not None:
        candidate_id = await passages.candidate_of(conn, answer.interview_id)
        if candidate_id is None:
            raise ConfigError("interview", f"there is no interview {answer.interview_id}")
    passage = Passage(
        kind=Kind.ANSWER,
        source=answer.name,
        language=answer.language,
        text=text,
        span=(0, len(text)),
        question_key=answer.question_key,
        score=answer.score,
        candidate_id=candidate_id,
        interview_id=answer.interview_id,
    )
    if await passages.put(conn, [passage]):
        await passages.audit_answer(conn, answer.name, answer.reviewer, answer.interview_id)


def _question(entry: BankEntry) -> Passage:
    return Passage(
        kind=Kind.BANK,
        source=entry.key,
        language=entry.language,
        text=entry.content,
        span=(0, len(entry.content)),
        position=entry.position,
        question_key=entry.key,
    )
