"""Characters with places become lines: none is lost or said twice, wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from central.resumes.formats.layout import lines_of
from central.resumes.formats.sight import Drawn, Glyph, Pictures, how_hidden

pytestmark = pytest.mark.unit

PLAIN = Drawn(0, (0, 0, 0, 255), is_embedded=True)
WIDTH = 6.0


def glyphs(text: str, x: float, y: float, drawn: Drawn = PLAIN, size: float = 10.0) -> list[Glyph]:
    """Words set from (x, y) on, every letter as wide as the other."""
    return [
        Glyph(
            one,
            (x + at * WIDTH, y + 2, x + at * WIDTH + WIDTH - 1, y + 10),
            (y, y + 12),
            size,
            drawn,
            (600, 800),
        )
        for at, one in enumerate(text)
        if one != " "
    ]


def set_in(*lines: tuple[float, float, str]) -> list[Glyph]:
    return [glyph for x, y, text in lines for glyph in glyphs(text, x, y)]


@given(
    st.lists(
        st.tuples(
            st.floats(-100, 700),
            st.floats(-100, 900),
            st.text("가나다abc경력", min_size=1, max_size=12),
        ),
        max_size=30,
    )
)
@settings(max_examples=60)
def test_every_character_is_in_one_line_once(lines: list[tuple[float, float, str]]) -> None:
    found = Counter("".join(lines_of(set_in(*lines))).replace(" ", "").replace("\t", ""))
    assert found == Counter("".join(text for _, _, text in lines))


def test_a_gap_is_a_space_and_a_wide_gap_another_cell() -> None:
    assert lines_of(set_in((10, 10, "2019 2022"), (200, 11, "Bluestar"))) == ["2019 2022\tBluestar"]


def test_a_table_is_read_row_by_row() -> None:
    rows = [
        (x, 20.0 * row, text)
        for row in range(8)
        for x, text in ((10, f"2019-{row}"), (120, f"place {row}"), (300, f"what {row}"))
    ]
    assert lines_of(set_in(*rows))[:2] == ["2019-0\tplace 0\twhat 0", "2019-1\tplace 1\twhat 1"]


@pytest.mark.parametrize(
    ("left", "right", "offset"),
    [
        (["Skills", "Python", "Kotlin", "SQL"], ["Experience", "Bluestar", "Skysoft", "Other"], 0),
        (["one line", "two lines", "three lines", "four lines"],
         ["first words", "second words", "third words", "fourth words"], 9),
    ],
    ids=["headed", "not beside each other"],
)  # fmt: skip
def test_columns_are_read_one_after_the_other(
    left: Sequence[str], right: Sequence[str], offset: float
) -> None:
    placed = [(10.0, 30.0 + 24 * at, text) for at, text in enumerate(left)]
    placed += [(300.0, 30.0 + offset + 24 * at, text) for at, text in enumerate(right)]
    assert lines_of(set_in((10, 0, "Jane Doe"), *placed)) == ["Jane Doe", *left, *right]


def pictures(whole: int, bare: int) -> Pictures:
    """A page of one grey, with and without text."""
    shape = (800, 600, 3)
    return Pictures(
        np.full(shape, whole, np.uint8), np.full(shape, bare, np.uint8), 1.0, has_image=False
    )


@pytest.mark.parametrize(
    ("drawn", "size", "at", "whole", "bare", "how"),
    [
        (PLAIN, 10, (10, 10), 0, 255, None),
        (PLAIN, 3, (10, 10), 0, 255, "tiny"),
        (PLAIN, 10, (-50, 10), 0, 255, "outside"),
        (PLAIN, 10, (10, 900), 0, 255, "outside"),
        (PLAIN, 10, (10, 10), 255, 255, "covered"),
        (PLAIN, 10, (10, 10), 0, 10, "background"),
        (Drawn(0, (250, 250, 250, 255), is_embedded=True), 10, (10, 10), 0, 255, "background"),
        (Drawn(0, (250, 250, 250, 255), is_embedded=True), 10, (10, 10), 250, 0, None),
        (Drawn(1, (255, 255, 255, 255), is_embedded=True), 10, (10, 10), 0, 255, None),
        (Drawn(3, (0, 0, 0, 255), is_embedded=True), 10, (10, 10), 255, 255, "invisible"),
        (Drawn(7, (0, 0, 0, 255), is_embedded=True), 10, (10, 10), 255, 255, "invisible"),
        (Drawn(0, (0, 0, 0, 3), is_embedded=True), 10, (10, 10), 255, 255, "invisible"),
        (Drawn(0, (0, 0, 0, 255), is_embedded=False), 10, (10, 10), 255, 255, None),
    ],
)
def test_a_character_is_seen_where_it_changes_the_page(  # noqa: PLR0917 - the columns of its table
    drawn: Drawn, size: float, at: tuple[float, float], whole: int, bare: int, how: str | None
) -> None:
    """Without its font this machine may draw nothing: then colour, size and place alone speak."""
    (glyph,) = glyphs("a", *at, drawn, size)
    assert how_hidden(glyph, pictures(whole, bare)) == how
