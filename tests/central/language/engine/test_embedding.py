from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from central.language.engine import pieces
from central.language.engine.embedding import Embedding, Texts
from central.language.engine.messages import Begun, Embedded, NotDone, Up
from central.language.engine.work import Placed

pytestmark = pytest.mark.unit


class Sums:
    """The vector of a piece: how often each of the tokens 0 to 3 is in it."""

    def __init__(self, tokens: int, sequences: int) -> None:
        self.tokens, self.sequences = tokens, sequences

    def embed(self, batch: Sequence[Placed], sequences: int) -> NDArray[np.float32]:
        assert len(batch) <= self.tokens
        assert sequences <= self.sequences
        rows = np.zeros((sequences, 4), np.float32)
        for placed in batch:
            rows[placed.sequence, placed.token] += 1
        return rows


@given(st.lists(st.integers(0, 3), max_size=200), st.integers(1, 50))
def test_no_token_is_left_out_and_no_piece_is_too_long(tokens: list[int], most: int) -> None:
    found = pieces.cut(tokens, most)
    assert all(len(piece) <= most for piece in found)
    numbered = pieces.cut(list(range(len(tokens))), most)
    assert sorted({at for piece in numbered for at in piece}) == list(range(len(tokens)))


texts = st.lists(
    st.lists(st.integers(0, 3), min_size=1, max_size=60).map(tuple), min_size=1, max_size=5
)


@given(st.lists(texts, min_size=1, max_size=4), st.integers(20, 40), st.integers(1, 4))
def test_each_gets_its_own_vectors_of_length_one(
    asked: list[list[tuple[int, ...]]], tokens: int, sequences: int
) -> None:
    told: list[Up] = []
    work = Embedding(Sums(tokens, sequences), tokens=tokens, sequences=sequences, tell=told.append)
    for number, several in enumerate(asked):
        cut = tuple(tuple(map(tuple, pieces.cut(text, tokens))) for text in several)
        work.add(Texts(number, cut, 1000.0))
    while work.busy:
        work.step(0.0)
    rows = {
        one.id: np.frombuffer(one.rows, "<f4").reshape(-1, 4)
        for one in told
        if isinstance(one, Embedded)
    }
    for number, several in enumerate(asked):
        assert len(rows[number]) == len(several)
        np.testing.assert_allclose(np.linalg.norm(rows[number], axis=1), 1.0, rtol=1e-5)
        for row, text in zip(rows[number], several, strict=True):
            assert set(np.flatnonzero(row)) == set(text)
    assert {one.id for one in told if isinstance(one, Begun)} == set(range(len(asked)))


def test_who_is_out_of_time_or_cancelled_is_not_embedded() -> None:
    told: list[Up] = []
    work = Embedding(Sums(4, 1), tokens=4, sequences=1, tell=told.append)
    for number in range(3):
        work.add(Texts(number, (((1, 2),),), until_s=1.0 if number else 9.0))
    work.cancel(0)
    work.expire(1.0)
    assert told == [NotDone(1, "out of time"), NotDone(2, "out of time")]
    assert not work.busy
