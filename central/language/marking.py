"""What a language worker does with its jobs: marks for an answer, the report of an interview."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.events import Mark, MarksAdded, ReportReady
from central.errors import EngineError
from central.interview import report, summary
from central.jobs.kinds import EVALUATE, REPORT, EvaluateJob, ReportJob
from central.jobs.queue import ClaimedJob
from central.language import quotes
from central.language.evaluator import Evaluator, MarkDraft, Said, abstain
from central.storage import evaluations, jobs, transcripts, turns
from central.storage.pool import Pool

_log = structlog.get_logger(__name__)


class Marking:
    """The handler of `evaluate` and `report` jobs."""

    def __init__(self, pool: Pool, bus: Bus, evaluator: Evaluator) -> None:
        self._pool = pool
        self._bus = bus
        self._evaluator = evaluator

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """One job after the other."""
        for job in claimed:
            if job.kind == EVALUATE:
                await self._evaluate(job, job.read(EvaluateJob))
            else:
                await self._report(job, job.read(ReportJob))

    async def _evaluate(self, claimed: ClaimedJob, job: EvaluateJob) -> None:
        marks = await self._marks(job.turn_id, last_attempt=claimed.is_last_attempt)
        async with self._pool.connection() as conn:
            await evaluations.add_marks(
                conn,
                job.turn_id,
                marks,
                interview_id=job.interview_id,
                evaluator=self._evaluator.name,
                versions=self._evaluator.versions,
            )
            await jobs.finish(conn, claimed.id, claimed.attempt)
            to_report = await turns.settle_interview(conn, job.interview_id)
        await self._bus.publish(self._event(job, marks))
        if to_report:
            await self._bus.ring(subjects.job(REPORT))
        _log.info("marked", room=job.room, interview=job.interview_id, turn=job.turn_id)

    async def _marks(self, turn_id: int, *, last_attempt: bool) -> list[MarkDraft]:
        async with self._pool.connection() as conn:
            answer = await evaluations.answer(conn, turn_id)
            segments = await transcripts.answer_of(conn, turn_id)
        if answer is None or answer.rubric is None:
            return []
        said = [Said(segment.transcript_id, segment.text) for segment in segments]
        try:
            drafts = await self._evaluator.evaluate(
                answer.question, answer.rubric, said, answer.language
            )
            quotes.check(drafts, said, self._evaluator.name)
        except EngineError as error:
            if not last_attempt:
                raise
            reason = f"marking failed: {error.problem}"
            return [abstain(criterion, reason) for criterion in answer.rubric.criteria]
        return drafts

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
                built = report.build(held.turns, scoring_consent=held.scoring_consent)
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
