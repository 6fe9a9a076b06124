"""People, rooms and interviews as a site has them on a working day."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from central.dashboard.auth import passwords
from central.dashboard.pages.sight import TARGETS
from central.language import bank
from central.storage import interview_questions, interviews, questions, users
from central.storage.interviews import NewInterview
from central.storage.tables import (
    Agent,
    CalibrationRow,
    EvaluationReport,
    Interview,
    InterviewQuestion,
    Quarantine,
    QuestionScore,
    Room,
    RoomCommand,
    ScoreWindowRow,
    Transcript,
    Turn,
)
from central.storage.users import NewUser
from tests.browser.measured import measures_at

PASSWORD = "correct horse battery"
WHISPER = "openai-whisper/base"
LAST_RESORT = "pocketsphinx (English only, last resort)"
ANSWERS = {
    "ko": (
        (
            "작년에 결제 시스템을 새로 만들 때였습니다. 팀이 데이터베이스를 나누자는 쪽과 "
            "그대로 두자는 쪽으로 갈렸습니다."
        ),
        (
            "그래서 두 방법을 모두 작게 만들어 측정했고, 응답 시간이 사십 퍼센트 줄어든 쪽으로 "
            "합의했습니다."
        ),
    ),
    "en": (
        (
            "It was last year, when we rebuilt our payment service and the team was split over the "
            "database."
        ),
        (
            "So I proposed that we build both as prototypes and measure, and the response time fell "
            "by forty percent."
        ),
    ),
}
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
    return Scene(ko.id, en.id, live.id, live_en.id, scheduled.id)


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
        await _turn(
            session,
            interview,
            question,
            position=index,
            at=at,
            language=language,
            engine=engine,
            ended=True,
        )
    interview.status = "completed"
    interview.start_time, interview.end_time = began, began + timedelta(seconds=318)
    interview.recording_consent = interview.scoring_consent = True
    interview.overall_score = 68.75
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
            details={},
            evaluator_model="rubric-baseline",
            versions={"rubric": "2026-11", "rubric-baseline": "1"},
        )
    )


async def _go_on(session: AsyncSession, interview: Interview, language: str, engine: str) -> None:
    now = datetime.now(UTC)
    interview.status = "live"
    interview.start_time = now - timedelta(seconds=130)
    interview.recording_consent = interview.scoring_consent = True
    rows = await interview_questions.rows_of(session, interview.id)
    for index, (ago_s, ended) in enumerate(((115, True), (24, False))):
        await _turn(
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
    session.add(_calibration(interview.id, now, good=ended))


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


async def _turn(
    session: AsyncSession,
    interview: Interview,
    question: InterviewQuestion,
    *,
    position: int,
    at: datetime,
    language: str,
    engine: str,
    ended: bool,
) -> None:
    turn = Turn(
        interview_id=interview.id,
        turn_key=f"turn-{position}",
        question_id=question.id,
        position=position,
        asked_text=question.text,
        asked_at=at,
        asked_mono_ns=1,
        answer_opened_at=at + timedelta(seconds=6),
        answer_begun_at=at + timedelta(seconds=9),
        ended_at=at + timedelta(seconds=64) if ended else None,
        end_reason="SILENCE" if ended else None,
        expected_utterances=2 if ended else None,
    )
    session.add(turn)
    await session.flush()
    said = [("AI", question.text, "")]
    said += [("User", text, engine) for text in ANSWERS[language][: 2 if ended else 1]]
    lines = [
        Transcript(
            interview_id=interview.id,
            turn_id=turn.id,
            utterance_key=None if speaker == "AI" else f"{turn.id}-{index}",
            speaker=speaker,
            text=text,
            language=language,
            ordinal=index,
            started_at=at + timedelta(seconds=8 * index),
            ended_at=at + timedelta(seconds=8 * index + 7),
            engine=label,
            **({} if speaker == "AI" else _recorded(index, text)),
        )
        for index, (speaker, text, label) in enumerate(said)
    ]
    session.add_all(lines)
    await session.flush()
    _windows(session, interview.id, turn.turn_key, at, 91 if ended else 22)
    if ended:
        _marks(session, interview.id, turn, question.rubric, lines[-1])


def _recorded(index: int, text: str) -> dict[str, Any]:
    """Seven seconds of sound, with its words evenly over them."""
    first = index * 8 * 16_000
    words, at = text.split(), 0
    timed = []
    for number, word in enumerate(words):
        at = text.index(word, at)
        begin_ms = 7000 * number // len(words)
        end_ms = 7000 * (number + 1) // len(words)
        timed.append(
            {
                "start": at,
                "end": at + len(word),
                "begin_ms": begin_ms,
                "end_ms": end_ms,
                "confidence": 0.9,
            }
        )
        at += len(word)
    return {
        "first_sample": first, "end_sample": first + 7 * 16_000, "watermark_id": 1, "format_seq": 1,
        "first_seq": index * 40 + 2, "last_seq": index * 40 + 36, "rate_hz": 16_000, "words": timed,
    }  # fmt: skip


def _marks(
    session: AsyncSession, interview_id: int, turn: Turn, rubric: dict[str, Any], line: Transcript
) -> None:
    for index, criterion in enumerate(rubric["criteria"]):
        level = (4.0, 3.0, None, 3.5)[(index + turn.position) % 4]
        start = 0 if index % 2 else line.text.index(" ") + 1
        end = line.text.rindex(" ") if index % 2 else len(line.text) // 2
        quote = {
            "text": line.text[start:end],
            "transcript_id": line.id,
            "start": start,
            "end": end,
        }
        session.add(
            QuestionScore(
                interview_id=interview_id,
                turn_id=turn.id,
                criterion=criterion["key"],
                label=criterion["label"],
                dimension=criterion["dimension"],
                level=level,
                anchor="" if level is None else criterion["anchors"][round(level) - 1],
                quotes=[] if level is None else [quote],
                keywords=[],
                abstained_reason="no keyword of this criterion was heard"
                if level is None
                else None,
                evaluator="rubric-baseline",
                versions={},
            )
        )


def _windows(
    session: AsyncSession, interview_id: int, turn_key: str, at: datetime, count: int
) -> None:
    """A head that turns, a second of absence, a voice that rises and falls."""
    noise = random.Random(f"{interview_id}{turn_key}")
    start_ns = int(at.timestamp() * 1e9)
    for second in range(count):
        away = 25 <= second % 60 < 29
        session.add(
            ScoreWindowRow(
                interview_id=interview_id,
                turn_key=turn_key,
                start_mono_ns=second * 1_000_000_000,
                wall_ns=start_ns + second * 1_000_000_000,
                length_ms=1_000,
                frames_captured=30,
                frames_analysed=30,
                measures=measures_at(second, away, noise),
                variant="a",
            )
        )
