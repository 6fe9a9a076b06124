"""What flickers is no alarm; what lasts is one, and stays until it has been away for a while."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.health.damping import Changes, Damper, Key
from central.health.facts import Problem, Severity

pytestmark = pytest.mark.unit

KEY: Key = (1, "fps_low")
AMBER, RED = Severity.AMBER, Severity.RED


def told(severity: Severity | None) -> dict[Key, Problem]:
    return {} if severity is None else {KEY: Problem("fps_low", severity)}


def say(changes: Changes) -> str:
    return "".join(
        letter
        for letter, some in (
            ("R", changes.raised),
            ("C", changes.changed),
            ("-", changes.cleared),
        )
        if some
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        # (seconds, what the rules see): raised after 10 s, cleared after 30 s
        ([(0, AMBER), (5, AMBER)], ["", ""]),
        ([(0, AMBER), (5, AMBER), (10, AMBER), (15, AMBER)], ["", "", "R", ""]),
        ([(0, AMBER), (5, None), (10, AMBER), (15, AMBER)], ["", "", "", ""]),  # it flickers
        ([(0, AMBER), (10, AMBER), (15, None), (44, None)], ["", "R", "", ""]),
        ([(0, AMBER), (10, AMBER), (15, None), (45, None)], ["", "R", "", "-"]),
        ([(0, AMBER), (10, AMBER), (15, None), (40, AMBER), (50, None)], ["", "R", "", "", ""]),
        ([(0, AMBER), (10, AMBER), (15, RED), (20, RED)], ["", "R", "C", ""]),
        ([(0, AMBER), (10, RED)], ["", "R"]),
        ([(0, RED), (10, RED), (15, None), (45, None), (50, RED), (60, RED)],
         ["", "R", "", "-", "", "R"]),
    ],
)  # fmt: skip
def test_alarms_are_damped(steps: list[tuple[float, Severity | None]], said: list[str]) -> None:
    damper = Damper(10, 30, {})
    assert [say(damper.step(told(seen), at_s)) for at_s, seen in steps] == said


def test_another_steward_goes_on_with_the_alarms_that_stand() -> None:
    damper = Damper(10, 30, {KEY: AMBER})
    assert say(damper.step(told(AMBER), 0)) == ""
    assert say(damper.step(told(None), 5)) == ""
    assert say(damper.step(told(None), 35)) == "-"


def test_rooms_and_kinds_do_not_mix() -> None:
    damper = Damper(0, 0, {})
    first = {(1, "fps_low"): Problem("fps_low", AMBER), (2, "fps_low"): Problem("fps_low", RED)}
    assert set(damper.step(first, 0).raised) == set(first)
    assert damper.step({(2, "fps_low"): Problem("fps_low", RED)}, 1).cleared == (KEY,)


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from([None, AMBER, RED])), max_size=60))
def test_an_alarm_is_raised_once_before_it_is_cleared_once(
    steps: list[tuple[int, Severity | None]],
) -> None:
    damper, now, stands, severity = Damper(10, 30, {}), 0, False, None
    for after, seen in steps:
        now += after
        changes = damper.step(told(seen), now)
        if changes.raised:
            assert not stands
            stands, severity = True, seen
        if changes.changed:
            assert stands
            assert severity is not seen
            severity = seen
        if changes.cleared:
            assert stands
            assert seen is None
            stands = False
