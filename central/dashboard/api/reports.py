"""The report in the shape of the seeds, with its evidence and with what was not assessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath

from central.dashboard import seal
from central.dashboard.api import access
from central.dashboard.api.corrections import Correction, corrections
from central.dashboard.api.emotions import EmotionsBasis, basis
from central.dashboard.api.interviews import THOSE_CONCERNED
from central.dashboard.api.marks import Mark, mark_of
from central.dashboard.auth import roles
from central.dashboard.wants import Reveal, Session, SignedIn
from central.errors import Refused
from central.interview import aggregates, delivery
from central.storage import reports
from central.storage.not_assessed import NotAssessed
from central.storage.reports import QuestionReport, ReportView
from central.storage.series import ChannelSummary


class Summary(msgspec.Struct, frozen=True):
    """Scores 0 to 100; null is not assessed. `overall`: of the scheme `overall_scheme`, over
    `overall_coverage` (0 to 1) of its weight; its parts are the report's `stage_scheme`.
    """

    technical: float | None
    communication: float | None
    cultural: float | None
    depth: float | None
    overall: float | None
    overall_scheme: str | None
    overall_coverage: float | None
    text: str


class Channel(msgspec.Struct, frozen=True):
    """One channel over the answer; `coverage` 0 to 1 is how much of it was measured, `how` its values
    were put together: "median", "mean", "sum" or "max".
    """

    channel: str
    how: str
    value: float | None
    minimum: float | None
    maximum: float | None
    coverage: float


class Missing(msgspec.Struct, frozen=True):
    """What has no value, and why."""

    what: str
    reason: str
    detail: str


class ChannelScore(msgspec.Struct, frozen=True):
    """Gaze, voice, expression, posture or emotion: points 40 to 100, or null and the `reason`."""

    channel: str
    points: float | None
    coverage: float
    weight: float
    reason: str


class Behaviour(msgspec.Struct, frozen=True):
    """The five channels and their weighted mean over what was assessed: `assessed_weight` (0 to 1) of
    the scheme. It is no part of the scores: those rest on what was said.
    """

    channels: tuple[ChannelScore, ...]
    total: float | None
    assessed_weight: float
    windows: int
    scheme: str
    variants: tuple[str, ...]


class DeliveryMeasure(msgspec.Struct, frozen=True):
    """One measure of how something was said, its unit at the end of its name; null with the `reason`."""

    name: str
    value: float | None
    coverage: float
    reason: str


class Delivery(msgspec.Struct, frozen=True):
    """Measures of sound over `voice_s` of voice in `heard_s` of open answers; they are no scores.
    `not_assessed`: what is not concluded from them.
    """

    heard_s: float
    voice_s: float
    measures: tuple[DeliveryMeasure, ...]
    not_assessed: tuple[Missing, ...]


class Detail(msgspec.Struct, frozen=True):
    """One question and its answer. `feedback` holds the anchors that the marks chose, `next_step` those
    of the levels above; null without. `follows`: of a follow-up, the id of the main question whose
    marks have this answer too; null elsewhere. `answer` is in the words that count; `confirmed`: right
    or misheard, as the candidate said of them, or null.
    """

    question_id: str | None
    follows: str | None
    question: str
    answer: str
    confirmed: str | None
    corrections: tuple[Correction, ...]
    answer_s: float | None
    end_reason: str | None
    feedback: str | None
    next_step: str | None
    score: float | None
    marks: tuple[Mark, ...]
    channels: tuple[Channel, ...]
    speech_engines: tuple[str, ...]
    behaviour: Behaviour
    delivery: Delivery
    not_assessed: tuple[Missing, ...]


class Report(msgspec.Struct, frozen=True):
    """`emotions` are mean probabilities of classes over the looks with an answer, or null for
    `emotions_reason`; `emotions_basis` says what is behind them. They are no part of any score.
    """

    interview_id: str
    status: str
    summary: Summary
    details: tuple[Detail, ...]
    emotions: dict[str, float] | None
    emotions_reason: str
    emotions_basis: EmotionsBasis
    stage_scheme: dict[str, Any] | None
    """The scheme of the interview's stage, channel by channel; null in reports from before."""
    evaluator_model: str
    engines: dict[str, tuple[str, ...]]
    versions: dict[str, Any]
    behaviour: Behaviour
    delivery: Delivery
    not_assessed: tuple[Missing, ...]
    frames_captured: int
    frames_analysed: int
    created_at: datetime
    sealed: bool = False
    """A machine's marks and scores are kept back until the reader has locked their own ratings."""


