"""What staff have to do in a room is told while it stands, and no longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.flow import Phase
from edge_agent.interview.arrival import CheckInView
from edge_agent.views import for_staff
from tests.edge_agent.kiosk.test_state import VIEW

pytestmark = pytest.mark.unit
LOCKED = CheckInView(needs_code=True, tries_left=0, wrong=True)


@pytest.mark.parametrize(
    ("phase", "check_in", "told"),
    [
        (Phase.WAITING, LOCKED, ("check_in: 5 wrong codes; staff let the candidate in",)),
        (Phase.WAITING, replace(LOCKED, tries_left=1), ()),
        (Phase.WAITING, replace(LOCKED, needs_code=False), ()),
        (Phase.CONSENTING, LOCKED, ()),
        (Phase.IDLE, LOCKED, ()),
    ],
    ids=["locked", "one try left", "no code needed", "let in", "over"],
)
def test_a_locked_kiosk_is_told_until_the_candidate_is_in(
    phase: Phase, check_in: CheckInView, told: tuple[str, ...]
) -> None:
    assert for_staff(replace(VIEW, phase=phase, check_in=check_in)) == told
