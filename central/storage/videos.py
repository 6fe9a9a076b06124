"""Uploaded videos as the gateway and the steward handle them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from psycopg.types.json import Jsonb

from central.storage.pool import Connection

ANALYSE: Final = "analyse_video"
"""The kind of the command."""
LASTS_H: Final = 24
"""A video that no virtual room has analysed by then is refused, and may be uploaded again."""
ABANDONED_H: Final = 2
"""An upload that has not ended after so long was cut off."""
AT_ONCE: Final = 4
"""Videos that one virtual room is given at most: it analyses one after the other."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A video that a room may fetch now."""

    id: int
    interview_id: int
    name: str
    wrapped: bytes
    upload_key_id: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Queued:
    """A video without a room, and all that its plan is made of."""

    id: int
    interview_id: int
    candidate_name: str
    language: str
    policy_profile: str | None
    size_bytes: int
    sha256: bytes
    preset: str
    answer_starts_ms: tuple[int, ...]
    ai_scoring: bool
    questions: tuple[tuple[int, str, str], ...]
    """(id, text, category), in order."""


async def assigned(conn: Connection, video_id: int, room_id: int) -> Assigned | None:
    """The video, where this room was told to analyse it and has not answered."""
    cursor = await conn.execute(
        "select id, interview_id, name, wrapped, upload_key_id, size_bytes from videos"
        " where id = %s and room_id = %s and state = 'analysing' and wrapped is not null",
        (video_id, room_id),
    )
    row = await cursor.fetchone()
    return None if row is None else Assigned(*row)


async def note_progress(conn: Connection, video_id: int, room_id: int, done_milli: int) -> bool:
    """How far it has come; False where it is no longer this room's."""
    cursor = await conn.execute(
        "update videos set done_milli = greatest(done_milli, %s), changed_at = now()"
        " where id = %s and room_id = %s and state = 'analysing'",
        (min(max(done_milli, 0), 1_000), video_id, room_id),
    )
    return cursor.rowcount == 1


async def settle(conn: Connection, command_id: int, outcome: str, detail: str) -> None:
    """What a virtual room answered: done, or why not. An interview of which nothing was looked at is
    free for another upload.
    """
    done = outcome == "done"
    code, _, why = detail.partition(": ") if not done else ("", "", detail)
    cursor = await conn.execute(
        "update videos set state = %s, code = %s, why = %s, wrapped = null, changed_at = now(),"
        " done_milli = case when %s then 1000 else done_milli end"
        " where command_id = %s and state = 'analysing' returning interview_id",
        ("done" if done else "refused", code[:40], (why or detail)[:300], done, command_id),
    )
    row = await cursor.fetchone()
    if row is not None and not done:
        await conn.execute(
            "update interviews set room_id = null where id = %s and status = 'scheduled'", row
        )


async def refuse(conn: Connection, video_id: int, code: str, why: str) -> None:
    """Central itself cannot have it analysed."""
    await conn.execute(
        "update videos set state = 'refused', code = %s, why = %s, wrapped = null,"
        " changed_at = now() where id = %s",
        (code[:40], why[:300], video_id),
    )


async def expire(conn: Connection) -> int:
    """Gives up uploads that were cut off, and videos whose command ran out unanswered; how many."""
    cut = await conn.execute(
        "update videos set state = 'refused', code = 'upload_cut_off', wrapped = null,"
        " why = 'The upload was cut off.', changed_at = now()"
        " where state = 'uploading' and created_at < now() - make_interval(hours => %s)",
        (ABANDONED_H,),
    )
    late = await conn.execute(
        "update videos v set state = 'refused', code = 'analysis_expired', wrapped = null,"
        " why = 'No virtual room analysed it in time.', changed_at = now() from room_commands c"
        " where c.id = v.command_id and v.state = 'analysing' and c.state = 'expired'"
    )
    return cut.rowcount + late.rowcount


async def queued(conn: Connection) -> list[Queued]:
    """Videos that wait for a room, oldest first. One whose interview is not scheduled waits on: it is
    being held elsewhere.
    """
    cursor = await conn.execute(
        "select v.id, v.interview_id, coalesce(u.full_name, u.username), i.language,"
        " i.policy_profile, v.size_bytes,"
        " v.sha256, v.preset, v.answer_starts_ms, v.ai_scoring,"
        " (select coalesce(jsonb_agg(jsonb_build_array(q.id, q.text, q.category)"
        "   order by q.ordinal, q.id), '[]') from interview_questions q"
        "   where q.interview_id = i.id)"
        " from videos v join interviews i on i.id = v.interview_id"
        " join users u on u.id = i.candidate_id"
        " where v.state = 'queued' and i.status = 'scheduled' order by v.id limit 50"
    )
    return [
        Queued(
            id=row[0],
            interview_id=row[1],
            candidate_name=row[2],
            language=row[3],
            policy_profile=row[4],
            size_bytes=row[5],
            sha256=row[6],
            preset=row[7],
            answer_starts_ms=tuple(row[8]),
            ai_scoring=row[9],
            questions=tuple((int(one), str(text), str(kind)) for one, text, kind in row[10]),
        )
        for row in await cursor.fetchall()
    ]


async def free_room(conn: Connection) -> int | None:
    """The connected virtual room with the least to do; None where all have enough."""
    cursor = await conn.execute(
        "select r.id from rooms r join agents a on a.room_id = r.id and a.connected"
        "  and a.revoked_at is null"
        " left join videos v on v.room_id = r.id and v.state = 'analysing'"
        " where r.kind = 'virtual' and r.is_active group by r.id"
        " having count(v.id) < %s order by count(v.id), r.id limit 1",
        (AT_ONCE,),
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def assign(
    conn: Connection, video: Queued, room_id: int, body: dict[str, Any], kept_until: date | None
) -> int:
    """Gives the video and its interview to the room, which keeps the policy of the order's plan and is
    erased on a day; the command's id. One transaction.
    """
    async with conn.transaction():
        cursor = await conn.execute(
            "insert into room_commands (room_id, interview_id, kind, body, expires_at)"
            " values (%s, %s, %s, %s, now() + make_interval(hours => %s)) returning id",
            (room_id, video.interview_id, ANALYSE, Jsonb(body), LASTS_H),
        )
        row = await cursor.fetchone()
        assert row is not None
        await conn.execute(
            "update videos set state = 'analysing', room_id = %s, command_id = %s,"
            " changed_at = now() where id = %s",
            (room_id, row[0], video.id),
        )
        await conn.execute(
            "update interviews set room_id = %s, policy = %s, kept_until = %s where id = %s",
            (room_id, Jsonb(body["plan"]["policy"]), kept_until, video.interview_id),
        )
    return int(row[0])


async def files_to_delete(conn: Connection) -> list[tuple[int, str]]:
    """(id, name) of files that nobody can read or needs any more."""
    cursor = await conn.execute(
        "select id, name from videos where wrapped is null and file_deleted_at is null order by id"
    )
    return [(row[0], row[1]) for row in await cursor.fetchall()]


async def file_deleted(conn: Connection, video_id: int) -> None:
    """Its file is gone."""
    await conn.execute("update videos set file_deleted_at = now() where id = %s", (video_id,))