@get("/interviews/{interview_id:str}/report", guards=[roles.allow(*THOSE_CONCERNED)])
async def get_report(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> Report:
    """The report, when it is written; before: 404 with `report_not_ready`."""
    visible = await access.visible(session, account, interview_id)
    view = await reports.report(session, visible.id)
    if view is None or view.summary is None:
        raise Refused("report_not_ready", 404, "The report is not written yet.")
    staff = account.role != roles.CANDIDATE
    if await seal.is_sealed(session, account, visible.id, reveal):
        return _report(seal.without_marks(view), _sealed(view.summary), staff=staff)
    return _report(view, view.summary, staff=staff)


def _report(view: ReportView, summary: reports.Summary, *, staff: bool) -> Report:
    return Report(
        interview_id=str(view.interview.id),
        status=view.interview.status,
        summary=Summary(
            technical=summary.technical,
            communication=summary.communication,
            cultural=summary.cultural,
            depth=summary.depth,
            overall=summary.overall,
            overall_scheme=summary.scheme,
            overall_coverage=summary.coverage,
            text=summary.text,
        ),
        details=tuple(_detail(question, staff=staff) for question in view.questions),
        emotions=view.emotions.means,
        emotions_reason=view.emotions.reason,
        emotions_basis=basis(view.emotions),
        stage_scheme=view.details.get("stage_scheme"),
        evaluator_model=summary.evaluator,
        engines=view.engines,
        versions=view.versions,
        behaviour=_behaviour(view.behaviour),
        delivery=_delivery(view.delivery),
        not_assessed=_missing(view.not_assessed),
        frames_captured=view.frames_captured,
        frames_analysed=view.frames_analysed,
        created_at=summary.created_at,
        sealed=view.sealed,
    )


def _sealed(summary: reports.Summary) -> reports.Summary:
    return replace(
        summary,
        technical=None,
        communication=None,
        cultural=None,
        depth=None,
        overall=None,
        scheme=None,
        coverage=None,
        text="",
    )


def _detail(question: QuestionReport, *, staff: bool) -> Detail:
    chosen = [f"{mark.label}: {mark.anchor}" for mark in question.marks if mark.anchor]
    above = [f"{mark.label}: {mark.next_anchor}" for mark in question.marks if mark.next_anchor]
    return Detail(
        question_id=None if question.question is None else str(question.question.id),
        follows=_follows(question),
        question=question.asked_text,
        answer=question.answer_text,
        confirmed=question.turn.confirmed,
        corrections=corrections(question.answer),
        answer_s=question.answer_s,
        end_reason=question.turn.end_reason,
        feedback="\n".join(chosen) or None,
        next_step="\n".join(above) or None,
        score=question.score,
        marks=tuple(mark_of(mark, staff=staff) for mark in question.marks),
        channels=tuple(_channel(channel) for channel in question.channels),
        speech_engines=question.speech_engines,
        behaviour=_behaviour(question.behaviour),
        delivery=_delivery(question.delivery),
        not_assessed=_missing(question.not_assessed),
    )


def _follows(question: QuestionReport) -> str | None:
    asked = question.question
    return None if asked is None or asked.follow_up_of is None else str(asked.follow_up_of)


def _channel(channel: ChannelSummary) -> Channel:
    return Channel(
        channel=channel.channel,
        how=channel.how,
        value=channel.value,
        minimum=channel.minimum,
        maximum=channel.maximum,
        coverage=channel.coverage,
    )


def _delivery(found: delivery.DeliveryReport) -> Delivery:
    return Delivery(
        heard_s=found.heard_s,
        voice_s=found.voice_s,
        measures=tuple(
            DeliveryMeasure(one.name, one.value, one.coverage, one.reason) for one in found.measures
        ),
        not_assessed=tuple(Missing(one.name, one.reason, "") for one in found.not_assessed),
    )


def _behaviour(found: aggregates.Behaviour) -> Behaviour:
    return Behaviour(
        channels=tuple(
            ChannelScore(one.channel, one.points, one.coverage, one.weight, one.reason)
            for one in found.channels
        ),
        total=found.total,
        assessed_weight=found.assessed_weight,
        windows=found.windows,
        scheme=found.scheme,
        variants=found.variants,
    )


def _missing(entries: tuple[NotAssessed, ...]) -> tuple[Missing, ...]:
    return tuple(Missing(entry.what, entry.reason, entry.detail) for entry in entries)


HANDLERS = (get_report,)
