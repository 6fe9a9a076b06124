"""One question of an interview, asked and answered: what is said, measured and marked of it."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard.pages import words
from central.storage.tables import (
    Interview,
    InterviewQuestion,
    QuestionScore,
    ScoreWindowRow,
    Transcript,
    Turn,
)
from tests.browser.measured import measures_at

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

FOLLOWED = {
    "ko": (
        "그 일에서 배운 점은 무엇이고, 그 뒤로 무엇을 다르게 하시나요?",
        "그 뒤로는 의견이 갈리면 먼저 작게 만들어 재어 봅니다.",
    ),
    "en": (
        "What did you learn from it, and what do you do differently since?",
        "Since then we build something small and measure before we argue.",
    ),
}


async def answered(
    session: AsyncSession,
    interview: Interview,
    question: InterviewQuestion,
    *,
    position: int,
    at: datetime,
    language: str,
    engine: str,
    ended: bool,
) -> Turn:
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
    return turn


async def followed(
    session: AsyncSession, interview: Interview, main: Turn, *, language: str, engine: str
) -> None:
    """A reviewed follow-up, answered in a sentence that one of the main question's marks quotes too."""
    text, said = FOLLOWED[language]
    question = InterviewQuestion(
        interview_id=interview.id, ordinal=main.position, text=text, category="behavioral",
        difficulty="medium", source="template", rubric={}, follow_up_of=main.question_id,
        about="lesson",
    )  # fmt: skip
    session.add(question)
    await session.flush()
    at = main.asked_at + timedelta(seconds=70)
    turn = Turn(
        interview_id=interview.id, turn_key=f"follow-{main.position}", question_id=question.id,
        position=main.position, asked_text=text, asked_at=at, asked_mono_ns=1,
        answer_opened_at=at + timedelta(seconds=4), answer_begun_at=at + timedelta(seconds=5),
        ended_at=at + timedelta(seconds=16), end_reason="SILENCE", expected_utterances=1,
    )  # fmt: skip
    session.add(turn)
    await session.flush()
    line = Transcript(
        interview_id=interview.id, turn_id=turn.id, utterance_key=f"{turn.id}-1", speaker="User",
        text=said, language=language, ordinal=1, started_at=at, ended_at=at + timedelta(seconds=7),
        engine=engine, **_recorded(1, said),
    )  # fmt: skip
    session.add(line)
    await session.flush()
    query = select(QuestionScore).where(
        QuestionScore.turn_id == main.id, QuestionScore.level.is_not(None)
    )
    for mark in (await session.scalars(query)).all():
        mark.turns = [main.id, turn.id]
        quote = {"text": said, "transcript_id": line.id, "start": 0, "end": len(said)}
        mark.quotes = [*mark.quotes, quote]


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
                abstained_reason=words.ABSTAINED["no_evidence"] if level is None else None,
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
