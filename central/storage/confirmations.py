"""The candidate's word on what was understood: what a room may show them, what they say, and how long
the marks wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from psycopg.types.json import Jsonb

from central.interview import correcting
from central.interview.facts import AnswerConfirmed
from central.interview.pressed import WordsConfirmed
from central.storage import turns
from central.storage.pool import Connection
from central.storage.typed_answers import TYPED

PATIENCE: Final = timedelta(hours=2)
"""A room from which nothing of an interview came for so long is not waited for: no confirmation takes an
hour, and a room that comes back is believed all the same."""
AGAIN: Final = ":confirmed"
"""Of the job that marks an answer anew, where it was confirmed after it had been marked."""

_READ_BACK: Final = """
select t.turn_key, s.utterance_key, s.text, t.expected_utterances <= (
  select count(*) from transcripts u where u.turn_id = t.id and u.speaker = 'User')
from turns t join interviews i on i.id = t.interview_id
left join transcripts s on s.turn_id = t.id and s.speaker = 'User' and s.accepted
  and s.engine <> %(typed)s and s.utterance_key is not null
where i.id = %(interview)s and i.room_id = %(room)s and i.status = 'live' and i.awaits_words
and t.ended_at is not null and coalesce(t.end_reason, '') <> all(%(unmarked)s)
order by t.asked_at, t.id, s.ordinal, s.first_sample, s.id
"""


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer that is over: (utterance, text) in spoken order; `whole`: all of it was read."""

    turn_key: str
    utterances: tuple[tuple[str, str], ...]
    whole: bool


async def understood(conn: Connection, room_id: int, interview_id: int) -> tuple[Understood, ...]:
    """What this room may show now; nothing where the interview is not live in it, or need not be
    confirmed.
    """
    cursor = await conn.execute(
        _READ_BACK.encode(),
        {
            "typed": TYPED,
            "interview": interview_id,
            "room": room_id,
            "unmarked": turns.UNMARKED,
        },
    )
    return tuple(
        Understood(key, tuple((one[1], one[2]) for one in (first, *rest) if one[1]), first[3])
        for key, (first, *rest) in groupby(await cursor.fetchall(), key=lambda row: row[0])
    )


async def keep(conn: Connection, change: WordsConfirmed, at: datetime) -> bool | None:
    """Stores what the candidate said of an answer, once: whether there is something to mark by now; None
    where it is stored already, or there is no such turn.
    """
    said = change.confirmed
    turn_id = await _turn(conn, change.interview_id, said.turn_key)
    if turn_id is None:
        return None
    cursor = await conn.execute(
        "insert into confirmations (interview_id, turn_id, verdict, sentences, given_at)"
        " values (%s, %s, %s, %s, %s) on conflict do nothing",
        (change.interview_id, turn_id, said.verdict, len(said.utterance_keys), at),
    )
    if cursor.rowcount != 1:
        return None
    await _correct(conn, change.interview_id, turn_id, said)
    return await turns.settle_turn(conn, turn_id) or await turns.settle_turn(
        conn, turn_id, again=AGAIN
    )


async def over(conn: Connection, interview_id: int) -> bool:
    """Nobody confirms any more: what was not confirmed is marked as it was recognised. Whether there is
    something to mark by that.

    Turns are locked before their interview, as the workers do.
    """
    cursor = await conn.execute(
        "select t.id from turns t join interviews i on i.id = t.interview_id"
        " where i.id = %s and i.awaits_words order by t.id for no key update of t",
        (interview_id,),
    )
    found = [row[0] for row in await cursor.fetchall()]
    await conn.execute(
        "update interviews set awaits_words = false where id = %s and awaits_words",
        (interview_id,),
    )
    return any([await turns.settle_turn(conn, turn_id) for turn_id in found])


async def forsaken(conn: Connection) -> list[int]:
    """Interviews whose marks wait for a room that has fallen silent."""
    cursor = await conn.execute(
        "select i.id from interviews i where i.awaits_words and i.status = 'live'"
        " and (select max(s.created_at) from transcripts s where s.interview_id = i.id)"
        "  < now() - %s",
        (PATIENCE,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def _turn(conn: Connection, interview_id: int, turn_key: str) -> int | None:
    cursor = await conn.execute(
        "select id from turns where interview_id = %s and turn_key = %s for no key update",
        (interview_id, turn_key),
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def _correct(
    conn: Connection, interview_id: int, turn_id: int, said: AnswerConfirmed
) -> None:
    written = {one.utterance_key: one.text for one in said.corrections}
    cursor = await conn.execute(
        "select id, utterance_key, text, words from transcripts"
        " where turn_id = %s and speaker = 'User' and accepted and engine <> %s"
        " order by ordinal, first_sample, id",
        (turn_id, TYPED),
    )
    lines: Sequence[tuple[Any, ...]] = await cursor.fetchall()
    weighed = correcting.weigh([(line[2], written.get(line[1])) for line in lines])
    for (transcript_id, key, heard, words), one in zip(lines, weighed, strict=True):
        if one is None:
            continue
        timed = correcting.timed(heard, written[key], words or ())
        await conn.execute(
            "insert into corrections"
            " (interview_id, turn_id, transcript_id, text, words, changed_ratio, counts)"
            " values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            (
                interview_id, turn_id, transcript_id, written[key],
                Jsonb(timed) if timed else None, one.changed_ratio, one.counts,
            ),
        )  # fmt: skip
