"""When an answer is followed up, and about what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language.planning import private, star
from central.language.planning.follow_up import NEEDS, PRIORITY, decide

pytestmark = pytest.mark.unit

WHOLE = {
    "ko": (
        "작년 결제 프로젝트에서 서버가 느려진 상황이었습니다. 제가 쿼리를 분석하고"
        " 인덱스를 추가했습니다. 결과적으로 응답 시간이 40퍼센트 줄었습니다."
    ),
    "en": (
        "Last year at our company the payment service was slow. I analysed the queries and added an"
        " index. As a result the response time fell by 40 percent."
    ),
}


LATE = {"result", "metric", "learning"}
EVERY = {"situation", "task", "action", "own_role", *LATE}


@pytest.mark.parametrize(
    ("language", "answer", "missing"),
    [
        ("ko", "쿼리를 분석하고 인덱스를 추가했습니다.", {"situation", "task", *LATE}),
        ("ko", "저희 팀이 서버를 고쳤습니다.", {"own_role", "situation", "task", *LATE}),
        ("ko", "2023년에 제가 맡아 설계했습니다.", LATE),
        (
            "ko",
            "결과물을 만들었습니다. 세 명이 했습니다.",
            EVERY - {"action", "own_role", "metric"},
        ),
        ("en", "We moved the service last year.", {"own_role", "task", *LATE}),
        ("en", "I was responsible for the index, and I built it.", {"situation", *LATE}),
        ("en", "It got twice as fast in the end.", EVERY - {"result", "metric"}),
        ("en", "I learned to measure first.", {"situation", "task", "result", "metric"}),
    ],
)
def test_the_parts_of_a_story_are_told_by_its_words(
    language: str, answer: str, missing: set[str]
) -> None:
    assert EVERY - star.parts(answer, language) == missing


@pytest.mark.parametrize(
    ("language", "answer", "about"),
    [
        ("ko", WHOLE["ko"], None),
        ("en", WHOLE["en"], None),
        ("ko", "저희 팀이 작년에 서버를 옮겼고 결과가 좋아졌습니다.", "own_action"),
        ("en", "Our team moved the servers last year and it went live in the end.", "own_action"),
        ("ko", "작년 프로젝트에서 제가 쿼리를 분석하고 인덱스를 추가했습니다.", "result"),
        ("en", "Last year I analysed the queries of our service and added an index.", "result"),
        ("ko", "작년 프로젝트에서 제가 인덱스를 추가했고 결과적으로 빨라졌습니다.", "metric"),
        ("en", "Last year I added an index and as a result it improved.", "metric"),
        ("ko", "제가 인덱스를 추가했고 결과적으로 40퍼센트 빨라졌습니다.", "situation"),
        ("en", "I added an index and the result was 40 percent less load.", "situation"),
        ("ko", "잘 모르겠습니다.", None),
        ("en", "I don't know, next question please.", None),
        ("ko", "답변드리기 어렵습니다.", None),
        ("en", "I'd rather not say.", None),
        ("ko", "", None),
        ("ko", "제 아내가 아파서 제가 팀을 옮겼습니다.", None),
        ("en", "I was diagnosed with depression, so I changed my team.", None),
    ],
)
def test_the_first_missing_part_is_asked_about(
    language: str, answer: str, about: str | None
) -> None:
    assert decide(answer, language).about == about


def test_the_lesson_is_asked_for_where_learning_is_looked_for() -> None:
    assert decide(WHOLE["ko"], "ko").silent == "complete"
    assert decide(WHOLE["ko"], "ko", competency="learning").about == "learning"


def test_what_a_model_finds_is_not_asked_for() -> None:
    answer = "Last year I added an index to the orders table of our service."
    assert decide(answer, "en").about == "result"
    assert decide(answer, "en", also=("result", "metric")).silent == "complete"


@given(
    answer=st.text(max_size=300) | st.sampled_from([*WHOLE.values(), "We did it.", "했습니다"]),
    language=st.sampled_from(["ko", "en", "de"]),
    asked=st.lists(st.sampled_from(PRIORITY), max_size=4),
    competency=st.sampled_from(["", "learning"]),
)
def test_never_more_than_two_and_none_twice(
    answer: str, language: str, asked: list[str], competency: str
) -> None:
    verdict = decide(answer, language, asked=asked, competency=competency)
    assert (verdict.about is None) == (verdict.silent is not None)
    if verdict.about is not None:
        assert len(asked) < 2
        assert verdict.about not in asked
        assert not NEEDS[verdict.about] <= verdict.parts


@pytest.mark.parametrize(
    "answer",
    [
        "장애를 복구하고 원인을 찾았습니다.", "고객의 가족 계정 기능을 만들었습니다.",
        "I fixed the outage for our users.",
        "부모 클래스를 나누어 상속을 줄였습니다.", "We married the two data sets in one table.",
        "I managed the child processes of the server.",
    ],
)  # fmt: skip
def test_work_is_not_private(answer: str) -> None:
    assert not private.told(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "저는 결혼해서 아이가 둘 있습니다.", "교회에서 봉사를 했습니다.", "우울증 진단을 받았습니다.",
        "I am married with two kids.", "My church asked me to help.", "I'm 45 years old.",
    ],
)  # fmt: skip
def test_what_is_volunteered_is_seen(answer: str) -> None:
    assert private.told(answer)
