from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.dashboard.pages.quotes import segments
from central.storage.turn_views import Line, MarkView, Quote

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def line(text: str) -> Line:
    return Line(
        7, 1, 1, None, "User", text, "en", 0, NOW, NOW, None, None, "", True, None, None, None, ()
    )


def mark(label: str, *spans: tuple[int | None, int | None], transcript_id: int = 7) -> MarkView:
    quotes = tuple(Quote("", transcript_id, start, end) for start, end in spans)
    return MarkView(label, label, "depth", 3.0, "", quotes, (), None, "rubric-baseline", {})


def test_overlapping_quotes_share_their_words() -> None:
    cut = segments(line("abcdef"), [mark("A", (0, 4)), mark("B", (2, 6))])

    assert [(one.text, one.criteria) for one in cut] == [
        ("ab", ("A",)),
        ("cd", ("A", "B")),
        ("ef", ("B",)),
    ]


@pytest.mark.parametrize("span", [(0, 99), (4, 2), (-1, 3), (None, 3)])
def test_a_quote_outside_the_text_is_not_shown(span: tuple[int | None, int | None]) -> None:
    assert segments(line("abcdef"), [mark("A", span)])[0].criteria == ()


def test_a_quote_of_another_line_is_not_shown() -> None:
    assert segments(line("abc"), [mark("A", (0, 2), transcript_id=8)])[0].criteria == ()


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-2, 42), st.integers(-2, 42))))
def test_no_word_is_lost_or_doubled(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(one.text for one in segments(line(text), [mark("A", *spans)])) == text
