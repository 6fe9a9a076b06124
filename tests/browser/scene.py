"""People, rooms and interviews as a site has them on a working day."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from central.dashboard.auth import passwords
from central.dashboard.pages.sight import TARGETS
from central.interview.schemes import SchemeMark, apply
from central.language import bank, schemes
from central.storage import interview_questions, interviews, pins, postings, questions, users
from central.storage.interviews import NewInterview
from central.storage.postings import NewPosting
from central.storage.tables import (
    Agent,
    CalibrationRow,
    EvaluationPin,
    EvaluationReport,
    Interview,
    Quarantine,
    Room,
    RoomCommand,
)
from central.storage.users import NewUser
from tests.browser.answers import answered, followed

PASSWORD = "correct horse battery"
WHISPER = "openai-whisper/base"
LAST_RESORT = "pocketsphinx (English only, last resort)"
ROOMS = (
    ("seoul-1", "서울 3층 면접실 A", True, ()),
    ("seoul-2", "서울 3층 면접실 B", True, ("microphone: no sound for 6 s",)),
    ("seoul-3", "서울 4층 면접실 A", True, ()),
    ("seoul-4", "Seoul, room 4", True, ()),
    ("busan-1", "부산 2층 면접실", True, ()),
    ("pangyo-1", "판교 5층 면접실", False, ()),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Ids of what the tests look at."""

    finished_ko: int
    finished_en: int
    live: int
    live_en: int
    scheduled: int
    posting: int
    interviewer: int


async def furnish(maker: async_sessionmaker[AsyncSession], database_url: str) -> Scene:
    """Everything the pages can show, and nothing that a gateway would not have written."""
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        await questions.upsert(conn, bank.load())
    async with maker.begin() as session:
        people = await _people(session)
        rooms = await _rooms(session)
        ko = await _interview(session, people["minji"], "ko", "백엔드 개발자", rooms["seoul-3"])
        await _finish(session, ko, "ko", WHISPER)
        en = await _interview(session, people["alex"], "en", "Backend Engineer", rooms["seoul-3"])
        await _finish(session, en, "en", LAST_RESORT)
        live = await _interview(session, people["haneul"], "ko", "백엔드 개발자", rooms["seoul-1"])
        await _go_on(session, live, "ko", WHISPER)
        fault = await _interview(session, people["jiho"], "ko", "데이터 분석가", rooms["seoul-2"])
        await _go_on(session, fault, "ko", WHISPER)
        live_en = await _interview(
            session, people["robin"], "en", "Data Engineer", rooms["seoul-4"]
        )
        await _go_on(session, live_en, "en", LAST_RESORT)
        scheduled = await _interview(session, people["sora"], "ko", "제품 디자이너", None)
        session.add(
            Quarantine(
                room_id=rooms["busan-1"].id,
                spool_id="0f9c3f5e-3c1a-4d5e-9a53-3f6b2c1d7e88",
                seq=4_182,
                interview_ref="77",
                kind=3,
                reason="not_assigned",
                detail="interview 77 is not assigned to room busan-1",
                payload=b"\x00" * 412,
            )
        )
        posting = await _pinned(session, ko, people["recruiter"])
    return Scene(ko.id, en.id, live.id, live_en.id, scheduled.id, posting, people["interviewer"])


async def _pinned(session: AsyncSession, interview: Interview, recruiter: int) -> int:
    """A posting whose versions were renewed after its first interview; its id."""
    posting = await postings.create(
        session, NewPosting(interview.position, "한빛", "서버를 운영합니다."), actor_id=recruiter
    )
    interview.posting_id = posting
    versions = {"evaluator": "1"}
    for scope, number in (
        (f"interview:{interview.id}", interview.id),
        (f"posting:{posting}", None),
    ):
        session.add(
            EvaluationPin(
                scope=scope, interview_id=number, evaluator="rubric-baseline", versions=versions
            )
        )
    await session.flush()
    reason = "언어 모델을 새로 들였습니다."
    await pins.renew(session, posting, reason, actor_id=recruiter)
    return posting


async def _people(session: AsyncSession) -> dict[str, int]:
    secret = await passwords.hashed(PASSWORD)
    staff = (
        ("interviewer", "interviewer", "이서연"),
        ("recruiter", "recruiter", "박도윤"),
        ("admin", "admin", "최유진"),
        ("it", "it", "정민호"),
    )
    candidates = (
        ("minji", "김민지"),
        ("alex", "Alex Morgan"),
        ("haneul", "김하늘"),
        ("jiho", "오지호"),
        ("sora", "한소라"),
        ("robin", "Robin Hale"),
    )
    found: dict[str, int] = {}
    for username, role, name in staff:
        new = NewUser(f"{username}@example.org", username, role, secret, name)
        found[username] = (await users.create(session, new, actor_id=None)).id
    for username, name in candidates:
        new = NewUser(f"{username}@example.org", username, "candidate", secret, name)
        found[username] = (await users.create(session, new, actor_id=None)).id
    return found


