"""What a candidate decided, as rows: proof in `consents`, and what holds now in `interviews`."""

from __future__ import annotations

from datetime import datetime

from central.interview.facts import Consent
from central.storage.pool import Connection


async def keep(conn: Connection, interview_id: int, given: Consent, at: datetime) -> None:
    """May run twice for the same record: what was told before is not written again."""
    await conn.execute(
        "insert into consents (interview_id, recording, ai_scoring, emotion, notice_version,"
        "  emotion_notice_version, language, given_at)"
        " select %(id)s, %(recording)s, %(scoring)s, %(emotion)s::boolean, %(notice)s::text,"
        "  %(emotion_notice)s, %(language)s, %(at)s"
        " where not exists (select 1 from consents"  # a killed room says again what it was told
        "  where interview_id = %(id)s and recording = %(recording)s and ai_scoring = %(scoring)s"
        "  and emotion is not distinct from %(emotion)s::boolean"
        "  and notice_version = %(notice)s::text)",
        {
            "id": interview_id,
            "recording": given.recording,
            "scoring": given.ai_scoring,
            "emotion": given.emotion,
            "emotion_notice": given.emotion_notice_version,
            "notice": given.notice_version,
            "language": given.language,
            "at": at,
        },
    )
    await conn.execute(
        "update interviews set recording_consent = %s, scoring_consent = %s, emotion_consent = %s"
        " where id = %s",
        (given.recording, given.ai_scoring, given.emotion, interview_id),
    )
