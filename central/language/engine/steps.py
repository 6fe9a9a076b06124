"""What a piece of work wants from the model, step by step.

A program yields steps and is sent the logits of each; what it returns is its outcome. It knows nothing
of sequences and batches: whoever runs it may mix its steps with those of others.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Logits: TypeAlias = NDArray[np.float32]
"""One row per scored token, one column per entry of the vocabulary."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """Read `tokens` at position `at`; whatever was there or after it is forgotten first. The last
    `scored` of them are answered with a row of logits each: what may come after them.
    """

    at: int
    tokens: tuple[int, ...]
    scored: int = 1


class Place(NamedTuple):
    """Where a slot stands: the spaces in front of it, which are its own to write, and the text that
    follows it.
    """

    spaces: str
    then: str


Program: TypeAlias = Generator[Step, Logits, T]


class Tape:
    """The tokens of one piece of work, and how many of them the model has read."""

    def __init__(self, tokens: Sequence[int]) -> None:
        self.tokens = list(tokens)
        self._read = 0

    def __len__(self) -> int:
        return len(self.tokens)

    def write(self, tokens: Sequence[int]) -> None:
        """Put these at the end, to be read with the next step."""
        self.tokens.extend(tokens)

    def rewind(self, length: int) -> None:
        """Only the first `length` tokens count."""
        del self.tokens[length:]
        self._read = min(self._read, length)

    def rewrite(self, start: int, tokens: Sequence[int]) -> None:
        """From `start` on these, without reading again what is the same."""
        same = start
        for token in tokens[: len(self.tokens) - start]:
            if self.tokens[same] != token:
                break
            same += 1
        self.rewind(same)
        self.write(tokens[same - start :])

    def logits(self, scored: int = 1) -> Program[Logits]:
        """What may come after each of the last `scored` tokens, which have to be new ones or one."""
        at = min(self._read, len(self.tokens) - scored)
        rows = yield Step(at, tuple(self.tokens[at:]), scored)
        self._read = len(self.tokens)
        return rows
