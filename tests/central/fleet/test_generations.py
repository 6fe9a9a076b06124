"""Whether an agent gets another certificate: the decisions, and what holds over any order of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from central.fleet.generations import (
    Asking,
    Decision,
    Issue,
    Refuse,
    Repeat,
    Standing,
    clock_problem,
    recovery,
    renewal,
)

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=5)
FIVE = Standing(5, "k5", LATER)


@pytest.mark.parametrize(
    ("standing", "generation", "key", "expected"),
    [
        (FIVE, 5, "new", Issue(stepped_back=False, recoveries=0)),
        (replace(FIVE, stepped_back=True), 5, "new", Issue(stepped_back=False, recoveries=0)),
        (replace(FIVE, recoveries=2), 5, "new", Issue(stepped_back=False, recoveries=2)),
        (FIVE, 4, "k5", Repeat()),
        (replace(FIVE, stepped_back=True), 4, "k5", Repeat()),
        (FIVE, 4, "new", Issue(stepped_back=True, recoveries=0)),
    ],
)
def test_a_renewal_is_granted(
    standing: Standing, generation: int, key: str, expected: Decision
) -> None:
    assert renewal(standing, Asking(generation, LATER, key)) == expected


@pytest.mark.parametrize(
    ("standing", "generation", "locks", "says"),
    [
        (replace(FIVE, stepped_back=True), 4, True, "copy of this room's key"),
        (FIVE, 3, True, "copy of this room's key"),
        (FIVE, 1, True, "copy of this room's key"),
        (FIVE, 6, False, "does not know"),
        (FIVE, None, False, "does not know"),
        (replace(FIVE, revoked="revoked"), 5, False, "is revoked"),
        (replace(FIVE, revoked="locked"), 5, False, "is locked"),
        (replace(FIVE, revoked="locked"), 1, False, "is locked"),
    ],
)
def test_a_renewal_is_refused(
    standing: Standing, generation: int | None, locks: bool, says: str
) -> None:
    refused = renewal(standing, Asking(generation, LATER, "new"))
    assert isinstance(refused, Refuse)
    assert refused.lock is locks
    assert says in refused.why


@pytest.mark.parametrize(
    ("ended", "recoveries", "granted"),
    [
        (timedelta(seconds=1), 0, True),
        (timedelta(days=30), 1, True),
        (timedelta(days=30, seconds=1), 0, False),
        (timedelta(days=1), 2, False),
        (-timedelta(seconds=1), 0, False),
    ],
)
def test_a_recovery_has_its_limits(ended: timedelta, recoveries: int, granted: bool) -> None:
    standing = replace(FIVE, recoveries=recoveries, newest_not_after=NOW - ended)
    decision = recovery(standing, Asking(5, NOW - ended, "new"), NOW)
    assert isinstance(decision, Issue) is granted
    if isinstance(decision, Issue):
        assert decision.recoveries == recoveries + 1


def test_a_recovery_whose_answer_was_lost_is_repeated_and_counts_once() -> None:
    asking = Asking(4, NOW - timedelta(days=2), "k5")
    assert recovery(FIVE, asking, NOW) == Repeat()
    gone = replace(FIVE, newest_not_after=NOW - timedelta(days=1))
    assert recovery(gone, asking, NOW) == Issue(stepped_back=False, recoveries=1)


def test_a_copy_that_recovers_late_locks_the_agent() -> None:
    asking = Asking(3, NOW - timedelta(days=2), "new")
    refused = recovery(FIVE, asking, NOW)
    assert isinstance(refused, Refuse)
    assert refused.lock


@pytest.mark.parametrize(
    ("off", "says"),
    [
        (timedelta(), None),
        (timedelta(minutes=4), None),
        (-timedelta(minutes=4), None),
        (timedelta(minutes=5), "ahead"),
        (-timedelta(minutes=5), "behind"),
        (-timedelta(days=20_000), "behind"),
    ],
)
def test_a_wrong_clock_is_said(off: timedelta, says: str | None) -> None:
    problem = clock_problem(int((NOW + off).timestamp() * 1e9), NOW)
    assert (problem is None) if says is None else says in (problem or "")


@pytest.mark.parametrize("wall_ns", [2**63 - 1, -(2**63)])
def test_an_impossible_clock_is_a_wrong_clock(wall_ns: int) -> None:
    assert clock_problem(wall_ns, NOW) is not None


class TwoCopies(RuleBasedStateMachine):
    """Central, a PC, and a thief with a copy of its disk, in any order of renewals, lost answers and
    restored disks. A disk is a certificate's generation and the key that waits for the next one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.standing = Standing(1, "key 1", LATER)
        self.keys = 1
        self.holders: dict[str, int] = {"pc": 1}
        self.waiting: dict[str, str] = {}
        self.stolen = False

    def ask(self, who: str) -> Decision:
        self.keys += 1
        key = self.waiting.setdefault(who, f"key {who} {self.keys}")
        decision = renewal(self.standing, Asking(self.holders[who], LATER, key))
        match decision:
            case Issue(stepped_back, recoveries):
                self.standing = replace(
                    self.standing,
                    generation=self.standing.generation + 1,
                    newest_key=key,
                    stepped_back=stepped_back,
                    recoveries=recoveries,
                )
            case Refuse(_, True):
                self.standing = replace(self.standing, revoked="locked")
        return decision

    @rule()
    @precondition(lambda self: not self.standing.revoked)
    def the_pc_renews(self) -> None:
        decision = self.ask("pc")
        if not self.stolen:
            assert not isinstance(decision, Refuse), "an honest PC is never locked out"
        if not isinstance(decision, Refuse):
            self.holders["pc"] = self.standing.generation
            del self.waiting["pc"]

    @rule(times=st.integers(1, 3))
    @precondition(lambda self: not self.standing.revoked)
    def the_answer_is_lost(self, times: int) -> None:
        for _ in range(times):
            decision = self.ask("pc")
            if not self.stolen:
                assert not isinstance(decision, Refuse)

    @rule()
    @precondition(lambda self: not self.stolen)
    def the_disk_is_copied(self) -> None:
        self.holders["thief"] = self.holders["pc"]
        if "pc" in self.waiting:
            self.waiting["thief"] = self.waiting["pc"]
        self.stolen = True

    @rule()
    @precondition(lambda self: self.stolen and not self.standing.revoked)
    def the_thief_renews(self) -> None:
        if not isinstance(self.ask("thief"), Refuse):
            self.holders["thief"] = self.standing.generation
            del self.waiting["thief"]

    @rule()
    @precondition(lambda self: bool(self.standing.revoked))
    def an_admin_lets_the_pc_in_again(self) -> None:
        self.keys += 1
        generation = self.standing.generation + 1
        self.standing = Standing(generation, f"key {self.keys}", LATER)
        self.holders["pc"] = generation
        self.waiting.pop("pc", None)

    @invariant()
    def nobody_is_ahead_of_central(self) -> None:
        assert all(held <= self.standing.generation for held in self.holders.values())

    @invariant()
    def two_that_both_went_on_are_found_out(self) -> None:
        """Once both are more than a step apart, whoever is behind can only lock."""
        if self.standing.revoked or not self.stolen:
            return
        behind = min(self.holders.values())
        if behind < self.standing.generation - 1:
            decision = renewal(self.standing, Asking(behind, LATER, "another"))
            assert isinstance(decision, Refuse)
            assert decision.lock


TwoCopies.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestTwoCopies = TwoCopies.TestCase
