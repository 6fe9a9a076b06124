"""The report of one interview: what was asked, said, measured and marked, and what was not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview import aggregates, scoring
from central.interview.aggregates import Behaviour
from central.interview.answer_sound import Extract, extracts
from central.interview.delivery import DeliveryReport, delivery
from central.interview.emotions import Emotions
from central.interview.following import Asked, main_turns
from central.interview.policy import withheld
from central.storage import answer_sounds, emotions, interviews, series
from central.storage.interview_questions import QuestionView, questions_of
from central.storage.interviews import InterviewView
from central.storage.not_assessed import NotAssessed, missing_in
from central.storage.series import ChannelSummary, Window
from central.storage.tables import EvaluationReport
from central.storage.turn_views import Line, MarkView, Quote, TurnView, turns_of
from central.storage.turns import AGAIN


@dataclass(frozen=True, slots=True)
class Summary:
    """Scores 0 to 100, None where not assessed. `overall`: of `scheme`, over `coverage` (0 to 1) of its
    weight.
    """

    technical: float | None
    communication: float | None
    cultural: float | None
    depth: float | None
    overall: float | None
    scheme: str | None
    coverage: float | None
    text: str
    evaluator: str
    versions: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """One question as it was asked. `answer` holds the accepted utterances, `refused` those the
    recogniser was not believed on; `score` is 0 to 100 from the weighted marks, None without any;
    `heard_at`: where in the answer's sound each utterance is, by its transcript's id.
    """

    turn_id: int
    position: int
    question: QuestionView | None
    asked_text: str
    turn: TurnView
    answer: tuple[Line, ...]
    refused: tuple[Line, ...]
    answer_text: str
    answer_s: float | None
    marks: tuple[MarkView, ...]
    score: float | None
    channels: tuple[ChannelSummary, ...]
    windows: tuple[Window, ...]
    speech_engines: tuple[str, ...]
    behaviour: Behaviour
    delivery: DeliveryReport
    not_assessed: tuple[NotAssessed, ...]
    heard_at: dict[int, Extract]
    follows: int | None = None
    """Of a follow-up: the turn of its main question, whose marks have this answer too."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """All of it. `summary` is None until the report job is done; the questions are there before.
    `engines` maps "speech", "questions", "marks" to the labels that every surface shows.
    """

    interview: InterviewView
    summary: Summary | None
    questions: tuple[QuestionReport, ...]
    unasked: tuple[QuestionView, ...]
    engines: dict[str, tuple[str, ...]]
    versions: dict[str, Any]
    details: dict[str, Any]
    frames_captured: int
    frames_analysed: int
    behaviour: Behaviour
    delivery: DeliveryReport
    not_assessed: tuple[NotAssessed, ...]
    emotions: Emotions
    emotions_by_turn: dict[str, Emotions]
    """By `turn_key`. No part of any total."""
    sealed: bool = False
    """What a machine made of it was kept back from the reader."""

    def evidence_in(self, asked: QuestionReport) -> tuple[MarkView, ...]:
        """The marks that may quote this answer: its own, and those of the answer that it follows."""
        turns = (asked.turn_id, asked.follows)
        return tuple(mark for one in self.questions if one.turn_id in turns for mark in one.marks)

    def answer_with(self, quote: Quote) -> QuestionReport | None:
        """Where the words of a quote were said; None where that is not known any more."""
        for one in self.questions:
            if any(line.id == quote.transcript_id for line in one.answer):
                return one
        return None

    @property
    def ready(self) -> bool:
        """Whether the machine's report is written."""
        return self.summary is not None


async def report(session: AsyncSession, interview_id: int) -> ReportView | None:
    """The report as far as it is there, or None where there is no such interview."""
    view = await interviews.get(session, interview_id)
    if view is None:
        return None
    row = await _row(session, interview_id)
    planned = {one.id: one for one in await questions_of(session, interview_id)}
    turns = await turns_of(session, interview_id)
    windows = await series.windows_by_turn(session, interview_id)
    recorded = await answer_sounds.recorded(session, interview_id)
    follows = main_turns(_asked(turn, planned.get(turn.question_id or 0)) for turn in turns)
    asked = tuple(
        _question(
            view,
            turn,
            planned.get(turn.question_id or 0),
            windows.get(turn.turn_key, ()),
            extracts(recorded.get(turn.id, ())),
            follows.get(turn.id),
        )
        for turn in turns
    )
    summary = None if row is None else _summary(view, row)
    every = [window for group in windows.values() for window in group]
    answers = [window for one in asked for window in one.windows]
    behaviour = _behaviour(view, answers)
    felt = await emotions.of_interview(session, view)
    return ReportView(
        emotions=felt.whole,
        emotions_by_turn=felt.by_turn,
        interview=view,
        summary=summary,
        questions=asked,
        unasked=tuple(question for question in planned.values() if question.turn_id is None),
        engines=_engines(asked),
        versions={} if row is None else row.versions,
        details={} if row is None else row.details,
        frames_captured=sum(window.frames_captured for window in every),
        frames_analysed=sum(window.frames_analysed for window in every),
        behaviour=behaviour,
        delivery=delivery([window.measures for window in answers]),
        not_assessed=_missing(view, summary, behaviour, felt.whole),
    )


