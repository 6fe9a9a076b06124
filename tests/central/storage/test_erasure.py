"""An erased interview is gone: keys, files, rows, and what still comes of it. A tombstone stays."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.steward.sealing import delete_erased_files
from central.storage import erasure, sealing
from central.storage.engine import create_engine, sessions
from central.storage.erasure import Erased, erased_tables
from central.storage.pool import Pool
from central.storage.tables import Base
from central.vault.documents import About, Documents
from central.vault.sealer import Sealer
from central.vault.verify import verify
from tests.fakes.landed import Landing, landing

pytestmark = pytest.mark.integration


@pytest.fixture
async def past(database_url: str) -> AsyncIterator[Landing]:
    async with landing(database_url) as made:
        yield made


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    engine = create_engine(database_url, 1)
    async with sessions(engine)() as opened:
        yield opened
    await engine.dispose()


async def erase(session: AsyncSession, interview: int, *, unfinished: bool = False) -> Erased:
    done = await erasure.erase(session, interview, actor_id=None, unfinished=unfinished)
    await session.commit()
    return done


async def fill(past: Landing, interview: int) -> None:
    """One row in every table that knows the interview's content."""
    for statement in (
        (
            "insert into interview_questions (interview_id, ordinal, text, category, difficulty,"
            " source, rubric) values (%s, 0, 'Why?', 'technical', 'easy', 'typed', '{}')"
        ),
        (
            "insert into question_sources (interview_id, question_id, kind, ref)"
            " select interview_id, id, 'resume', '1' from interview_questions"
            " where interview_id = %s"
        ),
        (
            "insert into turns (interview_id, turn_key, position, asked_text, asked_at, asked_mono_ns)"
            " values (%s, 't', 0, 'Why?', now(), 0)"
        ),
        (
            "insert into transcripts (interview_id, turn_id, speaker, text, language, ordinal,"
            " started_at, ended_at, engine) select interview_id, id, 'User', 'my secret', 'en', 0,"
            " now(), now(), 'e' from turns where interview_id = %s"
        ),
        (
            "insert into confirmations (interview_id, turn_id, verdict, sentences, given_at)"
            " select interview_id, id, 'right', 1, now() from turns where interview_id = %s"
        ),
        (
            "insert into corrections (interview_id, turn_id, transcript_id, text, changed_ratio,"
            " counts) select interview_id, turn_id, id, 'my secret word', 0.1, true"
            " from transcripts where interview_id = %s"
        ),
        (
            "insert into answer_sounds (interview_id, turn_id, utterances)"
            " select interview_id, id, 1 from turns where interview_id = %s"
        ),
        (
            "insert into question_scores (interview_id, turn_id, criterion, label, dimension, anchor,"
            " quotes, keywords, evaluator, versions) select interview_id, id, 'c', 'c', 'depth', '',"
            " '[]', '[]', 'e', '{}' from turns where interview_id = %s"
        ),
        (
            "insert into shadow_scores (interview_id, turn_id, variant, criterion, dimension, quotes,"
            " evaluator, versions) select interview_id, id, 'v', 'c', 'depth', '[]', 'e', '{}'"
            " from turns where interview_id = %s"
        ),
        (
            "insert into evaluation_pins (scope, interview_id, evaluator, versions)"
            " values ('interview:1', %s, 'e', '{}')"
        ),
        (
            "insert into evaluation_reports (interview_id, stage, summary_text, details,"
            " evaluator_model, versions) values (%s, 1, 'a fine person', '{}', 'e', '{}')"
        ),
        (
            "insert into consents (interview_id, recording, ai_scoring, notice_version, language,"
            " given_at) values (%s, true, false, 'kr-1', 'en', now())"
        ),
        (
            "insert into jobs (kind, key, interview_id, body, state)"
            " values ('report', 'k', %s, '{}', 'done')"
        ),
        (
            "insert into room_commands (room_id, interview_id, kind, body, expires_at)"
            " select room_id, id, 'plan', '{}', now() from interviews where id = %s"
        ),
        (
            "insert into resumes (interview_id, candidate_id, document_id, state, text)"
            " select id, candidate_id, 1, 'read', 'my secret past' from interviews where id = %s"
        ),
        (
            "insert into resume_sections (resume_id, interview_id, ordinal, kind, start_at, end_at,"
            " text) select id, interview_id, 0, 'experience', 0, 14, 'my secret past' from resumes"
            " where interview_id = %s"
        ),
        (
            "insert into passages (interview_id, kind, source, language, part, text, first_character,"
            " end_character, content_hash, lexemes) values (%s, 'answer', 'a', 'en', 0,"
            " 'my secret answer', 0, 16, '', 'secret')"
        ),
        (
            "insert into interview_spans (interview_id, turn_key, kind, cause, began_at,"
            " from_mono_ns) values (%s, 't', 'pause', 'candidate', now(), 0)"
        ),
        (
            "insert into help_calls (interview_id, room_id, call_key, called_at)"
            " select %s, min(id), 'k', now() from rooms"
        ),
        (
            "insert into calibrations (interview_id, outcome, attempts, points, made_at)"
            " values (%s, 'skipped', 0, '[]', now())"
        ),
        (
            "insert into score_windows (interview_id, turn_key, start_mono_ns, wall_ns, length_ms,"
            " frames_captured, frames_analysed, measures) values (%s, 't', 0, 0, 1, 1, 1, '{}')"
        ),
        (
            "insert into emotion_seconds (interview_id, turn_key, start_mono_ns, model, answered, sums,"
            " abstained) values (%s, 't', 0, 'm', 1, '[0, 0, 0, 1, 0, 0, 0]', '{}')"
        ),
        (
            "insert into rating_sheets (interview_id, interviewer_id, independent)"
            " select id, candidate_id, true from interviews where id = %s"
        ),
        (
            "insert into ratings (interview_id, sheet_id, question_id, criterion, level, seq)"
            " select q.interview_id, s.id, q.id, 'c', 3, 1 from interview_questions q"
            " join rating_sheets s on s.interview_id = q.interview_id where q.interview_id = %s"
        ),
        (
            "insert into consensus (interview_id, question_id, criterion, reason, moderator_id)"
            " select q.interview_id, q.id, 'c', 'we agree', i.candidate_id from interview_questions q"
            " join interviews i on i.id = q.interview_id where q.interview_id = %s"
        ),
        (
            "insert into decisions (interview_id, outcome, reason, decided_by)"
            " select id, 'hold', 'a secret reason', candidate_id from interviews where id = %s"
        ),
        (
            "insert into markers (interview_id, author_id, key, seq, kind, at, text, transcript_id)"
            " select i.id, i.candidate_id, 'k', 1, 'note', now(), 'a secret note', t.id"
            " from interviews i join transcripts t on t.interview_id = i.id where i.id = %s"
        ),
        (
            "insert into quarantine (room_id, spool_id, seq, interview_ref, kind, reason, detail,"
            " payload) select room_id, 's', 1, id::text, 4, 'r', 'd', 'x' from interviews where id = %s"
        ),
    ):
        await past.fetch(statement, interview)


