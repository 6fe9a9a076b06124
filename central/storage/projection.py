"""Applies what a room's records change, in the transaction that stores them.

Every statement may run twice for the same record: a room whose disk was restored sends all again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from central.bus import subjects
from central.bus.events import (
    CalibrationChanged,
    CommandChanged,
    Event,
    InterviewChanged,
    TurnChanged,
)
from central.interview.facts import Record
from central.interview.pressed import WordsConfirmed
from central.interview.projection import (
    CalibrationMade,
    CandidateCheckedIn,
    Change,
    CommandAnswered,
    InterviewBegan,
    InterviewEnded,
    QuestionAsked,
    TurnEnded,
    TurnStepped,
    UtteranceHeard,
    change_of,
    status_after,
)
from central.jobs.kinds import EVALUATE, REPORT, TRANSCRIBE, TranscribeJob
from central.storage import calibrations, confirmations, jobs, presses, room_commands, videos
from central.storage.audio import wall_span
from central.storage.pool import Connection
from central.storage.rooms import Spool
from central.storage.turn_events import told
from central.storage.turns import settle_interview, settle_turn

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

BACKLOG_AFTER_NS = 30 * 10**9
"""An utterance older than this when it arrives gives way to those of rooms that are live."""
BACKLOG_PRIORITY = jobs.DEFAULT_PRIORITY + 50

_STEPS: Final = {
    "spoken": "select id from turns where %s::timestamptz is not null"
    " and interview_id = %s and turn_key = %s",
    "opened": "update turns set answer_opened_at = coalesce(answer_opened_at, %s)"
    " where interview_id = %s and turn_key = %s returning id",
    "begun": "update turns set answer_begun_at = coalesce(answer_begun_at, %s)"
    " where interview_id = %s and turn_key = %s returning id",
}


@dataclass(slots=True)
class Effects:
    """What to tell once the transaction is committed."""

    events: list[Event] = field(default_factory=list)
    bells: set[str] = field(default_factory=set)


async def apply(
    conn: Connection, rows: Sequence[tuple[Spool, Record]], now_wall_ns: int
) -> Effects:
    """Applies the records' changes in their order."""
    effects = Effects()
    for spool, record in rows:
        change = change_of(record)
        if change is not None:
            await _apply(conn, spool, change, effects, now_wall_ns)
    return effects


async def _apply(
    conn: Connection, spool: Spool, change: Change, effects: Effects, now_wall_ns: int
) -> None:
    room = spool.room_code
    match change:
        case InterviewBegan() | InterviewEnded():
            await _status(conn, room, change, effects)
        case CandidateCheckedIn():
            await _check_in(conn, change)
        case QuestionAsked():
            _tell_turn(effects, room, await _ask(conn, change), change)
        case TurnStepped():
            _tell_turn(effects, room, await _step(conn, change), change)
        case TurnEnded():
            await _end_turn(conn, room, change, effects)
        case UtteranceHeard():
            await _transcribe(conn, spool, change, effects, now_wall_ns)
        case CalibrationMade():
            await _calibrate(conn, room, change, effects)
        case CommandAnswered():
            await _answer(conn, spool, change, effects)
        case WordsConfirmed():
            await _confirm(conn, room, change, effects)
        case _:
            at = _time(change.wall_ns)
            effects.events += await presses.apply(conn, spool, change, at)


async def _status(
    conn: Connection, room: str, change: InterviewBegan | InterviewEnded, effects: Effects
) -> None:
    if isinstance(change, InterviewEnded) and await confirmations.over(conn, change.interview_id):
        effects.bells.add(subjects.job(EVALUATE))
    cursor = await conn.execute(
        "select status from interviews where id = %s for no key update", (change.interview_id,)
    )
    row = await cursor.fetchone()
    status = status_after(row[0], change) if row else ""
    if row is None or status == row[0]:
        return
    at = _time(change.wall_ns)
    if isinstance(change, InterviewBegan):
        await conn.execute(
            "update interviews set status = %s, start_time = %s, awaits_words ="
            " coalesce((policy->>'confirm_transcript')::boolean, false) where id = %s",
            (status, at, change.interview_id),
        )
    else:
        await conn.execute(
            "update interviews set status = %s, end_time = %s, end_reason = %s where id = %s",
            (status, at, change.reason, change.interview_id),
        )
        if await settle_interview(conn, change.interview_id):
            effects.bells.add(subjects.job(REPORT))
    effects.events.append(InterviewChanged(room, str(change.interview_id), status))


async def _check_in(conn: Connection, change: CandidateCheckedIn) -> None:
    """The first one counts."""
    await conn.execute(
        "update interviews set checked_in_at = %s, checked_in_by = %s"
        " where id = %s and checked_in_at is null",
        (_time(change.wall_ns), change.way, change.interview_id),
    )


