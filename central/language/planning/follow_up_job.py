"""What a language worker does with a `follow_up` job: the room holds a reviewed follow-up at once, and a
better worded one if a model is quick enough. Nobody waits for either.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.jobs.kinds import FollowUpJob
from central.jobs.queue import ClaimedJob
from central.jobs.side_by_side import side_by_side
from central.language.planning import following
from central.language.planning.follow_up import NEEDS, About, Verdict, decide
from central.language.planning.neutral import FollowUp
from central.language.planning.prompt_texts import VERSION
from central.language.planning.prompts import Heard
from central.language.planning.sources import Piece
from central.language.planning.star import Part
from central.language.planning.trace import Made, Source
from central.language.planning.writing import Writer, Written
from central.storage import follow_ups, jobs
from central.storage.follow_ups import OpenAnswer
from central.storage.pool import Pool

_log = structlog.get_logger(__name__)
_MOST_PARTS: Final = len(NEEDS)


class FollowUps:
    """The handler of `follow_up` jobs. Without a writer only reviewed follow-ups are asked."""

    def __init__(
        self,
        pool: Pool,
        bus: Bus,
        writer: Writer | None,
        reviewed: Mapping[About, FollowUp],
        deadline_s: float = following.DEADLINE_S,
    ) -> None:
        self._pool = pool
        self._bus = bus
        self._writer = writer
        self._reviewed = reviewed
        self._deadline_s = deadline_s

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """All at once: each is another room's."""
        await side_by_side(claimed, self._one)

    async def _one(self, claimed: ClaimedJob) -> None:
        job = claimed.read(FollowUpJob)
        began_s = time.monotonic()
        answer = await self._open(job)
        if answer is not None:
            verdict = _decide(answer, ())
            answer = await self._settle(job, answer, verdict)
            if self._writer is not None and answer is not None and verdict.about is not None:
                left_s = self._deadline_s - (time.monotonic() - began_s)
                await self._word(job, answer, verdict.about, self._writer, left_s)
        async with self._pool.connection() as conn:
            await jobs.finish(conn, claimed.id, claimed.attempt)

    async def _open(self, job: FollowUpJob) -> OpenAnswer | None:
        """None where the answer is over, or more of it was read meanwhile: that is another job's."""
        async with self._pool.connection() as conn:
            answer = await follow_ups.open_answer(conn, job.turn_id)
        return None if answer is None or answer.utterances > job.utterances else answer

    async def _settle(
        self, job: FollowUpJob, answer: OpenAnswer, verdict: Verdict
    ) -> OpenAnswer | None:
        """The room holds what the verdict says. None where nothing new is to be worded: nothing is
        missing, or the same as before.
        """
        held = answer.held
        if verdict.about is None:
            if held is not None and held.question_id is not None:
                await self._hold(job, answer, None)
            return None
        if held is not None and held.question_id is not None and held.about == verdict.about:
            async with self._pool.connection() as conn:
                text = await follow_ups.words(conn, held.question_id)
                await follow_ups.hold(conn, answer, question_id=held.question_id, text=text)
            await self._bus.ring(subjects.command(job.room))
            return None
        one = self._reviewed[verdict.about]
        made, source = Made(why="at_once"), Source("bank", one.key)
        text = one.words(answer.language)
        await self._hold(job, answer, (text, verdict.about, "template", made, (source,)))
        return answer

    async def _word(
        self, job: FollowUpJob, answer: OpenAnswer, about: About, writer: Writer, left_s: float
    ) -> None:
        """What the rules miss, a model may find; what is missing then, it may ask for better."""
        until_s = time.monotonic() + left_s
        also: list[Part] = []
        for _ in range(_MOST_PARTS):
            heard = Heard(answer.language, answer.main, answer.answer, about)
            if not await following.is_said(writer, heard, until_s - time.monotonic()):
                break
            also += NEEDS[about]
            verdict = _decide(answer, also)
            if await self._settle(job, answer, verdict) is None or verdict.about is None:
                return
            about = verdict.about
        piece = Piece("answer", str(answer.turn_id), "", answer.answer)
        heard = Heard(answer.language, answer.main, answer.answer, about)
        left_s = max(until_s - time.monotonic(), 0.0)
        written = await following.question(writer, heard, piece, answer.texts, left_s)
        if written.text:
            made = _made(writer, written)
            words = (written.text, about, "generated", made, written.sources)
            await self._hold(job, answer, words)

    async def _hold(
        self,
        job: FollowUpJob,
        answer: OpenAnswer,
        question: tuple[str, str, str, Made, Sequence[Source]] | None,
    ) -> None:
        async with self._pool.connection() as conn:
            if question is None:
                await follow_ups.hold(conn, answer, question_id=None)
            else:
                text, about, source, made, sources = question
                number = await follow_ups.add(
                    conn, answer, text=text, about=about, source=source, made=made, sources=sources
                )
                await follow_ups.hold(conn, answer, question_id=number, text=text)
        await self._bus.ring(subjects.command(job.room))
        _log.info(
            "follow-up",
            room=job.room,
            turn=job.turn_id,
            about=question[1] if question else None,
            source=question[2] if question else None,
        )


def _decide(answer: OpenAnswer, also: Sequence[Part]) -> Verdict:
    return decide(
        answer.answer,
        answer.language,
        asked=answer.asked_about,
        most=answer.follow_ups,
        competency=answer.competency,
        also=also,
    )


def _made(writer: Writer, written: Written) -> Made:
    return Made(
        tries=written.tries,
        took_ms=written.took_ms,
        prompts=VERSION,
        model=writer.model.name,
        versions=writer.model.versions,
    )
