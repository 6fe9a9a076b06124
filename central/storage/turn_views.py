"""The turns of an interview as people read them: what was asked, what was said, how it was marked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage import confirmation_views, spans
from central.storage.confirmation_views import Corrected
from central.storage.spans import SpanView
from central.storage.tables import QuestionScore, Transcript, Turn


@dataclass(frozen=True, slots=True)
class Line:
    """One transcript row. `speaker`: "AI", "User" or "Interviewer"; `accepted` false is a refused
    recognition, kept for auditors. `text` is what was recognised, `corrected` the candidate's own words
    for it, which are marked where they count; `words` are those of `text`.
    """

    id: int
    interview_id: int
    turn_id: int | None
    utterance_key: str | None
    speaker: str
    text: str
    language: str
    ordinal: int
    started_at: datetime
    ended_at: datetime
    voiced_ms: int | None
    confidence: float | None
    engine: str
    accepted: bool
    reject_reason: str | None
    sentiment_score: float | None
    emotion: str | None
    words: tuple[dict[str, Any], ...]
    said_by: str | None = None
    said_by_why: str | None = None
    said_by_margin: float | None = None
    corrected: str | None = None
    corrected_counts: bool = False
    corrected_words: tuple[dict[str, Any], ...] = ()

    @property
    def said(self) -> str:
        """The words that count."""
        return self.corrected if self.corrected and self.corrected_counts else self.text

    @property
    def said_words(self) -> tuple[dict[str, Any], ...]:
        """The times of `said`."""
        return self.corrected_words if self.corrected and self.corrected_counts else self.words


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a mark rests on: characters [start, end) of a transcript's text, said from `begin_ms`
    to `end_ms` of its utterance.
    """

    text: str
    transcript_id: int | None
    start: int | None
    end: int | None
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MarkView:
    """One criterion of one answer, level 1 to 5 or None with the reason. `needs_person`: codes of why a
    person has to look; `judgement`: how a model came to it, None where none did.
    """

    criterion: str
    label: str
    dimension: str
    level: float | None
    anchor: str
    quotes: tuple[Quote, ...]
    keywords: tuple[str, ...]
    abstained_reason: str | None
    evaluator: str
    versions: dict[str, Any]
    next_anchor: str = ""
    needs_person: tuple[str, ...] = ()
    judgement: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class TurnView:
    """One question and its answer. `ended_at` None: still going on."""

    id: int
    turn_key: str
    question_id: int | None
    position: int
    asked_text: str
    asked_at: datetime
    answer_opened_at: datetime | None
    answer_begun_at: datetime | None
    ended_at: datetime | None
    end_reason: str | None
    expected_utterances: int | None
    evaluated_at: datetime | None
    lines: tuple[Line, ...]
    marks: tuple[MarkView, ...]
    spans: tuple[SpanView, ...] = ()
    """Pauses and disturbances."""
    confirmed: str | None = None
    """What the candidate said of its words: right or misheard; None: nothing."""

    @property
    def answer(self) -> tuple[Line, ...]:
        """What the candidate said, accepted recognitions only, in order."""
        return tuple(line for line in self.lines if line.speaker == "User" and line.accepted)


async def interview_of(session: AsyncSession, turn_id: int) -> int | None:
    """The interview that the turn belongs to; None where there is no such turn."""
    return await session.scalar(select(Turn.interview_id).where(Turn.id == turn_id))


async def turns_of(session: AsyncSession, interview_id: int) -> tuple[TurnView, ...]:
    """All turns so far, in the order they were asked."""
    query = select(Turn).where(Turn.interview_id == interview_id).order_by(Turn.asked_at, Turn.id)
    turns = (await session.scalars(query)).all()
    lines: dict[int | None, list[Line]] = defaultdict(list)
    for line in await lines_of(session, interview_id):
        lines[line.turn_id].append(line)
    marks = await _marks(session, interview_id)
    apart = await spans.of_interview(session, interview_id)
    confirmed = await confirmation_views.verdicts(session, interview_id)
    return tuple(
        replace(
            _turn(turn, tuple(lines[turn.id]), tuple(marks.get(turn.id, ()))),
            spans=apart.get(turn.turn_key, ()),
            confirmed=confirmed.get(turn.id),
        )
        for turn in turns
    )


