"""What a language worker does with its jobs: marks for an answer, the report of an interview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.events import Mark, MarksAdded, ReportReady
from central.errors import EngineError
from central.interview import report, summary
from central.jobs.kinds import EVALUATE, REPORT, SHADOW, EvaluateJob, ReportJob, ShadowJob
from central.jobs.queue import ClaimedJob
from central.jobs.side_by_side import side_by_side
from central.language import confirmed, quotes, schemes
from central.language.evaluation import reasons
from central.language.evaluation.variants import assigned, drawn
from central.language.evaluator import Evaluator, MarkDraft, Said, abstain
from central.storage import answers, evaluations, jobs, shadows, turns
from central.storage.answers import Answer
from central.storage.pool import Connection, Pool

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trial:
    """An evaluator that marks beside the one that counts, for a `share` of the interviews."""

    variant: str
    evaluator: Evaluator
    share: float = 1.0


class Marking:
    """The handler of `evaluate`, `shadow` and `report` jobs."""

    def __init__(
        self, pool: Pool, bus: Bus, *evaluators: Evaluator, trial: Trial | None = None
    ) -> None:
        """Of several evaluators, each posting or interview has one."""
        self._pool = pool
        self._bus = bus
        self._evaluators = evaluators
        self._trial = trial

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """All at once: a model looks at several answers in the time of one."""
        await side_by_side(claimed, self._do)

    async def _do(self, job: ClaimedJob) -> None:
        if job.kind == EVALUATE:
            await self._evaluate(job, job.read(EvaluateJob))
        elif job.kind == SHADOW:
            await self._shadow(job, job.read(ShadowJob))
        else:
            await self._report(job, job.read(ReportJob))

    async def _evaluate(self, claimed: ClaimedJob, job: EvaluateJob) -> None:
        """The answer with what followed it: a later job marks anew where more was said since."""
        answer = await self._answer(job.turn_id)
        made = None
        if answer is not None and not answer.is_marked:
            evaluator = await self._evaluator_of(answer)
            made = await _made(evaluator, answer, last_attempt=claimed.is_last_attempt)
        async with self._pool.connection() as conn:
            kept = made is not None and await self._keep(conn, made)
            to_shadow = kept and made is not None and await self._to_shadow(conn, made.answer)
            await turns.evaluated(conn, job.turn_id)
            await jobs.finish(conn, claimed.id, claimed.attempt)
            to_report = await turns.settle_interview(conn, job.interview_id)
        if kept and made is not None:
            await self._bus.publish(_event(job.room, made))
        for kind, wanted in ((REPORT, to_report), (SHADOW, to_shadow)):
            if wanted:
                await self._bus.ring(subjects.job(kind))
        _log.info("marked", room=job.room, interview=job.interview_id, turn=job.turn_id)

    async def _keep(self, conn: Connection, made: _Made) -> bool:
        """Whether the marks are new. Those that could not be made leave earlier ones as they are."""
        answer, marks = made.answer, made.marks
        versions, name = made.evaluator.versions, made.evaluator.name
        if not await shadows.pin(conn, answer.interview_id, name, versions):
            marks = [_flagged(mark, reasons.VERSIONS_DIFFER) for mark in marks]
        rubric = {} if answer.rubric is None else {"rubric": answer.rubric.version}
        of = replace(answer, turns=(), confirmed=()) if made.failed else answer
        kept = await evaluations.add_marks(
            conn, of, marks, evaluator=name, versions={**versions, **rubric}
        )
        if made.failed and not kept:
            await evaluations.flag(conn, answer, reasons.FOLLOW_UP_UNREAD)
        return kept

    async def _to_shadow(self, conn: Connection, answer: Answer) -> bool:
        trial = self._trial
        return (
            trial is not None
            and drawn(trial.variant, answer.interview_id, trial.share)
            and await shadows.ask(conn, answer)
        )

    async def _shadow(self, claimed: ClaimedJob, job: ShadowJob) -> None:
        """What it says is kept apart: no page shows it, and no total has it."""
        trial, answer = self._trial, await self._answer(job.turn_id)
        marks = [] if trial is None or answer is None else await _drafts(trial.evaluator, answer)
        async with self._pool.connection() as conn:
            if trial is not None and answer is not None:
                await shadows.add(
                    conn,
                    answer,
                    marks,
                    variant=trial.variant,
                    evaluator=trial.evaluator.name,
                    versions=trial.evaluator.versions,
                )
            await jobs.finish(conn, claimed.id, claimed.attempt)

    async def _answer(self, turn_id: int) -> Answer | None:
        async with self._pool.connection() as conn:
            answer = await answers.of_turn(conn, turn_id)
        return None if answer is None or answer.rubric is None else answer

    async def _evaluator_of(self, answer: Answer) -> Evaluator:
        """The one that its interview or posting began with, where that is still there; else its draw."""
        first, *others = self._evaluators
        if not others:
            return first
        async with self._pool.connection() as conn:
            scope, pinned = await shadows.pinned(conn, answer.interview_id)
        for one in self._evaluators:
            if one.versions == pinned:
                return one
        by_prompt = {one.versions.get("prompt", one.name): one for one in self._evaluators}
        return by_prompt[assigned(list(by_prompt), scope)]

    async def _report(self, claimed: ClaimedJob, job: ReportJob) -> None:
        async with self._pool.connection() as conn:
            held = await evaluations.held(conn, job.interview_id)
            if held is not None:
                built = report.build(
                    held.turns,
                    scoring_consent=held.scoring_consent,
                    stage=schemes.of_stage(held.stage),
                )
                text = summary.text(
                    held.turns,
                    built,
                    language=held.language,
                    scoring_consent=held.scoring_consent,
                    evaluator=self._evaluators[0].name,
                )
                if not await shadows.pin_scheme(conn, job.interview_id, built.total.name):
                    built.details["scheme_differs"] = True
                await evaluations.add_report(
                    conn, job.interview_id, held.stage, built, text, self._evaluators[0].name
                )
            await jobs.finish(conn, claimed.id, claimed.attempt)
        if held is not None:
            await self._bus.publish(ReportReady(job.room, str(job.interview_id)))
        _log.info("reported", room=job.room, interview=job.interview_id)


@dataclass(frozen=True, slots=True)
class _Made:
    """`failed`: the evaluator never answered, and these say so."""

    evaluator: Evaluator
    answer: Answer
    marks: list[MarkDraft]
    failed: bool = False


async def _made(evaluator: Evaluator, answer: Answer, *, last_attempt: bool) -> _Made:
    try:
        return _Made(evaluator, answer, await _drafts(evaluator, answer))
    except EngineError as error:
        if not last_attempt or answer.rubric is None:
            raise
        reason = f"marking failed: {error.problem}"
        drafts = [abstain(criterion, reason) for criterion in answer.rubric.criteria]
        return _Made(evaluator, answer, drafts, failed=True)


def _event(room: str, made: _Made) -> MarksAdded:
    return MarksAdded(
        room=room,
        interview_id=str(made.answer.interview_id),
        turn_id=str(made.answer.turn_id),
        evaluator=made.evaluator.name,
        marks=tuple(
            Mark(
                criterion=mark.criterion,
                label=mark.label,
                level=mark.level,
                quotes=tuple(quote.text for quote in mark.quotes),
                abstained_reason=mark.abstained_reason,
            )
            for mark in made.marks
        ),
    )


async def _drafts(evaluator: Evaluator, answer: Answer) -> list[MarkDraft]:
    """Marks whose quotes were said, with the times of their words. Raises `EngineError`.

    What a follow-up asked is not told to the evaluator: a model may have worded it after what the
    candidate said, and what they say is never part of a prompt.
    """
    if answer.rubric is None:
        return []
    said = [Said(one.transcript_id, one.text, one.confidence) for one in answer.segments]
    drafts = await evaluator.evaluate(answer.question, answer.rubric, said, answer.language)
    quotes.check(drafts, said, evaluator.name)
    words = {one.transcript_id: one.words for one in answer.segments}
    timed = [
        replace(
            mark, quotes=tuple(quotes.timed(one, words[one.transcript_id]) for one in mark.quotes)
        )
        for mark in drafts
    ]
    return confirmed.flagged(timed, answer)


def _flagged(mark: MarkDraft, reason: str) -> MarkDraft:
    return replace(mark, needs_person=(*mark.needs_person, reason))
