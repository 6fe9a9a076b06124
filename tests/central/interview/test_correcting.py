"""A correction is a correction: small beside what was heard, wherever the words of the answer stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.interview.correcting import spans, timed, touches, weigh

pytestmark = pytest.mark.unit

LONG = "주문 서비스에서 갑자기 오류가 나서 원인을 찾고 다시 배포한 뒤에 확인했습니다"


@pytest.mark.parametrize(
    ("heard", "written", "counts"),
    [
        ("쿠버 네티 수를 다시 배포했습니다", "쿠버네티스를 다시 배포했습니다", True),
        ("we deployed cooper net is again", "we deployed Kubernetes again", True),
        ("네 맞습니다", "네, 맞습니다.", True),
        ("예", "네", True),
        ("다시했습니다", "다시 했습니다", True),
        ("it was not faster", "it was faster", True),
        ("저는 잘 모르겠습니다", "저는 백엔드에서 장애율을 절반으로 줄였습니다", False),
        ("it went well", "it went well and we cut the costs of the whole team by half", False),
        ("we tried", "I led forty engineers", False),
        (LONG, LONG[: len(LONG) // 3], False),
    ],
)
def test_one_utterance(heard: str, written: str, counts: bool) -> None:
    (one,) = weigh([(heard, written)])
    assert one is not None
    assert one.counts is counts
    assert one.changed_ratio >= 0


def test_spaces_signs_and_capitals_are_no_change() -> None:
    (one,) = weigh([("we use kafka here", "We use Kafka, here.")])
    assert one is not None
    assert (one.changed_ratio, one.counts) == (0, True)


def test_a_misheard_vowel_of_korean_is_one_letter() -> None:
    (one,) = weigh([("결과가 졸았습니다", "결과가 좋았습니다")])
    assert one is not None
    assert one.changed_ratio == pytest.approx(1 / 20)


def test_small_changes_everywhere_are_a_rewrite_of_the_answer() -> None:
    mild = ("we moved the data to another store", "we saved the team by another plan")
    (alone,) = weigh([mild])
    assert alone is not None
    assert alone.counts
    assert [one.counts for one in weigh([mild] * 4) if one] == [False] * 4
    among = weigh([mild, *[("and then we looked at each of the figures again", None)] * 4])
    assert among[0] is not None
    assert among[0].counts
    assert among[1:] == [None] * 4


def test_what_is_beyond_the_bounds_takes_nothing_from_the_others() -> None:
    found = weigh([("it went well", "I led forty engineers to a record year"), (LONG, LONG + ".")])
    assert [one.counts for one in found if one] == [False, True]


@pytest.mark.parametrize(
    ("heard", "written", "changed"),
    [
        ("we used cooper net is", "we used Kubernetes", ["Kubernetes"]),
        ("it was fast", "it was very fast", ["very"]),
        ("it was not fast", "it was fast", [""]),
        ("one two three four", "one 2 three 4", ["2", "4"]),
        ("the same", "The same.", []),
        ("", "all new", ["all new"]),
    ],
)
def test_where_it_was_changed(heard: str, written: str, changed: list[str]) -> None:
    assert [written[start:end] for start, end in spans(heard, written)] == changed


def test_a_quote_around_missing_words_holds_the_change() -> None:
    written = "it was fast and cheap"
    changed = spans("it was not fast and cheap", written)
    assert touches(changed, 0, 11)  # it was fast
    assert not touches(changed, 12, len(written))  # and cheap
    assert not touches((), 0, 5)


def word(start: int, end: int, begin_ms: int) -> dict[str, object]:
    return {
        "start": start, "end": end, "begin_ms": begin_ms, "end_ms": begin_ms + 90,
        "confidence": 0.5,
    }  # fmt: skip


def test_words_keep_their_time_and_what_took_the_place_of_others_has_theirs() -> None:
    heard = "we used cooper net is again"
    written = "So we used Kubernetes again."
    said = [word(0, 2, 0), word(3, 7, 100), word(8, 14, 200), word(15, 18, 300),
            word(19, 21, 400), word(22, 27, 500)]  # fmt: skip
    found = {
        written[one["start"] : one["end"]]: (one["begin_ms"], one["end_ms"])
        for one in timed(heard, written, said)
    }
    assert found == {
        "we": (0, 90),
        "used": (100, 190),
        "Kubernetes": (200, 490),
        "again.": (500, 590),
    }
    assert timed(heard, written, []) == []


texts = st.text(st.sampled_from("가나 다a b.1\n"), max_size=60)


@given(texts, texts)
def test_nothing_breaks_it_and_it_is_bounded(heard: str, written: str) -> None:
    (one,) = weigh([(heard, written)])
    assert one is not None
    for start, end in spans(heard, written):
        assert 0 <= start <= end <= len(written)
    if heard == written:
        assert (one.changed_ratio, one.counts, spans(heard, written)) == (0, True, ())


@pytest.mark.parametrize(
    "written", ["x" * 8_000, "a " * 4_000, "b" * 300 + " c" * 390], ids=["long", "many", "both"]
)
def test_a_hostile_text_is_a_rewrite_and_costs_little(written: str) -> None:
    (one,) = weigh([("a b " * 100, written)])
    assert one is not None
    assert not one.counts
