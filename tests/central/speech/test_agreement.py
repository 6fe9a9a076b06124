"""LocalAgreement: what has become stable stays, and only agreement makes it grow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.speech.agreement import Agreement

pytestmark = pytest.mark.unit

GUESSES = st.lists(st.text(alphabet="ab c,.안녕하세요İß", max_size=20), max_size=8)


@pytest.mark.parametrize(
    ("guesses", "expected"),
    [
        ([""], ("", "")),
        (["저는 개발"], ("", "저는 개발")),
        (["저는 개발", "저는 개발자입"], ("저는 개발", "자입")),
        (["저는개발", "저는 개발, 자"], ("저는 개발", ", 자")),
        (["Hello wor", "hello, world is"], ("hello", ", world is")),
        (["i was going", "i was gone home"], ("i was", " gone home")),
        (["it is so", "it is so."], ("it is so", ".")),
        (["one two", "one two", "won two three"], ("one two", " three")),
        (["네 그렇", "네 그렇습니다", ""], ("네 그렇", "")),
    ],
)
def test_what_two_guesses_share_is_stable(guesses: list[str], expected: tuple[str, str]) -> None:
    agreement = Agreement()
    result = ("", "")
    for guess in guesses:
        result = agreement.update(guess)
    assert result == expected


@given(GUESSES)
def test_the_stable_part_only_grows(guesses: list[str]) -> None:
    agreement = Agreement()
    before = ""
    for guess in guesses:
        stable, _ = agreement.update(guess)
        assert stable.startswith(before)
        before = stable


@given(st.text(alphabet="ab c,.안녕하세요", max_size=20))
def test_the_same_guess_twice_is_stable_but_for_its_punctuation(guess: str) -> None:
    agreement = Agreement()
    agreement.update(guess)
    stable, tail = agreement.update(guess)
    assert (stable + tail).split() == guess.split()
    assert not any(c.isalnum() for c in tail)


@given(st.text(alphabet="abc 안녕", max_size=20), st.text(alphabet="abc 안녕", max_size=20))
def test_one_guess_makes_nothing_stable(first: str, second: str) -> None:
    agreement = Agreement()
    agreement.update(first)
    agreement.update(first)
    agreement.reset()
    assert agreement.update(second) == ("", second.strip())