async def _row(session: AsyncSession, interview_id: int) -> EvaluationReport | None:
    query = select(EvaluationReport).where(EvaluationReport.interview_id == interview_id)
    newest = query.order_by(EvaluationReport.stage.desc()).limit(1)
    return (await session.scalars(newest)).one_or_none()


def _summary(view: InterviewView, row: EvaluationReport) -> Summary:
    return Summary(
        technical=row.technical_score,
        communication=row.communication_score,
        cultural=row.cultural_fit_score,
        depth=row.depth_score,
        overall=view.overall_score,
        scheme=view.overall_scheme,
        coverage=view.overall_coverage,
        text=row.summary_text,
        evaluator=row.evaluator_model,
        versions=row.versions,
        created_at=row.created_at,
    )


def _asked(turn: TurnView, question: QuestionView | None) -> Asked:
    follow_up_of = None if question is None else question.follow_up_of
    return Asked(turn.id, turn.question_id, follow_up_of, turn.end_reason not in AGAIN)


def _question(  # noqa: PLR0917 - what a question's report is made of
    view: InterviewView,
    turn: TurnView,
    question: QuestionView | None,
    windows: tuple[Window, ...],
    heard_at: dict[int, Extract],
    follows: int | None,
) -> QuestionReport:
    if view.scoring_consent is False:
        windows = tuple(
            replace(one, measures=aggregates.without_points(one.measures)) for one in windows
        )
    channels = series.summarise(windows)
    refused = tuple(line for line in turn.lines if line.speaker == "User" and not line.accepted)
    return QuestionReport(
        turn_id=turn.id,
        position=turn.position,
        question=question,
        asked_text=turn.asked_text,
        turn=turn,
        answer=turn.answer,
        refused=refused,
        answer_text=" ".join(line.said for line in turn.answer),
        answer_s=_answer_s(turn),
        marks=turn.marks,
        score=score_of(turn.marks, {} if question is None else question.rubric),
        channels=channels,
        windows=windows,
        speech_engines=tuple(
            sorted({line.engine for line in turn.lines if line.speaker == "User" and line.engine})
        ),
        behaviour=_behaviour(view, windows),
        delivery=delivery([window.measures for window in windows]),
        not_assessed=missing_in(view, turn, question, channels),
        heard_at=heard_at,
        follows=follows,
    )


def _behaviour(view: InterviewView, windows: Sequence[Window]) -> Behaviour:
    """Computed when it is read, from all that is there: windows that come late count like any."""
    return aggregates.behaviour(
        [window.measures for window in windows],
        variants={window.variant for window in windows},
        scoring_consent=view.scoring_consent is not False,
        withheld=withheld(view.policy, scoring_consent=view.scoring_consent),
    )


def score_of(marks: tuple[MarkView, ...], rubric: dict[str, Any]) -> float | None:
    """The marks' points 0 to 100, weighted as the rubric says; None where every criterion abstained."""
    weights = {one["key"]: float(one["weight"]) for one in rubric.get("criteria", ())}
    return scoring.mean(
        (scoring.points(mark.level), weights.get(mark.criterion, 1.0))
        for mark in marks
        if mark.level is not None
    )


def _answer_s(turn: TurnView) -> float | None:
    if turn.answer_opened_at is None or turn.ended_at is None:
        return None
    return (turn.ended_at - turn.answer_opened_at).total_seconds()


def _engines(asked: tuple[QuestionReport, ...]) -> dict[str, tuple[str, ...]]:
    found = {
        "speech": {engine for question in asked for engine in question.speech_engines},
        "questions": {question.question.source for question in asked if question.question},
        "marks": {mark.evaluator for question in asked for mark in question.marks},
    }
    return {kind: tuple(sorted(names)) for kind, names in found.items()}


def _missing(
    view: InterviewView, summary: Summary | None, behaviour: Behaviour, felt: Emotions
) -> tuple[NotAssessed, ...]:
    missing = [NotAssessed("emotions", felt.reason)] if felt.reason else []
    missing += [
        NotAssessed(one.channel, one.reason)
        for one in behaviour.channels
        if one.points is None and one.channel != "emotion"
    ]
    if view.scoring_consent is False:
        missing.append(
            NotAssessed("marks", "scoring_declined", "The candidate declined AI scoring.")
        )
    if summary is not None:
        scores = {
            "technical": summary.technical,
            "communication": summary.communication,
            "cultural": summary.cultural,
            "depth": summary.depth,
        }
        missing += [
            NotAssessed(name, "no_evidence", "No answer could be marked for it.")
            for name, value in scores.items()
            if value is None and view.scoring_consent is not False
        ]
    return tuple(missing)
