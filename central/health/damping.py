"""Problems that come and go become alarms that stand: raised when they last, cleared when they stay
away. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from central.health.facts import Problem, Severity

Key = tuple[int, str]
"""Room id and kind."""


@dataclass(slots=True)
class _Watched:
    """`since_s`: since when it is there (not raised), or away (raised and away); None: neither."""

    raised: Severity | None = None
    since_s: float | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be written. `changed` are alarms that stand with another severity now."""

    raised: Mapping[Key, Problem] = field(default_factory=dict)
    changed: Mapping[Key, Problem] = field(default_factory=dict)
    cleared: tuple[Key, ...] = ()


class Damper:
    """`open_alarms` are those that stand when it begins: another steward raised them."""

    def __init__(
        self, raise_after_s: float, clear_after_s: float, open_alarms: Mapping[Key, Severity]
    ) -> None:
        self._raise_after_s, self._clear_after_s = raise_after_s, clear_after_s
        self._watched = {key: _Watched(severity) for key, severity in open_alarms.items()}

    def step(self, present: Mapping[Key, Problem], now_s: float) -> Changes:
        """The problems of all rooms at `now_s`, a monotonic time."""
        raised: dict[Key, Problem] = {}
        changed: dict[Key, Problem] = {}
        for key, problem in present.items():
            one = self._watched.setdefault(key, _Watched())
            if one.raised is not None:
                one.since_s = None
                if one.raised is not problem.severity:
                    one.raised = problem.severity
                    changed[key] = problem
            elif self._lasts(one, self._raise_after_s, now_s):
                one.raised, one.since_s = problem.severity, None
                raised[key] = problem
        return Changes(raised, changed, tuple(self._cleared(present, now_s)))

    def _cleared(self, present: Mapping[Key, Problem], now_s: float) -> Iterable[Key]:
        for key in [key for key in self._watched if key not in present]:
            one = self._watched[key]
            if one.raised is None:
                del self._watched[key]  # it did not last
            elif self._lasts(one, self._clear_after_s, now_s):
                del self._watched[key]
                yield key

    def _lasts(self, one: _Watched, after_s: float, now_s: float) -> bool:
        if one.since_s is None:
            one.since_s = now_s
        return now_s - one.since_s >= after_s
