"""Words are found where they stand, spelt nearly so, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language.evaluation.matching import LEAST_RATIO, locate

pytestmark = pytest.mark.unit

SAID = "저희 팀에서 느려진 쿼리의 원인을 로그에서 찾았고, 인덱스를 추가해 해결했습니다."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("원인을 로그에서 찾았고", "원인을 로그에서 찾았고"),
        ("원인을로그에서 찾았고", "원인을 로그에서 찾았고"),
        ("인덱스를 추가해, 해결했습니다!", "인덱스를 추가해 해결했습니다"),
        ("느려진 쿼리의 원인을 로그에서 찾앗고", "느려진 쿼리의 원인을 로그에서 찾았고"),
        ("쿼리", None),
        ("원인", None),
        ("데이터베이스를 새로 설계했습니다", None),
        ("느려진 화면의 이유를 사용자에게 물었고", None),
        ("", None),
    ],
)
def test_a_quote_is_found_or_refused(quote: str, found: str | None) -> None:
    span = locate(quote, SAID)
    assert (None if span is None else SAID[slice(*span)]) == found


@given(st.text(alphabet="abcdefgh ", min_size=10, max_size=120), st.data())
def test_a_copy_with_one_letter_of_ten_wrong_is_found(text: str, data: st.DataObject) -> None:
    letters = [index for index, one in enumerate(text) if one != " "]
    if len(letters) < 10:
        return
    wrong = data.draw(st.sampled_from(letters))
    assert locate(text[:wrong] + "z" + text[wrong + 1 :], text) is not None


@given(st.text(alphabet="가나다라마바사아", min_size=12, max_size=60))
def test_what_nobody_said_is_never_found(text: str) -> None:
    assert locate("qwertyuiop", text) is None
    assert LEAST_RATIO == 0.90
