"""All work of one writing model: what waits, what runs, and who gets which part of the next batch.

No thread, no socket, no clock: whoever owns it says what is asked, and calls `step` until nothing is
left. It touches the model through the port `Memory`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np

from central.language.engine import scheduler
from central.language.engine.messages import Answer, Begun, NotDone, Up
from central.language.engine.prefixes import WORTH_TOKENS, Prefixes
from central.language.engine.scheduler import Limits, Running, Share, Waiting
from central.language.engine.steps import Logits, Program, Step
from central.language.model import Urgency


@dataclass(frozen=True, slots=True)
class Placed:
    """One token of a batch."""

    token: int
    position: int
    sequence: int
    scored: bool


class Memory(Protocol):
    """What a model has read, by sequence."""

    def decode(self, batch: Sequence[Placed]) -> Logits:
        """Reads the batch; a row for each scored token, in order."""

    def copy(self, source: int, to: int, length: int) -> None:
        """`to`, which is empty, has read the first `length` tokens of `source`."""

    def drop(self, sequence: int, start: int) -> None:
        """Forgets everything from position `start` on."""


Finish: TypeAlias = Callable[[int], Answer]
"""The answer, given how many tokens of the prompt were in memory already."""


@dataclass(frozen=True, slots=True)
class Job:
    """A program to run. `head`: the first tokens of its prompt, worth keeping for others."""

    id: int
    program: Program[Finish]
    head: tuple[int, ...]
    urgency: Urgency
    since_s: float
    until_s: float


@dataclass(slots=True)
class _Run:
    """A job at work in a sequence: how far its present step is."""

    job: Job
    sequence: int
    step: Step
    read: int = 0
    rows: list[Logits] = field(default_factory=list[Logits])
    reused: int = 0
    head_read: bool = False

    def as_running(self) -> Running:
        unread = len(self.step.tokens) - self.read
        head = None if self.head_read else self.job.head
        job = self.job
        return Running(job.id, job.urgency, job.since_s, unread, self.step.scored, head)


class Work:
    """`tell` is called with every message for whoever asked."""

    def __init__(
        self, memory: Memory, limits: Limits, prefixes: Prefixes, tell: Callable[[Up], None]
    ) -> None:
        self._memory, self._limits, self._prefixes, self._tell = memory, limits, prefixes, tell
        self._waiting: dict[int, Job] = {}
        self._running: dict[int, _Run] = {}
        self._sequences = list(range(limits.sequences))

    @property
    def busy(self) -> bool:
        """Whether `step` has something to do."""
        return bool(self._waiting or self._running)

    def add(self, job: Job) -> None:
        """Have this done."""
        self._waiting[job.id] = job

    def cancel(self, job_id: int) -> None:
        """Nobody wants it any more."""
        if self._waiting.pop(job_id, None) is None and job_id in self._running:
            self._leave(self._running[job_id])

    def expire(self, now_s: float) -> None:
        """Ends what is out of time."""
        late = [job for job in self._waiting.values() if job.until_s <= now_s]
        late += [run.job for run in self._running.values() if run.job.until_s <= now_s]
        for job in late:
            self.cancel(job.id)
            self._tell(NotDone(job.id, "out of time"))

    def step(self, now_s: float) -> None:
        """Read one batch, and let everyone go on who got all rows that it wanted."""
        self.expire(now_s)
        self._admit(now_s)
        running = [run.as_running() for run in self._running.values()]
        shares = scheduler.compose(running, self._limits, now_s)
        if not shares:
            return
        rows = self._memory.decode([placed for share in shares for placed in self._placed(share)])
        for share in shares:
            rows = self._read(self._running[share.id], share.tokens, rows)

    def _admit(self, now_s: float) -> None:
        waiting = [
            Waiting(job.id, job.urgency, job.since_s, job.head) for job in self._waiting.values()
        ]
        running = [run.as_running() for run in self._running.values()]
        for chosen in scheduler.admit(waiting, running, self._limits, now_s):
            self._begin(self._waiting.pop(chosen))

    def _begin(self, job: Job) -> None:
        run = _Run(job, self._sequences.pop(), next(job.program))
        self._running[job.id] = run
        self._tell(Begun(job.id))
        match = self._prefixes.longest(run.step.tokens)
        if match is not None:
            run.reused = run.read = min(match.length, len(run.step.tokens) - run.step.scored)
            self._memory.copy(match.sequence, run.sequence, run.reused)
        run.head_read = run.read >= len(job.head) or len(job.head) < WORTH_TOKENS

    def _placed(self, share: Share) -> list[Placed]:
        run = self._running[share.id]
        step, last = run.step, run.read + share.tokens
        first_scored = len(step.tokens) - step.scored
        return [
            Placed(step.tokens[number], step.at + number, run.sequence, number >= first_scored)
            for number in range(run.read, last)
        ]

    def _read(self, run: _Run, count: int, rows: Logits) -> Logits:
        """Takes the run's rows off the front; returns the others'."""
        first_scored = len(run.step.tokens) - run.step.scored
        mine = max(0, run.read + count - max(run.read, first_scored))
        run.read += count
        if mine:
            run.rows.append(rows[:mine])
        if not run.head_read and run.read >= len(run.job.head):
            self._keep_head(run)
        if run.read == len(run.step.tokens):
            self._go_on(run)
        return rows[mine:]

    def _keep_head(self, run: _Run) -> None:
        run.head_read = True
        place = self._prefixes.place(run.job.head)
        if place is None:
            return
        for sequence in place.forget:
            self._memory.drop(sequence, 0)
        self._memory.copy(run.sequence, place.sequence, len(run.job.head))

    def _go_on(self, run: _Run) -> None:
        rows = run.rows[0] if len(run.rows) == 1 else np.concatenate(run.rows)
        end = run.step.at + len(run.step.tokens)
        try:
            run.step = run.job.program.send(rows)
        except StopIteration as done:
            self._leave(run)
            self._tell(done.value(run.reused))
            return
        except Exception as error:  # noqa: BLE001 - one program's mistake must not end the others
            self._leave(run)
            self._tell(NotDone(run.job.id, f"{type(error).__name__}: {error}"))
            return
        run.read, run.rows = 0, []
        if run.step.at < end:
            self._memory.drop(run.sequence, run.step.at)

    def _leave(self, run: _Run) -> None:
        del self._running[run.job.id]
        run.job.program.close()
        self._memory.drop(run.sequence, 0)
        self._sequences.append(run.sequence)