async def lines_of(session: AsyncSession, interview_id: int) -> tuple[Line, ...]:
    """All transcript rows in spoken order, refused ones too."""
    query = (
        select(Transcript)
        .where(Transcript.interview_id == interview_id)
        .order_by(Transcript.started_at, Transcript.ordinal, Transcript.id)
    )
    written = await confirmation_views.corrections(session, interview_id)
    return tuple(
        _corrected(line_view(row), written.get(row.id))
        for row in (await session.scalars(query)).all()
    )


def _corrected(line: Line, written: Corrected | None) -> Line:
    if written is None:
        return line
    return replace(
        line,
        corrected=written.text,
        corrected_counts=written.counts,
        corrected_words=written.words,
    )


def line_view(row: Transcript) -> Line:
    """A transcript row as a value."""
    return Line(
        id=row.id,
        interview_id=row.interview_id,
        turn_id=row.turn_id,
        utterance_key=row.utterance_key,
        speaker=row.speaker,
        text=row.text,
        language=row.language,
        ordinal=row.ordinal,
        started_at=row.started_at,
        ended_at=row.ended_at,
        voiced_ms=row.voiced_ms,
        confidence=row.confidence,
        engine=row.engine,
        accepted=row.accepted,
        reject_reason=row.reject_reason,
        said_by=row.said_by,
        said_by_why=row.said_by_why,
        said_by_margin=row.said_by_margin,
        sentiment_score=row.sentiment_score,
        emotion=row.emotion,
        words=tuple(row.words or ()),
    )


async def _marks(session: AsyncSession, interview_id: int) -> dict[int, list[MarkView]]:
    query = (
        select(QuestionScore)
        .where(QuestionScore.interview_id == interview_id)
        .order_by(QuestionScore.id)
    )
    found: dict[int, list[MarkView]] = defaultdict(list)
    for row in (await session.scalars(query)).all():
        found[row.turn_id].append(_mark(row))
    return found


def _mark(row: QuestionScore) -> MarkView:
    return MarkView(
        criterion=row.criterion,
        label=row.label,
        dimension=row.dimension,
        level=row.level,
        anchor=row.anchor,
        quotes=tuple(_quote(quote) for quote in row.quotes),
        keywords=tuple(str(keyword) for keyword in row.keywords),
        abstained_reason=row.abstained_reason,
        evaluator=row.evaluator,
        versions=row.versions,
        next_anchor=row.next_anchor,
        needs_person=tuple(str(code) for code in row.needs_person),
        judgement=row.judgement,
    )


def _quote(stored: dict[str, Any]) -> Quote:
    transcript_id = stored.get("transcript_id")
    return Quote(
        text=str(stored["text"]),
        transcript_id=None if transcript_id is None else int(transcript_id),
        start=stored.get("start"),
        end=stored.get("end"),
        begin_ms=stored.get("begin_ms"),
        end_ms=stored.get("end_ms"),
    )


def _turn(row: Turn, lines: tuple[Line, ...], marks: tuple[MarkView, ...]) -> TurnView:
    return TurnView(
        id=row.id,
        turn_key=row.turn_key,
        question_id=row.question_id,
        position=row.position,
        asked_text=row.asked_text,
        asked_at=row.asked_at,
        answer_opened_at=row.answer_opened_at,
        answer_begun_at=row.answer_begun_at,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        expected_utterances=row.expected_utterances,
        evaluated_at=row.evaluated_at,
        lines=lines,
        marks=marks,
    )
