"""A model on paper: what comes next depends on what its sequence has read, and on nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from central.language.engine.steps import Logits, Program, T
from central.language.engine.vocabulary import Spelling
from central.language.engine.work import Placed

END = 256
CONTROL = 257
SIZE = 258


_CHANCES = np.random.default_rng(1).standard_normal((997, SIZE), np.float32)


class ByteWords:
    """A vocabulary of the bytes, one token that ends an answer, and a control token `<|turn|>`."""

    size = SIZE
    unwritable: NDArray[np.int64] = np.array([CONTROL], np.int64)

    @cached_property
    def spelling(self) -> Spelling:
        return Spelling(self)

    def encode(self, text: str, *, control: bool = False) -> list[int]:
        if not control:
            return list(text.encode())
        parts = [list(part.encode()) for part in text.split("<|turn|>")]
        return parts[0] + [token for part in parts[1:] for token in (CONTROL, *part)]

    def piece(self, token: int) -> bytes:
        return bytes([token]) if token < END else b""

    def ends(self, token: int) -> bool:
        return token == END


def by_chance(read: tuple[int, ...]) -> Logits:
    """Random, but the same for the same text."""
    row: Logits = _CHANCES[zlib.crc32(np.array(read, np.int32).tobytes()) % len(_CHANCES)]
    return row.copy()


def saying(text: str, after: str) -> Callable[[tuple[int, ...]], Logits]:
    """After `after` it says `text`, and then ends."""
    script = [*text.encode(), END]
    start = list(after.encode())

    def row(read: tuple[int, ...]) -> Logits:
        tokens = list(read)
        logits = np.zeros(SIZE, np.float32)
        for at in range(len(tokens) - len(start), -1, -1):
            if tokens[at : at + len(start)] == start:
                said = len(tokens) - at - len(start)
                logits[script[min(said, len(script) - 1)]] = 20.0
                break
        return logits

    return row


@dataclass(slots=True)
class PaperMemory:
    """The port `Memory`; refuses what llama.cpp would not survive."""

    next_row: Callable[[tuple[int, ...]], Logits] = by_chance
    read: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    batches: list[int] = field(default_factory=list[int])

    def decode(self, batch: Sequence[Placed]) -> Logits:
        assert batch
        self.batches.append(len(batch))
        rows = []
        for placed in batch:
            tokens = self.read.setdefault(placed.sequence, [])
            assert placed.position == len(tokens), "a gap, or something read twice"
            tokens.append(placed.token)
            if placed.scored:
                rows.append(self.next_row(tuple(tokens)))
        return np.stack(rows) if rows else np.empty((0, SIZE), np.float32)

    def copy(self, source: int, to: int, length: int) -> None:
        assert not self.read.get(to), "copied over something"
        assert len(self.read[source]) >= length
        self.read[to] = self.read[source][:length]

    def drop(self, sequence: int, start: int) -> None:
        if sequence in self.read:
            del self.read[sequence][start:]


def run_alone(program: Program[T], next_row: Callable[[tuple[int, ...]], Logits] = by_chance) -> T:
    """The program's outcome when nobody else is there."""
    memory = PaperMemory(next_row)
    try:
        step = next(program)
        while True:
            memory.drop(0, step.at)
            first = len(step.tokens) - step.scored
            rows = memory.decode(
                [
                    Placed(token, step.at + at, 0, at >= first)
                    for at, token in enumerate(step.tokens)
                ]
            )
            step = program.send(rows)
    except StopIteration as done:
        outcome: T = done.value
        return outcome
