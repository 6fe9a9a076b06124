"""What the supervisor has to know about one child."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from dataclasses import dataclass

ATTEMPTS_BEFORE_READY = 5
"""A child that failed this often without ever being ready will not get better by itself."""

_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0


def _nothing() -> None:
    return


@dataclass(frozen=True, slots=True)
class Spec:
    """One child: how it is started, how one knows that it is ready, how it is stopped.

    `command` and `prepare` are called before each start. `probe(pid)` gives the address once the
    child serves, for programs that do not speak sd_notify; None: the child notifies. `answers(pid)`
    tells whether such a program serves or is about to, from its start on; it may block for seconds.
    A child that is silent for `watchdog_s`, or before it is ready for `ready_s`, is started anew.
    """

    name: str
    command: Callable[[], list[str]]
    prepare: Callable[[], None] = _nothing
    probe: Callable[[int], str | None] | None = None
    answers: Callable[[int], bool] | None = None
    stop: signal.Signals = signal.SIGTERM
    ready_s: float = 120.0
    stop_s: float = 10.0
    watchdog_s: float = 30.0


def pause_s(failures: int, chance: float | None = None) -> float:
    """How long to wait after `failures` failures in a row: 0.2 s doubling to 5 s, 25 % of it jitter,
    so that roles which fail together do not come back together. `chance` (0 to 1) is drawn if None.
    """
    whole: float = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2 ** max(0, min(failures, 10) - 1))
    drawn = random.random() if chance is None else chance  # noqa: S311 - not a secret
    return whole * (0.75 + 0.25 * drawn)
