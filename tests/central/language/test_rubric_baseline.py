"""Marks from words: deterministic, never without a verbatim quote of what was really said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import EngineError
from central.interview.rubric import Criterion, Rubric
from central.language import keywords, quotes
from central.language.evaluator import MarkDraft, Quote, Said
from central.language.rubric_baseline import NAME, NO_EVIDENCE, RubricBaseline, marks

pytestmark = pytest.mark.unit

ANCHORS = ("one", "two", "three", "four", "five")


def rubric(language: str) -> Rubric:
    words = {
        "en": ((("cause", "because"), ("measure",), ("fix", "repair")), (("slow",), ("query",))),
        "ko": ((("원인", "때문"), ("측정",), ("고쳤", "해결")), (("느린", "느려"), ("쿼리",))),
    }[language]
    criterion = Criterion("solving", "Solving", "technical", 1.0, ANCHORS, words[0])
    return Rubric("v1", (criterion,), words[1])


def said(*texts: str) -> tuple[Said, ...]:
    return tuple(Said(number, text) for number, text in enumerate(texts, start=10))


STRONG_EN = (
    "When our team had a slow query in production I measured it for two weeks.",
    "The cause was a missing index, so I fixed it, because every request waited 300 milliseconds.",
    "As a result the page was twice as fast and we learned to measure first.",
)
STRONG_KO = (
    "당시 저희 팀에서 느려진 쿼리를 두 주 동안 측정했습니다.",
    "원인은 인덱스가 없는 것이었고, 요청마다 300밀리초를 기다렸기 때문에 제가 직접 고쳤습니다.",
    "결과적으로 속도가 두 배로 개선되었고 먼저 측정해야 한다는 것을 배웠습니다.",
)


@pytest.mark.parametrize(
    ("language", "texts", "lowest", "highest"),
    [
        ("en", STRONG_EN, 4.5, 5),
        ("ko", STRONG_KO, 4.5, 5),
        ("en", ("I think I measured something once and it was fine for us.",), 1.5, 2.5),
        ("ko", ("예전에 한 번 측정해 본 적이 있는 것 같습니다.",), 1.5, 2.5),
    ],
)
def test_the_level_follows_what_was_said(
    language: str, texts: tuple[str, ...], lowest: float, highest: float
) -> None:
    (mark,) = marks(rubric(language), said(*texts), language)
    assert mark.level is not None
    assert lowest <= mark.level <= highest
    assert mark.anchor in ANCHORS


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ((), "no answer was recognised"),
        (("yes",), "the answer is too short to mark"),
        (("I like music and long walks on the beach very much.",), NO_EVIDENCE),
        (("When we worked alone 20 people asked, and finally it was done. " * 5,), NO_EVIDENCE),
    ],
)
def test_it_abstains_where_there_is_nothing_to_mark(texts: tuple[str, ...], reason: str) -> None:
    (mark,) = marks(rubric("en"), said(*texts), "en")
    assert mark.level is None
    assert mark.abstained_reason == reason
    assert mark.anchor == ""


@given(
    st.lists(
        st.text(alphabet="cause measure fix slow query. !\n원인 측정", max_size=400), max_size=4
    ),
    st.sampled_from(["en", "ko"]),
)
def test_quotes_are_always_cut_out_of_what_was_said(texts: list[str], language: str) -> None:
    answer = said(*texts)
    for mark in marks(rubric(language), answer, language):
        for quote in mark.quotes:
            assert quotes.verify(quote, answer)
            assert quote.text in texts[quote.transcript_id - 10]
            assert quote.text == quote.text.strip()


def test_an_endless_sentence_is_quoted_around_the_keyword() -> None:
    text = "word " * 100 + "the cause was known " + "word " * 100
    (hit,) = keywords.found([["cause"]], said(text), "en")
    quote = quotes.around(hit.said, hit.start, hit.end)
    assert "the cause was known" in quote.text
    assert len(quote.text) <= quotes.LONGEST


@pytest.mark.parametrize(
    ("keyword", "text", "language", "expected"),
    [
        ("measure", "we measured it", "en", True),
        ("measure", "measuring helps", "en", True),
        ("fix", "I fixed that", "en", True),
        ("cut", "cutting cost", "en", True),
        ("cut", "the cute dog", "en", False),
        ("cause", "because of it", "en", False),
        ("look at", "we looked at it", "en", True),
        ("look at", "we look  at it", "en", True),
        ("priority", "our priorities", "en", True),
        ("learn", "what I learned", "en", True),
        ("test", "the greatest", "en", False),
        ("원인", "원인을 찾았습니다", "ko", True),
        ("우선순위", "우선 순위를 정했습니다", "ko", True),
        ("원인", "회원 인증을 만들었습니다", "ko", False),
        ("API", "api를 설계했습니다", "ko", True),
    ],
)
def test_keywords_are_found_in_the_forms_a_language_gives_them(
    keyword: str, text: str, language: str, expected: bool
) -> None:
    assert bool(keywords.found([[keyword]], said(text), language)) is expected


def test_a_group_counts_once() -> None:
    assert len(keywords.found([["fix", "repair"]], said("fix it and repair it"), "en")) == 1


@pytest.mark.parametrize(
    "quote",
    [
        Quote("invented", 10, 0, 8),
        Quote("said", 11, 0, 4),
        Quote("said", 10, 1, 5),
        Quote("", 10, 0, 0),
        Quote("said so", 10, 0, 99),
    ],
)
def test_a_quote_that_nobody_said_is_an_error(quote: Quote) -> None:
    answer = said("said so")
    assert not quotes.verify(quote, answer)
    mark = MarkDraft("c", "C", "technical", 3.0, "three", (quote,), ())
    with pytest.raises(EngineError, match="nobody said"):
        quotes.check([mark], answer, NAME)


async def test_the_same_answer_gets_the_same_marks() -> None:
    evaluator = RubricBaseline()
    answer = said(*STRONG_EN)
    first = await evaluator.evaluate("?", rubric("en"), answer, "en")
    assert first == await evaluator.evaluate("?", rubric("en"), answer, "en")
    assert evaluator.name == "rubric-baseline"
