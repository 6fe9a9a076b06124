"""A document as pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.retrieval.sections import MOST_CHARACTERS, sections

pytestmark = pytest.mark.unit

DOCUMENT = """\
# 인재상

스스로 배우는 사람.

함께 일하는 사람.

# 일하는 방식
빠르게 나누고,
빠르게 고칩니다.
"""


def test_a_heading_begins_a_piece_and_short_paragraphs_stay_under_it() -> None:
    assert [one.text for one in sections(DOCUMENT)] == [
        "# 인재상\n\n스스로 배우는 사람.\n\n함께 일하는 사람.",
        "# 일하는 방식\n빠르게 나누고,\n빠르게 고칩니다.",
    ]


def test_a_long_paragraph_is_parted_at_the_ends_of_sentences() -> None:
    sentence = "고객의 문제를 먼저 정의하고 작은 실험으로 확인합니다. "
    found = sections(sentence * 40)
    assert len(found) > 1
    assert all(one.text.endswith(".") for one in found)


@given(st.text(st.sampled_from("가나 a.\n#?"), max_size=3_000))
def test_pieces_are_short_in_order_and_leave_only_white_space_out(document: str) -> None:
    found = sections(document)
    at = 0
    for one in found:
        first, end = one.span
        assert document[first:end] == one.text
        assert 0 < len(one.text) <= MOST_CHARACTERS
        assert not document[at:first].strip()
        at = end
    assert not document[at:].strip()
