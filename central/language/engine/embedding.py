"""All work of one embedding model: pieces of texts, as many at once as fit into its batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from central.language.engine import pieces
from central.language.engine.messages import Begun, Embedded, NotDone, Up
from central.language.engine.work import Placed


class Pooled(Protocol):
    """What turns a batch into one vector per sequence."""

    def embed(self, batch: Sequence[Placed], sequences: int) -> NDArray[np.float32]:
        """The vectors of the first `sequences`."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts to embed: of each its pieces, of each its tokens."""

    id: int
    pieces: tuple[tuple[tuple[int, ...], ...], ...]
    until_s: float


@dataclass(slots=True)
class _Run:
    texts: Texts
    rows: list[NDArray[np.float32]] = field(default_factory=list[NDArray[np.float32]])
    begun: bool = False

    @property
    def flat(self) -> list[tuple[int, ...]]:
        return [piece for text in self.texts.pieces for piece in text]


class Embedding:
    """First come, first served; `tell` is called with every message for whoever asked."""

    def __init__(
        self, model: Pooled, *, tokens: int, sequences: int, tell: Callable[[Up], None]
    ) -> None:
        """A batch takes `tokens` of at most `sequences` pieces."""
        self._model, self._tokens, self._sequences = model, tokens, sequences
        self._tell = tell
        self._runs: dict[int, _Run] = {}

    @property
    def busy(self) -> bool:
        """Whether `step` has something to do."""
        return bool(self._runs)

    def add(self, texts: Texts) -> None:
        """Have these embedded."""
        self._runs[texts.id] = _Run(texts)

    def cancel(self, job_id: int) -> None:
        """Nobody wants it any more."""
        self._runs.pop(job_id, None)

    def expire(self, now_s: float) -> None:
        """Ends what is out of time."""
        for run in [run for run in self._runs.values() if run.texts.until_s <= now_s]:
            del self._runs[run.texts.id]
            self._tell(NotDone(run.texts.id, "out of time"))

    def step(self, now_s: float) -> None:
        """Embed one batch of pieces."""
        self.expire(now_s)
        taken: list[_Run] = []
        batch: list[Placed] = []
        for run in self._runs.values():
            for piece in run.flat[len(run.rows) :]:
                full = len(batch) + len(piece) > self._tokens or len(taken) == self._sequences
                if full:
                    break
                batch += [Placed(token, at, len(taken), True) for at, token in enumerate(piece)]
                taken.append(run)
        if taken:
            self._hand_out(taken, batch)

    def _hand_out(self, taken: Sequence[_Run], batch: Sequence[Placed]) -> None:
        for run in taken:
            if not run.begun:
                run.begun = True
                self._tell(Begun(run.texts.id))
        rows = self._model.embed(batch, len(taken))
        for run, row in zip(taken, rows, strict=True):
            run.rows.append(row)
        for number in dict.fromkeys(run.texts.id for run in taken):
            self._finish_if_whole(self._runs[number])

    def _finish_if_whole(self, run: _Run) -> None:
        if len(run.rows) < len(run.flat):
            return
        del self._runs[run.texts.id]
        vectors: list[NDArray[np.float32]] = []
        done = 0
        for text in run.texts.pieces:
            rows = np.stack(run.rows[done : done + len(text)])
            vectors.append(pieces.joined(rows, [len(piece) for piece in text]))
            done += len(text)
        self._tell(Embedded(run.texts.id, np.stack(vectors).astype("<f4").tobytes()))
