"""An interview that is going on, as its room's page has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from central.dashboard.pages.bank import Suggestion
from central.storage.interview_questions import QuestionView
from central.storage.interviews import InterviewView
from central.storage.live_rooms import CommandView
from central.storage.spans import SpanView

AT: Final = datetime(2026, 11, 27, 5, 12, 40, tzinfo=UTC)
ROOM: Final = SimpleNamespace(code="sample", name="Sample", connected=True)
NOBODY: Final = 0
"""The id of nothing in the database: what a form of the page does is refused."""
RUBRIC: Final[dict[str, Any]] = {
    "ko": {
        "criteria": [
            {
                "key": "evidence",
                "label": "근거",
                "anchors": [
                    "주장만 있고 사례가 없습니다.",
                    "사례를 들지만 본인이 한 일이 보이지 않습니다.",
                    "본인이 한 일과 결과를 말합니다.",
                    "결과를 수치로 말합니다.",
                    "측정한 수치와 그 한계까지 말합니다.",
                ],
            }
        ]
    },
    "en": {
        "criteria": [
            {
                "key": "evidence",
                "label": "Evidence",
                "anchors": [
                    "Claims without an example.",
                    "An example, but not what they did themselves.",
                    "What they did and what came of it.",
                    "The result as a figure.",
                    "Measured figures, and what they leave open.",
                ],
            }
        ]
    },
}
QUESTIONS: Final = {
    "ko": (
        "팀에서 의견이 크게 갈렸던 경험을 말씀해 주세요.",
        "가장 어려웠던 장애를 어떻게 찾았나요?",
        "그 뒤로 무엇을 다르게 하시나요?",
    ),
    "en": (
        "Tell us about a time when your team disagreed strongly.",
        "How did you find the hardest fault you had to deal with?",
        "What have you done differently since?",
    ),
}
CORRECTED: Final = {
    "ko": ("응답 시간이 사십 프로 들었습니다", "응답 시간이 40퍼센트 줄었습니다"),
    "en": ("the response time felt by forty percent", "the response time fell by forty percent"),
}
_STATES: Final = ("answered", "asking", "planned", "skipped", "does_not_know", "held", "unasked")


def interview(language: str, status: str = "live", **more: Any) -> InterviewView:
    """`more`: what else is known of it."""
    return InterviewView(
        id=NOBODY, candidate_id=NOBODY, posting_id=None,
        candidate_name="김하늘" if language == "ko" else "Robin Hale", created_by=None,
        room_code=ROOM.code, room_name=ROOM.name,
        position="백엔드 개발자" if language == "ko" else "Backend Engineer", company=None,
        language=language, stage=1, status=status, scheduled_time=AT, start_time=AT, end_time=None,
        end_reason=None, recording_consent=True, scoring_consent=True, emotion_consent=None,
        policy_profile=None, policy=None, overall_score=None, overall_scheme=None,
        overall_coverage=None, created_at=AT, question_count=6, answered_count=1, has_report=False,
        **more,
    )  # fmt: skip


def questions(language: str) -> tuple[QuestionView, ...]:
    """One in each state; the last two answers belong to follow-ups."""
    texts = QUESTIONS[language]
    return tuple(_question(number, state, texts, language) for number, state in enumerate(_STATES))


def _question(number: int, state: str, texts: tuple[str, ...], language: str) -> QuestionView:
    follows = state in {"held", "unasked"}
    asked = state not in {"planned", "held", "unasked"}
    return QuestionView(
        id=number, bank_question_id=None, ordinal=number, text=texts[number % len(texts)],
        category="behavioral", difficulty="medium", source="template" if follows else "bank",
        rubric=RUBRIC[language] if number == 0 else {}, answer_limit_ms=120_000, think_ms=0,
        state=state, turn_id=number if asked else None, follow_up_of=1 if follows else None,
    )  # fmt: skip


def detail(language: str) -> SimpleNamespace:
    """What the guide shows of the room: plan and commands."""
    return SimpleNamespace(questions=questions(language), commands=_commands())


def suggested(language: str) -> tuple[Suggestion, ...]:
    """Questions of the bank."""
    return tuple(Suggestion(NOBODY, text, "technical", "hard") for text in QUESTIONS[language][:2])


def disturbed_turn() -> SimpleNamespace:
    """A turn with a pause that goes on and a disturbance that is over."""
    spans = (
        SpanView("disturbance", "noise", AT, AT + timedelta(seconds=12)),
        SpanView("pause", "", AT + timedelta(seconds=40), None),
    )
    return SimpleNamespace(spans=spans)


def corrected(language: str, *, counts: bool) -> SimpleNamespace:
    """A sentence that the candidate corrected, or wrote anew."""
    text, own = CORRECTED[language]
    return SimpleNamespace(text=text, corrected=own, corrected_counts=counts)


def confirmed(said: str) -> SimpleNamespace:
    """A turn whose answer the candidate has read, or not (empty)."""
    return SimpleNamespace(confirmed=said, answer=("",))


def _commands() -> tuple[CommandView, ...]:
    kinds = ("push_question", "skip_question", "admit_candidate", "calibrate_gaze")
    return tuple(
        CommandView(NOBODY, kind, state, None, AT, AT, None)
        for kind, state in zip(kinds, ("open", "done", "expired", "refused"), strict=True)
    )
