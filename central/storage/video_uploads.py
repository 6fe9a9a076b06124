"""Uploaded videos as people send them in and watch them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.storage import audit, interviews
from central.storage.interview_questions import rows_of
from central.storage.tables import Video


@dataclass(frozen=True, slots=True)
class NewVideo:
    """An upload that is about to begin. `wrapped` is its key under the upload key."""

    name: str
    wrapped: bytes
    upload_key_id: str
    media: str
    preset: str
    answer_starts_ms: Sequence[int]
    ai_scoring: bool


@dataclass(frozen=True, slots=True)
class VideoView:
    """One video. `state`: uploading, queued, analysing, done or refused; `done_ratio` of its analysis;
    `code` and `why` where it was refused, `why` alone where it is done and not whole.
    """

    id: int
    interview_id: int
    media: str
    size_bytes: int
    preset: str
    state: str
    done_ratio: float
    code: str
    why: str
    created_at: datetime


async def begin(
    session: AsyncSession, interview_id: int, new: NewVideo, *, actor_id: int | None
) -> int:
    """Notes that a video is about to come; its id. The caller commits.

    Raises `Refused`: interview_unknown 404; video_not_scheduled, video_there 409;
    video_needs_questions, video_starts 422.
    """
    interview = await interviews.locked(session, interview_id)
    if interview.status != "scheduled":
        raise Refused(
            "video_not_scheduled", 409, f"The interview is {interview.status}; plan another one."
        )
    questions = await rows_of(session, interview_id)
    starts = list(new.answer_starts_ms)
    if not questions:
        raise Refused("video_needs_questions", 422, "Plan the question that the video answers.")
    if not 1 <= len(starts) <= len(questions) or starts != sorted(set(starts)) or starts[0] < 0:
        raise Refused(
            "video_starts", 422, f"Give between 1 and {len(questions)} rising start times."
        )
    row = Video(
        interview_id=interview_id,
        name=new.name,
        wrapped=new.wrapped,
        upload_key_id=new.upload_key_id,
        media=new.media,
        preset=new.preset,
        answer_starts_ms=starts,
        ai_scoring=new.ai_scoring,
        uploaded_by=actor_id,
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Refused("video_there", 409, "The interview has a video already.") from error
    audit.write(
        session,
        actor_id=actor_id,
        action="video.upload",
        subject=f"interview:{interview_id}",
        detail={"video": str(row.id), "ai_scoring": new.ai_scoring, "preset": new.preset},
    )
    return row.id


async def finish(session: AsyncSession, video_id: int, size_bytes: int, sha256: bytes) -> bool:
    """It is there whole and waits for a room; False where its interview was erased meanwhile."""
    row = await session.get(Video, video_id, with_for_update=True)
    if row is None or row.wrapped is None or row.state != "uploading":
        return False
    row.size_bytes, row.sha256, row.state = size_bytes, sha256, "queued"
    row.changed_at = datetime.now(UTC)
    return True


async def forget(session: AsyncSession, video_id: int) -> None:
    """It did not come: as if it had never begun, but for the audit trail."""
    await session.execute(delete(Video).where(Video.id == video_id, Video.state == "uploading"))


async def latest(session: AsyncSession, interview_id: int) -> VideoView | None:
    """The interview's newest video; None where it has none."""
    query = select(Video).where(Video.interview_id == interview_id).order_by(Video.id.desc())
    row = (await session.scalars(query.limit(1))).first()
    if row is None:
        return None
    return VideoView(
        id=row.id,
        interview_id=row.interview_id,
        media=row.media,
        size_bytes=row.size_bytes,
        preset=row.preset,
        state=row.state,
        done_ratio=row.done_milli / 1000,
        code=row.code,
        why=row.why,
        created_at=row.created_at,
    )
