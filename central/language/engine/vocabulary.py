"""The vocabulary of a model, as programs use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

LONGEST_PIECE: Final = 24
"""Bytes. No word that is worth a token is longer."""


class Vocabulary(Protocol):
    """Text to tokens and back."""

    size: int
    unwritable: NDArray[np.int64]
    """Tokens that no text may contain: control tokens that do not end an answer, unused ones."""

    def encode(self, text: str, *, control: bool = False) -> list[int]:
        """Its tokens, without any that mark a beginning or an end. Only where `control` is set can
        text become control tokens.
        """

    def piece(self, token: int) -> bytes:
        """What the token adds to a text; a character may need several."""

    def ends(self, token: int) -> bool:
        """Whether the token ends an answer."""

    @property
    def spelling(self) -> Spelling:
        """Its tokens by what they add."""


class Spelling:
    """The tokens of a vocabulary by the bytes that they add to a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        unwritable = {int(token) for token in vocabulary.unwritable}
        ends = [token for token in range(vocabulary.size) if vocabulary.ends(token)]
        self._tokens: dict[bytes, list[int]] = {}
        self._ends = ends
        self._starting: dict[bytes, NDArray[np.int64]] = {}
        for token in set(range(vocabulary.size)) - unwritable - set(ends):
            self._tokens.setdefault(vocabulary.piece(token), []).append(token)

    def next(self, data: bytes, at: int) -> Iterator[tuple[int, int]]:
        """Each token that goes on as `data` does from `at`, with where it ends there."""
        for end in range(at + 1, min(at + LONGEST_PIECE, len(data)) + 1):
            for token in self._tokens.get(data[at:end], ()):
                yield token, end

    def ending(self, then: str) -> NDArray[np.int64]:
        """Tokens that end an answer, or begin as `then` does: with its first letter or part of that."""
        first = then[:1].encode()
        if first not in self._starting:
            found = [
                token
                for piece, tokens in self._tokens.items()
                if piece and first and (piece.startswith(first) or first.startswith(piece))
                for token in tokens
            ]
            self._starting[first] = np.array([*self._ends, *found], np.int64)
        return self._starting[first]


def most_tokens(vocabulary: Vocabulary, characters: int) -> int:
    """How many tokens a text of so many characters may take: Korean takes 1.7 a character in a
    vocabulary of 32,000, and 0.6 to 0.8 in one of 128,000.
    """
    return 16 + characters * (1 if vocabulary.size > 65_536 else 2)
