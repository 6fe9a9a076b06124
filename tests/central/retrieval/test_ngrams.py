"""Texts as pieces of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.retrieval import ngrams

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("데이터를", ("데이", "이터", "터를")),
        ("팀", ("팀",)),
        ("Kafka", ("_ka", "kaf", "afk", "fka")),
        ("Go, C++.", ("go", "_c+", "c++")),
        ("AI개발자", ("ai", "개발", "발자")),
        ("REST ｒｅｓｔ rest", ("_re", "res", "est")),
        ("node.js.", ("_no", "nod", "ode", "de.", "e.j", ".js")),
        ("?! · \n\0", ()),
        ("", ()),
    ],
)
def test_a_text_is_cut_into_pieces_of_its_words(text: str, pieces: tuple[str, ...]) -> None:
    assert ngrams.pieces(text) == pieces


def test_korean_words_meet_whatever_is_glued_to_them() -> None:
    assert ngrams.overlap(ngrams.pieces("데이터를"), "데이터베이스가 느렸다") == pytest.approx(
        2 / 3
    )


def test_a_word_is_found_written_in_any_unicode_form() -> None:
    composed, decomposed = "협업", "\u1112\u1167\u11b8\u110b\u1165\u11b8"
    assert ngrams.pieces(composed) == ngrams.pieces(decomposed)


@given(st.text())
def test_no_piece_can_leave_its_quotes_in_a_query(text: str) -> None:
    for piece in ngrams.pieces(text):
        assert 1 <= len(piece.encode()) <= 16
        assert not set(piece) & set("'\\\0 &|!:()<>")


def test_a_query_asks_for_its_rarest_pieces_until_they_cost_too_much() -> None:
    common = {"습니": 90_000, "니다": 80_000, "합니": 400, "협업": 300}
    assert ngrams.asked("협업 합니다 카프카", common) == ("카프", "프카", "협업")


def test_a_query_of_common_pieces_alone_still_asks_for_one() -> None:
    assert ngrams.asked("습니다", {"습니": 90_000, "니다": 80_000}) == ("니다",)


@given(st.text())
def test_a_text_overlaps_wholly_with_itself_or_has_no_words(text: str) -> None:
    assert ngrams.overlap(ngrams.pieces(text), text) == (1.0 if ngrams.pieces(text) else 0.0)
