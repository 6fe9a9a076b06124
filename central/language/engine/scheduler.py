"""Whose tokens go into the next batch. Pure: what waits, what runs, and the time are arguments.

Who is more urgent goes first, and among equals who came first; whoever has waited long counts as one
step more urgent, so that nobody starves. Short reads, as of a text that is being written, go into every
batch: they cost little there. A long read of somebody less urgent waits while a question is at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from central.language.model import Urgency

PATIENCE_S: Final = 20.0
SHORT_READ: Final = 16
"""Tokens; about one decode step of a text, or an option of a choice."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`head`: what its prompt begins with, as others may."""

    id: int
    urgency: Urgency
    since_s: float
    head: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """`unread`: tokens of its present step; the last `scored` of them are answered with logits.
    `reading_head`: its head, while not all of it has been read.
    """

    id: int
    urgency: Urgency
    since_s: float
    unread: int
    scored: int
    reading_head: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Limits:
    """`sequences` run at once; `reserved` of them are for questions alone. A batch takes `tokens`, and
    answers `outputs` of them.
    """

    sequences: int
    reserved: int
    tokens: int
    outputs: int


@dataclass(frozen=True, slots=True)
class Share:
    """So many tokens of this one's step."""

    id: int
    tokens: int


def admit(
    waiting: Sequence[Waiting], running: Sequence[Running], limits: Limits, now_s: float
) -> list[int]:
    """Who begins now. One whose head another is just reading waits for it: it will be in memory."""
    free = limits.sequences - len(running)
    being_read = {one.reading_head for one in running if one.reading_head}
    chosen: list[int] = []
    for one in sorted(waiting, key=lambda one: _rank(one, now_s)):
        kept_free = 0 if one.urgency is Urgency.QUESTION else limits.reserved
        if free <= kept_free or one.head in being_read:
            continue
        chosen.append(one.id)
        free -= 1
        if one.head:
            being_read.add(one.head)
    return chosen


def compose(running: Sequence[Running], limits: Limits, now_s: float) -> list[Share]:
    """The next batch. Whoever runs gets a turn as long as there is room in it."""
    shares: list[Share] = []
    tokens, outputs = limits.tokens, limits.outputs
    for one in sorted(_allowed(running, now_s), key=lambda one: _turn(one, now_s)):
        count = min(one.unread, tokens, one.unread - one.scored + outputs)
        if count <= 0:
            continue
        shares.append(Share(one.id, count))
        tokens -= count
        outputs -= max(0, count - (one.unread - one.scored))
    return shares


def _allowed(running: Sequence[Running], now_s: float) -> list[Running]:
    """Without the long reads of those that are less urgent than the most urgent one at work."""
    most = min((_urgency(one, now_s) for one in running), default=0)
    if most > Urgency.QUESTION:
        return list(running)
    return [one for one in running if one.unread <= SHORT_READ or _urgency(one, now_s) <= most]


def _turn(one: Running, now_s: float) -> tuple[bool, int, float, int]:
    return (one.unread > SHORT_READ, *_rank(one, now_s))


def _rank(one: Waiting | Running, now_s: float) -> tuple[int, float, int]:
    return (_urgency(one, now_s), one.since_s, one.id)


def _urgency(one: Waiting | Running, now_s: float) -> int:
    patient = one.urgency is not Urgency.QUESTION and now_s - one.since_s > PATIENCE_S
    return one.urgency - 1 if patient else one.urgency
