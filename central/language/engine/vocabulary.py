"""The vocabulary of a model, as programs use it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


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


def most_tokens(vocabulary: Vocabulary, characters: int) -> int:
    """How many tokens a text of so many characters may take: Korean takes 1.7 a character in a
    vocabulary of 32,000, and 0.6 to 0.8 in one of 128,000.
    """
    return 16 + characters * (1 if vocabulary.size > 65_536 else 2)
