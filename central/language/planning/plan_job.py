"""What a language worker does with a `plan` job: words the slots that may be worded, one by one.

Each is stored as soon as it is there, so that a killed worker loses the one that it was at; the plan was
whole before the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from central.errors import EngineError
from central.jobs.kinds import PlanJob
from central.jobs.queue import ClaimedJob
from central.language.planning.prompt_texts import VERSION
from central.language.planning.prompts import Wish
from central.language.planning.scheme import ROOMS
from central.language.planning.sources import Looking, Sources
from central.language.planning.trace import Made, gates
from central.language.planning.writing import REVIEWED, Writer, Written, main_question
from central.storage import jobs, planning
from central.storage.planning import Plan, PlannedSlot
from central.storage.pool import Pool

WORDED: Final = frozenset(room.key for room in ROOMS if room.kind in {"job", "behavioral"})
"""Where the candidate's own work is asked about. The rest is word for word the same for everybody."""

_log = structlog.get_logger(__name__)


class Planning:
    """The handler of `plan` jobs. Without a writer the bank's questions stay."""

    def __init__(self, pool: Pool, writer: Writer | None, sources: Sources) -> None:
        self._pool = pool
        self._writer = writer
        self._sources = sources

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """One job after the other."""
        for job in claimed:
            if self._writer is not None:
                await self._word(job, self._writer)
            async with self._pool.connection() as conn:
                await jobs.finish(conn, job.id, job.attempt)

    async def _word(self, claimed: ClaimedJob, writer: Writer) -> None:
        interview_id = claimed.read(PlanJob).interview_id
        while (plan := await self._plan(interview_id)) is not None:
            slot = next((one for one in plan.questions if _is_wanted(one)), None)
            if slot is None:
                return
            await self._slot(plan, slot, writer, last_attempt=claimed.is_last_attempt)

    async def _plan(self, interview_id: int) -> Plan | None:
        async with self._pool.connection() as conn:
            return await planning.plan_of(conn, interview_id)

    async def _slot(
        self, plan: Plan, slot: PlannedSlot, writer: Writer, *, last_attempt: bool
    ) -> None:
        try:
            pieces = await self._sources.pieces(_looking(plan, slot))
            written = await main_question(writer, _wish(plan, slot), pieces, slot.rubric)
        except EngineError as error:
            if not last_attempt:
                raise
            _log.warning("no question was worded", problem=error.problem)
            written = Written("", (), (), 0)
        made = _made(writer, written)
        async with self._pool.connection() as conn:
            if written.text:
                await planning.word(
                    conn,
                    plan.interview_id,
                    slot.question_id,
                    written.text,
                    sources=written.sources,
                    made=made,
                )
            else:
                await planning.leave(conn, slot.question_id, made)
        _log.info("planned", interview=plan.interview_id, slot=slot.slot, source=_label(written))


def _is_wanted(slot: PlannedSlot) -> bool:
    return slot.slot in WORDED and slot.source == "bank" and slot.made is None


def _looking(plan: Plan, slot: PlannedSlot) -> Looking:
    about = f"{slot.label}. {plan.position}. {slot.text}"
    return Looking(plan.interview_id, plan.language, plan.position, plan.company, about)


def _wish(plan: Plan, slot: PlannedSlot) -> Wish:
    others = tuple(one.text for one in plan.questions if one.question_id != slot.question_id)
    return Wish(
        language=plan.language,
        position=plan.position,
        company=plan.company,
        about=plan.about,
        competency=slot.label,
        sample=slot.text,
        asked=others,
    )


def _made(writer: Writer, written: Written) -> Made:
    return Made(
        why=_why(written),
        tries=written.tries,
        took_ms=written.took_ms,
        prompts=VERSION,
        model=writer.model.name,
        versions=writer.model.versions,
    )


def _why(written: Written) -> str:
    """Why the bank asks; empty where it does not."""
    if written.text:
        return ""
    if REVIEWED in gates(written.tries):
        return REVIEWED
    return "gates" if written.tries else "model"


def _label(written: Written) -> str:
    return "generated" if written.text else "bank"