async def _ask(conn: Connection, change: QuestionAsked) -> int | None:
    at = _time(change.wall_ns)
    question_id = _number(change.question_ref)
    cursor = await conn.execute(
        "insert into turns"
        " (interview_id, turn_key, question_id, position, asked_text, asked_at, asked_mono_ns)"
        " values (%s, %s, (select id from interview_questions where id = %s and interview_id = %s),"
        "  %s, %s, %s, %s)"
        " on conflict (interview_id, turn_key) do nothing returning id",
        (
            change.interview_id, change.turn_key, question_id, change.interview_id,
            change.position, change.text, at, change.mono_ns,
        ),
    )  # fmt: skip
    row = await cursor.fetchone()
    if row is None:
        return None
    await conn.execute(
        "insert into transcripts (interview_id, turn_id, speaker, text, language, ordinal,"
        " started_at, ended_at, engine)"
        " select %s, %s, 'AI', %s, language, 0, %s, %s, '' from interviews where id = %s",
        (change.interview_id, row[0], change.text, at, at, change.interview_id),
    )
    return int(row[0])


async def _step(conn: Connection, change: TurnStepped) -> int | None:
    at = _time(change.wall_ns)
    cursor = await conn.execute(_STEPS[change.step], (at, change.interview_id, change.turn_key))
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def _end_turn(conn: Connection, room: str, change: TurnEnded, effects: Effects) -> None:
    ended = change.ended
    cursor = await conn.execute(
        "update turns set ended_at = %s, ended_mono_ns = %s, end_reason = %s,"
        " expected_utterances = %s, first_sample = %s, end_sample = %s"
        " where interview_id = %s and turn_key = %s and ended_at is null returning id, position",
        (
            _time(change.wall_ns), change.mono_ns, ended.reason, ended.utterances,
            ended.first_sample, ended.end_sample, change.interview_id, ended.turn_key,
        ),
    )  # fmt: skip
    row = await cursor.fetchone()
    if row is None:
        return
    if await settle_turn(conn, row[0]):
        effects.bells.add(subjects.job(EVALUATE))
    effects.events.append(
        TurnChanged(
            room=room,
            interview_id=str(change.interview_id),
            turn_id=str(row[0]),
            question_id=ended.question_ref,
            position=row[1],
            step="ended",
            text=ended.reason,
            wall_ns=change.wall_ns,
        )
    )


async def _transcribe(
    conn: Connection, spool: Spool, change: UtteranceHeard, effects: Effects, now_wall_ns: int
) -> None:
    said = change.utterance
    started, ended = await wall_span(conn, spool.watermark_id, change)
    job = TranscribeJob(
        interview_id=change.interview_id,
        room=spool.room_code,
        turn_key=said.turn_key,
        utterance_key=said.utterance_key,
        watermark_id=spool.watermark_id,
        first_seq=said.first_seq,
        last_seq=said.last_seq,
        format_seq=said.format_seq,
        first_sample=said.first_sample,
        end_sample=said.end_sample,
        ordinal=said.ordinal,
        voiced_ms=said.voiced_ms,
        language=said.language,
        started_wall_ns=started,
        ended_wall_ns=ended,
    )
    fresh = now_wall_ns - (change.wall_ns - spool.skew_ns) < BACKLOG_AFTER_NS
    priority = jobs.DEFAULT_PRIORITY if fresh else BACKLOG_PRIORITY
    await jobs.insert(conn, TRANSCRIBE, said.utterance_key, job, change.interview_id, priority)
    effects.bells.add(subjects.job(TRANSCRIBE))


async def _calibrate(
    conn: Connection, room: str, change: CalibrationMade, effects: Effects
) -> None:
    made, at = change.calibration, _time(change.wall_ns)
    if await calibrations.keep(conn, change.interview_id, made, _number(made.offered_ref), at):
        effects.events.append(CalibrationChanged(room, str(change.interview_id), made.outcome))


async def _confirm(conn: Connection, room: str, change: WordsConfirmed, effects: Effects) -> None:
    to_mark = await confirmations.keep(conn, change, _time(change.wall_ns))
    if to_mark is not None:
        effects.bells |= {subjects.job(EVALUATE)} if to_mark else set()
        event = await told(conn, room, change, "confirmed", change.confirmed.verdict)
        effects.events += [event] if event else []


async def _answer(
    conn: Connection, spool: Spool, change: CommandAnswered, effects: Effects
) -> None:
    result = change.result
    command_id = _number(result.command_ref)
    if command_id is None:
        return
    closed = await room_commands.resolve(conn, spool.room_id, command_id, result)
    if closed is None:
        return
    if closed.kind == videos.ANALYSE:
        await videos.settle(conn, command_id, result.outcome, result.detail)
    effects.events.append(
        CommandChanged(
            closed.room_code, str(closed.command_id), closed.kind, closed.state, closed.detail
        )
    )


def _tell_turn(
    effects: Effects, room: str, turn_id: int | None, change: QuestionAsked | TurnStepped
) -> None:
    if turn_id is None:
        return  # known already, or of a turn that was never asked
    step, text = ("asked", change.text) if isinstance(change, QuestionAsked) else (change.step, "")
    effects.events.append(
        TurnChanged(
            room=room,
            interview_id=str(change.interview_id),
            turn_id=str(turn_id),
            question_id=change.question_ref,
            position=change.position,
            step=step,
            text=text,
            wall_ns=change.wall_ns,
        )
    )


def _time(wall_ns: int) -> datetime:
    return EPOCH + timedelta(microseconds=wall_ns // 1000)


def _number(ref: str) -> int | None:
    """A row id that a room gives back; None for anything else."""
    return int(ref) if ref.isascii() and ref.isdecimal() and len(ref) < 19 else None
