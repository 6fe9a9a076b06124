"""What may be asked, and why not: both languages, one table for each gate."""

from __future__ import annotations

import pytest

from central.interview.rubric import Criterion, Rubric
from central.language import bank
from central.language.planning import likeness, neutral
from central.language.planning.gates import LENGTH, REASONS, TOO_LIKE, Around, Draft, refusals

pytestmark = pytest.mark.unit

BANK = bank.load()
FINE = {
    "ko": "결제 서버를 옮기실 때 가장 어려웠던 점을 어떻게 풀어 가셨나요?",
    "en": "How did you go about the hardest part of moving the payment service?",
}
ANCHORS = (
    "문제가 있었다고만 말한다", "원인을 짐작만 한다", "원인을 하나 찾는다",
    "여러 원인을 비교하고 하나를 고른 까닭을 말한다", "원인을 재고 고치고 다시 생기지 않게 한다",
)  # fmt: skip
RUBRIC = Rubric(
    "1",
    (
        Criterion(
            "problem_solving", "문제 해결", "technical", 1.0, ANCHORS,
            (("원인",), ("분석",), ("해결",), ("대안",), ("검증",)),
        ),
    ),
)  # fmt: skip


def why(text: str, language: str, around: Around | None = None) -> list[str]:
    found = [one.gate for one in refusals(Draft(text, language), around or Around())]
    assert set(found) <= set(REASONS)
    return found


@pytest.mark.parametrize("entry", BANK, ids=lambda one: f"{one.key}-{one.language}")
def test_every_question_of_the_bank_passes_every_gate(entry: bank.BankEntry) -> None:
    assert refusals(Draft(entry.content, entry.language), Around(rubric=entry.rubric)) == ()


def test_no_two_questions_of_the_bank_count_as_the_same() -> None:
    for language in bank.LANGUAGES:
        texts = [entry.content for entry in BANK if entry.language == language]
        pairs = [(one, other) for at, one in enumerate(texts) for other in texts[:at]]
        assert max(likeness.likeness(*pair) for pair in pairs) < TOO_LIKE - 0.1


def test_every_reviewed_follow_up_passes_and_differs_from_the_others() -> None:
    for language in bank.LANGUAGES:
        asked: list[str] = []
        for one in neutral.load().values():
            assert refusals(Draft(one.words(language), language), Around(asked)) == ()
            asked.append(one.words(language))


@pytest.mark.parametrize(
    ("language", "text", "gate"),
    [
        ("ko", "그 일을 왜 하셨나요?", "length"),
        ("en", "Why did you do so?", "length"),
        ("ko", "결제 서버를 옮기실 때 " * 10 + "무엇을 하셨나요?", "length"),
        ("en", "How did you go about " * 7 + "it?", "length"),
        ("ko", "결제 서버를 옮기신 일을 어떻게 하셨나요?? 말해 보세요?", "marks"),
        ("en", "What did you move? And how did you test the new payment service?", "marks"),
        ("en", "Tell me about the hardest part of moving the payment service.", "marks"),
        ("ko", "질문: 결제 서버를 옮기실 때 무엇을 하셨나요?", "markup"),
        ("en", "**How** did you go about moving the payment service?", "markup"),
        ("en", 'How did you go about "moving" the payment service?', "markup"),
        ("en", FINE["ko"], "language"),
        ("ko", FINE["en"], "language"),
        ("ko", "결제 서버를 옮길 때 가장 어려웠던 점은 무엇이었는가?", "polite"),
        ("ko", "결제 서버를 옮긴 방법이 무엇이야? 자세히 좀", "polite"),
        ("ko", "결제 서버는 왜 옮기셨나요, 그리고 무엇을 배우셨나요?", "single"),
        ("en", "What did you move, and when did you test the new service?", "single"),
        ("en", "How did you move the service; what would you do differently?", "single"),
        ("ko", "결제 서버를 직접 옮기신 경험이 있으신가요?", "open"),
        ("ko", "그때 옮기신 결제 서버는 잘 동작했나요?", "open"),
        ("en", "Did you move the payment service by yourself?", "open"),
        ("en", "Have you ever moved a payment service before?", "open"),
        ("ko", "아쉬운 답변이었는데 무엇을 더 하실 수 있었나요?", "neutral"),
        ("en", "That was a great answer, so how did you test the service?", "neutral"),
        ("en", "How would you get a better score for the payment service?", "neutral"),
        ("ko", "예를 들어 캐시를 두는 것처럼 어떻게 빠르게 하셨나요?", "leak"),
        ("en", "How did you make it faster, for example by adding a cache?", "leak"),
        ("ko", "원인을 분석하고 대안을 검증해서 어떻게 해결하셨나요?", "leak"),
        ("ko", "여러 원인을 비교하고 하나를 고른 까닭을 말씀해 주시겠어요?", "leak"),
        ("ko", "결혼은 하셨는지 편하게 말씀해 주시겠어요?", "prohibited"),
        ("en", "What do your parents do for a living these days?", "prohibited"),
    ],
)  # fmt: skip
def test_a_question_is_refused_for_its_reason(language: str, text: str, gate: str) -> None:
    assert gate in why(text, language, Around(rubric=RUBRIC))


@pytest.mark.parametrize("language", bank.LANGUAGES)
def test_a_fine_question_passes_and_is_not_asked_twice(language: str) -> None:
    text = FINE[language]
    assert why(text, language) == []
    assert why(text, language, Around([text.replace(" ", "  ").upper()])) == ["repeated"]
    assert why(text, language, Around(["x" * 40], likest=0.95)) == ["repeated"]
    assert why(text, language, Around(["x" * 40], likest=0.85)) == []


@pytest.mark.parametrize(
    ("span", "passes"),
    [
        ("결제 서버를 옮겼습니다", True),
        ("결제서버를  옮겼습니다.", True),
        ("구글에서 일했습니다", False),
        ("를", False),
        ("", False),
        (None, True),
    ],
)
def test_what_is_asked_about_stands_in_the_candidates_papers(
    span: str | None, *, passes: bool
) -> None:
    around = Around(papers=["2024년에 결제 서버를 옮겼습니다."])
    found = refusals(Draft(FINE["ko"], "ko", span), around)
    assert [one.gate for one in found] == ([] if passes else ["span"])


@pytest.mark.parametrize("text", ["", "   ", "?!", "\u200b"])
def test_nothing_is_no_question(text: str) -> None:
    assert why(text, "ko") == ["empty"]


def test_each_refusal_says_what_was_found() -> None:
    (found,) = refusals(Draft("짧은가요?", "ko"), Around())[:1]
    assert found.detail == f"5 characters, not {LENGTH[0]} to {LENGTH[1]}"
