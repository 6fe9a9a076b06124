"""A pause of the candidate: when it may begin, and what stood when it did. Pure."""

from __future__ import annotations

from edge_agent.flow import Phase, Policy

AT_ONCE = frozenset({Phase.ASKING, Phase.THINKING})
"""Before an answer is open. In mid-answer the policy decides; elsewhere there is nothing to pause."""


class Pausing:
    """Of one turn. `waits`: it begins as soon as it may."""

    def __init__(self, *, waits: bool) -> None:
        self.waits = waits
        self._before, self._gone_ns, self._since_ns = Phase.ASKING, 0, 0
        self.on = False

    def want(self, phase: Phase, policy: Policy | None, *, wanted: bool) -> bool:
        """The candidate wants a pause, or none after all; True where it begins now."""
        self.waits = wanted
        in_answer = policy is not None and policy.pause_in_answer
        return wanted and (phase in AT_ONCE or (phase is Phase.ANSWERING and in_answer))

    def begin(self, phase: Phase, phase_ns: int, now_ns: int) -> None:
        """From now on, in a phase that began at `phase_ns`."""
        self.on, self.waits = True, False
        self._before, self._gone_ns, self._since_ns = phase, now_ns - phase_ns, now_ns

    def end(self, now_ns: int) -> tuple[Phase, int, int]:
        """The phase to go on with, when it would have begun without the pause, and how long that was."""
        self.on = False
        return self._before, now_ns - self._gone_ns, now_ns - self._since_ns
