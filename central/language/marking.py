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
from central.language import quotes, schemes
from central.language.evaluation import reasons
from central.language.evaluation.variants import drawn
from central.language.evaluator import Evaluator, MarkDraft, Said, abstain
from central.storage import evaluations, jobs, shadows, transcripts, turns
from central.storage.evaluations import Answer
from central.storage.pool import Pool
from central.storage.transcripts import Segment

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
        self, pool: Pool, bus: Bus, evaluator: Evaluator, trial: Trial | None = None
    ) -> None:
        self._pool = pool
        self._bus = bus
        self._evaluator = evaluator
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
        found = await self._answer(job.turn_id)
        marks = await self._marks(found, last_attempt=claimed.is_last_attempt) if found else []
        rubric = found.answer.rubric if found else None
        trial = self._trial
        async with self._pool.connection() as conn:
            versions = self._evaluator.versions
            if marks and not await shadows.pin(
                conn, job.interview_id, self._evaluator.name, versions
            ):
                marks = [_flagged(mark, reasons.VERSIONS_DIFFER) for mark in marks]
            await evaluations.add_marks(
                conn,
                job.turn_id,
                marks,
                interview_id=job.interview_id,
                evaluator=self._evaluator.name,
                versions={**versions, **({"rubric": rubric.version} if rubric else {})},
            )
            to_shadow = (
                trial is not None
                and bool(marks)
                and drawn(trial.variant, job.interview_id, trial.share)
                and await shadows.ask(conn, job.interview_id, job.turn_id)
            )
            await jobs.finish(conn, claimed.id, claimed.attempt)
            to_report = await turns.settle_interview(conn, job.interview_id)
        await self._bus.publish(self._event(job, marks))
        for kind, wanted in ((REPORT, to_report), (SHADOW, to_shadow)):
            if wanted:
                await self._bus.ring(subjects.job(kind))
        _log.info("marked", room=job.room, interview=job.interview_id, turn=job.turn_id)

    async def _shadow(self, claimed: ClaimedJob, job: ShadowJob) -> None:
        """What it says is kept apart: no page shows it, and no total has it."""
        trial, found = self._trial, await self._answer(job.turn_id)
        marks = [] if trial is None or found is None else await _drafts(trial.evaluator, found)
        async with self._pool.connection() as conn:
            if trial is not None:
                await shadows.add(
                    conn,
                    job.turn_id,
                    marks,
                    interview_id=job.interview_id,
                    variant=trial.variant,
                    evaluator=trial.evaluator.name,
                    versions=trial.evaluator.versions,
                )
            await jobs.finish(conn, claimed.id, claimed.attempt)

    async def _answer(self, turn_id: int) -> _Found | None:
        async with self._pool.connection() as conn:
            answer = await evaluations.answer(conn, turn_id)
            segments = await transcripts.answer_of(conn, turn_id)
        if answer is None or answer.rubric is None:
            return None
        return _Found(answer, segments)

    async def _marks(self, found: _Found, *, last_attempt: bool) -> list[MarkDraft]:
        try:
            return await _drafts(self._evaluator, found)
        except EngineError as error:
            if not last_attempt or found.answer.rubric is None:
                raise
            reason = f"marking failed: {error.problem}"
            return [abstain(criterion, reason) for criterion in found.answer.rubric.criteria]

    def _event(self, job: EvaluateJob, marks: Sequence[MarkDraft]) -> MarksAdded:
        return MarksAdded(
            room=job.room,
            interview_id=str(job.interview_id),
            turn_id=str(job.turn_id),
            evaluator=self._evaluator.name,
            marks=tuple(
                Mark(
                    criterion=mark.criterion,
                    label=mark.label,
                    level=mark.level,
                    quotes=tuple(quote.text for quote in mark.quotes),
                    abstained_reason=mark.abstained_reason,
                )
                for mark in marks
            ),
        )

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
                    evaluator=self._evaluator.name,
                )
                await evaluations.add_report(
                    conn, job.interview_id, held.stage, built, text, self._evaluator.name
                )
            await jobs.finish(conn, claimed.id, claimed.attempt)
        if held is not None:
            await self._bus.publish(ReportReady(job.room, str(job.interview_id)))
        _log.info("reported", room=job.room, interview=job.interview_id)


@dataclass(frozen=True, slots=True)
class _Found:
    answer: Answer
    segments: tuple[Segment, ...]


async def _drafts(evaluator: Evaluator, found: _Found) -> list[MarkDraft]:
    """Marks whose quotes were said, with the times of their words. Raises `EngineError`."""
    if found.answer.rubric is None:
        return []
    said = [Said(one.transcript_id, one.text, one.confidence) for one in found.segments]
    drafts = await evaluator.evaluate(
        found.answer.question, found.answer.rubric, said, found.answer.language
    )
    quotes.check(drafts, said, evaluator.name)
    words = {one.transcript_id: one.words for one in found.segments}
    return [
        replace(
            mark, quotes=tuple(quotes.timed(one, words[one.transcript_id]) for one in mark.quotes)
        )
        for mark in drafts
    ]


def _flagged(mark: MarkDraft, reason: str) -> MarkDraft:
    return replace(mark, needs_person=(*mark.needs_person, reason))