async def everything(past: Landing) -> dict[str, int]:
    found = {}
    for table in erased_tables():
        rows = await past.fetch(f"select count(*) from {table.name} where interview_id is not null")
        found[table.name] = rows[0][0]
    return found


async def test_an_erased_interview_leaves_a_tombstone_and_nothing_else(
    past: Landing, session: AsyncSession, pool: Pool
) -> None:
    interview = await past.interview()
    await past.land(interview)
    await past.round()
    await fill(past, interview)
    await past.land(interview)
    documents = Documents(pool, past.vault)
    about = About("cv.pdf", "application/pdf")
    await documents.put(about, empty(), kind="resume", interview_id=interview)
    before = await everything(past)
    assert min(before.values()) >= 1, f"a table is not filled: {before}"

    done = await erase(session, interview)

    assert set((await everything(past)).values()) == {0}
    assert done.files == 2
    assert done.rows["transcripts"] == 1
    assert await past.fetch("select 1 from interviews") == []
    assert await past.fetch("select 1 from quarantine") == []
    ((what, by),) = await past.fetch("select what, erased_by from erasures")
    assert by is None
    assert what["consent"] == [
        {"notice": "kr-1", "recording": True, "scoring": False, "emotion": None}
    ]
    assert "secret" not in str(what)
    assert await past.fetch("select action, subject from audit_log") == [
        ("interview.erase", f"interview:{interview}")
    ]


async def empty() -> AsyncIterator[bytes]:
    yield b"cv"


async def test_the_key_is_destroyed_at_once_and_the_files_follow(
    past: Landing, session: AsyncSession
) -> None:
    interview = await past.interview()
    await past.land(interview)
    await past.round()
    backup = dict(past.media.files)
    (part,) = await sealing.parts_of(past.conn, interview)
    await erase(session, interview)
    assert await past.fetch("select wrapped, destroyed_at is null from interview_keys") == [
        (None, False)
    ]
    past.media.files = backup
    with pytest.raises(Exception, match="its key was destroyed"):
        await past.vault.open(past.conn, part)
    assert await delete_erased_files(past.conn, Sealer(past.vault)) == 1
    assert past.media.files == {}
    assert await past.fetch("select 1 from sealed_parts") == []
    assert await past.fetch("select files_deleted_at is null from erasures") == [(False,)]
    assert [one async for one in verify(past.conn, past.vault)] == []


async def test_what_still_comes_of_an_erased_interview_is_deleted(
    past: Landing, session: AsyncSession
) -> None:
    interview, other = await past.interview(), await past.interview()
    await past.land(interview)
    await erase(session, interview)
    await past.land(interview)
    await past.land(other)
    done = await past.round()
    assert done.late_of_erased == 6
    assert list(done.sealed) == [other]
    assert await past.landed(interview) == 0


async def test_erasing_while_it_is_sealed_leaves_no_file_and_no_key(
    past: Landing, session: AsyncSession
) -> None:
    interview = await past.interview()
    await past.land(interview)

    async def once(_name: str) -> None:
        past.media.stored = None
        await erase(session, interview)

    past.media.stored = once
    done = await past.round()
    assert (done.sealed, done.failed) == ({}, {})
    assert past.media.files == {}
    assert await past.fetch("select 1 from sealed_parts") == []
    assert await past.fetch("select wrapped from interview_keys") == [(None,)]
    assert await past.alarms() == {}


@pytest.mark.parametrize("status", ["scheduled", "live"])
async def test_what_is_not_finished_is_erased_only_on_purpose(
    past: Landing, session: AsyncSession, status: str
) -> None:
    interview = await past.interview(status)
    with pytest.raises(Refused) as refused:
        await erase(session, interview)
    assert refused.value.code == "interview_not_finished"
    await session.rollback()
    assert (await erase(session, interview, unfinished=True)).interview_id == interview


async def test_what_is_not_there_cannot_be_erased(past: Landing, session: AsyncSession) -> None:
    with pytest.raises(Refused) as refused:
        await erase(session, 4711)
    assert refused.value.status == 404


def test_every_table_that_names_an_interview_is_erased_or_outlives_it_for_a_reason() -> None:
    named = {table.name for table in Base.metadata.sorted_tables if "interview_id" in table.c}
    assert named == {table.name for table in erased_tables()} | erasure.OUTLIVES
