"""Uploaded videos find a virtual room; what is no longer needed of them is deleted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

from central.config import Videos as Settings
from central.errors import Refused
from central.interview.commands import AnalyseVideo, InterviewPlan, PlannedQuestion
from central.interview.policy import Policy
from central.media import MediaStore
from central.policy import Policies
from central.storage import videos
from central.storage.pool import Connection
from central.storage.retention import site_day
from central.storage.videos import Queued

_log = structlog.get_logger("steward")


async def assign_videos(conn: Connection, settings: Settings, policies: Policies) -> int:
    """Gives each waiting video to the virtual room with the least to do, as long as one has room; how
    many. Each is a transaction; `conn` is in autocommit.
    """
    await videos.expire(conn)
    count = 0
    for video in await videos.queued(conn):
        room_id = await videos.free_room(conn)
        if room_id is None:
            break
        try:
            policy = policies.named(video.policy_profile)
        except Refused as error:
            await videos.refuse(conn, video.id, error.code, str(error))
            continue
        order = order_of(video, settings, policy)
        kept_until = policy.kept_until(site_day(datetime.now(UTC)))
        command_id = await videos.assign(conn, video, room_id, order, kept_until)
        _log.info("a video is given to a virtual room", video=video.id, command=command_id)
        count += 1
    return count


async def delete_files(conn: Connection, store: MediaStore) -> int:
    """Deletes the files of videos whose key is destroyed: analysed, refused or erased; how many."""
    found = await videos.files_to_delete(conn)
    for video_id, name in found:
        await store.delete(name)
        await videos.file_deleted(conn, video_id)
    return len(found)


def order_of(video: Queued, settings: Settings, policy: Policy) -> dict[str, Any]:
    """The command's body: all that the room has to know."""
    questions = tuple(
        PlannedQuestion(question_id=str(number), text=text, category=category)
        for number, text, category in video.questions
    )
    plan = InterviewPlan(
        interview_id=str(video.interview_id),
        candidate_name=video.candidate_name,
        language=video.language,
        questions=questions,
        # Nobody sits there who could read anything.
        policy=msgspec.structs.replace(policy, confirm_transcript=False),
    )
    order = AnalyseVideo(
        plan=plan,
        video_id=str(video.id),
        size_bytes=video.size_bytes,
        sha256=video.sha256.hex(),
        preset=video.preset,
        answer_starts_ms=video.answer_starts_ms,
        ai_scoring=video.ai_scoring,
        longest_s=round(settings.longest_minutes * 60),
    )
    found: dict[str, Any] = msgspec.to_builtins(order)
    return found