async def _rooms(session: AsyncSession) -> dict[str, Room]:
    found: dict[str, Room] = {}
    for code, name, connected, faults in ROOMS:
        room = Room(code=code, name=name)
        session.add(room)
        await session.flush()
        seen = datetime.now(UTC) - timedelta(seconds=2 if connected else 5_400)
        health = {"fps": 29.9, "frames_captured": 53_820, "frames_analysed": 53_812}
        session.add(
            Agent(
                room_id=room.id,
                uuid=f"agent-{code}",
                version="0.1.0",
                connected=connected,
                last_seen=seen,
                health=health | {"faults": list(faults)},
            )
        )
        found[code] = room
    return found


async def _interview(
    session: AsyncSession, candidate_id: int, language: str, position: str, room: Room | None
) -> Interview:
    new = NewInterview(candidate_id=candidate_id, position=position, language=language)
    interview_id = await interviews.create(session, new, actor_id=None)
    await interview_questions.add_chosen(
        session, interview_id, position=position, language=language, count=4
    )
    row = await interviews.locked(session, interview_id)
    row.scheduled_time = datetime.now(UTC).replace(second=0, microsecond=0)
    row.room_id = None if room is None else room.id
    return row


async def _finish(session: AsyncSession, interview: Interview, language: str, engine: str) -> None:
    began = datetime.now(UTC) - timedelta(hours=26)
    rows = await interview_questions.rows_of(session, interview.id)
    for index, question in enumerate(rows[:3]):
        at = began + timedelta(seconds=90 * index + 20)
        turn = await answered(
            session,
            interview,
            question,
            position=index,
            at=at,
            language=language,
            engine=engine,
            ended=True,
        )
        if index == 0:
            await followed(session, interview, turn, language=language, engine=engine)
    interview.status = "completed"
    interview.start_time, interview.end_time = began, began + timedelta(seconds=318)
    interview.recording_consent = interview.scoring_consent = True
    staged = apply(
        schemes.of_stage(1),
        [
            SchemeMark("structure", "communication", 3.5, 1.0),
            SchemeMark("problem_solving", "technical", 4.0, 1.0),
            SchemeMark("evidence", "depth", 3.75, 1.0),
        ],
    )
    interview.overall_score = staged.total
    interview.overall_scheme, interview.overall_coverage = staged.name, staged.assessed_weight
    session.add(_calibration(interview.id, began, good=True))
    summary = {
        "ko": "질문 3개에 답했습니다. 상황과 행동, 결과를 갖추어 설명했고 측정한 수치를 들었습니다. "
        "조직 적합성을 판단할 근거는 답변에 없었습니다.",
        "en": "Three questions were answered. Situation, action and result were all named, with a "
        "measured figure. No answer held evidence on cultural fit.",
    }
    session.add(
        EvaluationReport(
            interview_id=interview.id,
            stage=1,
            technical_score=75.0,
            communication_score=62.5,
            cultural_fit_score=None,
            depth_score=68.75,
            summary_text=summary[language],
            details={"stage_scheme": asdict(staged)},
            evaluator_model="rubric-baseline",
            versions={"rubric": "2026-11", "rubric-baseline": "1"},
        )
    )


async def _go_on(session: AsyncSession, interview: Interview, language: str, engine: str) -> None:
    now = datetime.now(UTC)
    interview.status = "live"
    interview.start_time = now - timedelta(seconds=130)
    interview.checked_in_at, interview.checked_in_by = now - timedelta(seconds=125), "code"
    interview.recording_consent = interview.scoring_consent = True
    rows = await interview_questions.rows_of(session, interview.id)
    for index, (ago_s, ended) in enumerate(((115, True), (24, False))):
        await answered(
            session,
            interview,
            rows[index],
            position=index,
            at=now - timedelta(seconds=ago_s),
            language=language,
            engine=engine,
            ended=ended,
        )
    session.add(
        RoomCommand(
            room_id=interview.room_id,
            interview_id=interview.id,
            kind="start_interview",
            body={},
            state="done",
            expires_at=now,
        )
    )
    session.add(_calibration(interview.id, now, good=False))


def _calibration(interview_id: int, now: datetime, *, good: bool) -> CalibrationRow:
    """A good one, and one whose candidate looked elsewhere."""
    noise = random.Random(interview_id)
    off = 1.0 if good else 6.0
    return CalibrationRow(
        interview_id=interview_id,
        outcome="calibrated" if good else "failed",
        error_deg=1.4 if good else 7.3,
        attempts=1 if good else 2,
        parameters={"kappa_yaw_deg": 4.1} if good else None,
        points=[
            {
                "name": target.name,
                "frames": 38,
                "kept": 34,
                "spread_deg": 0.6,
                "error_deg": off + 0.2,
                "look_x_ratio": target.x_ratio + off * noise.gauss(0, 0.02),
                "look_y_ratio": target.y_ratio + off * noise.gauss(0, 0.03),
            }
            for target in TARGETS
        ],
        neutral={"frames": 300},
        made_at=now,
    )
