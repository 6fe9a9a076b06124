"""Answers in writing: transcripts that nobody had to recognise."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from central.bus.events import TranscriptAdded
from central.interview.pressed import WroteAnswer
from central.storage.pool import Connection

TYPED: Final = "typed"
"""In the place of an engine's label."""
LIMIT_TIMES: Final = 3
"""Who answers in writing has so many times the time: people write a third of what they say."""


async def keep(
    conn: Connection, room: str, change: WroteAnswer, at: datetime
) -> TranscriptAdded | None:
    """Stores what was written as a transcript of its turn; None where it is stored already."""
    typed = change.typed
    cursor = await conn.execute(
        "insert into transcripts (interview_id, turn_id, utterance_key, speaker, text, language,"
        " ordinal, started_at, ended_at, engine)"
        " select t.interview_id, t.id, %s, 'User', %s, %s, %s, coalesce(t.answer_opened_at, %s), %s, %s"
        " from turns t where t.interview_id = %s and t.turn_key = %s"
        " on conflict (utterance_key) do nothing returning id, turn_id",
        (
            typed.answer_key, typed.text, typed.language, typed.ordinal, at, at, TYPED,
            change.interview_id, typed.turn_key,
        ),
    )  # fmt: skip
    row = await cursor.fetchone()
    if row is None:
        return None
    return TranscriptAdded(
        room=room,
        interview_id=str(change.interview_id),
        turn_id=str(row[1]),
        transcript_id=str(row[0]),
        utterance_id=typed.answer_key,
        speaker="User",
        text=typed.text,
        engine=TYPED,
        accepted=True,
        wall_ns=change.wall_ns,
    )
