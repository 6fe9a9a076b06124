"""The camera serves the kiosk only while a screen that needs it is open."""

from __future__ import annotations

import pytest

from edge_agent.kiosk.mirror import WANTED_FOR_NS, Mirror

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("here", [True, False])
def test_codes_are_looked_for_while_the_page_asks_and_a_code_is_needed(here: bool) -> None:
    mirror = Mirror()
    assert mirror.wanted(0, pictures=False, codes=here) == (False, False)
    mirror.scan(0)
    assert mirror.wanted(WANTED_FOR_NS - 1, pictures=False, codes=here) == (False, here)
    assert mirror.wanted(WANTED_FOR_NS, pictures=False, codes=here) == (False, False)


def test_pictures_come_while_they_are_fetched_and_the_last_is_forgotten() -> None:
    mirror = Mirror()
    mirror.see(b"before")
    assert mirror.wanted(0, pictures=True, codes=False) == (False, False)
    assert mirror.look(0) == b""
    assert mirror.wanted(1, pictures=True, codes=False) == (True, False)
    mirror.see(b"a face")
    mirror.see(b"")
    assert mirror.look(2) == b"a face"
    assert mirror.wanted(3, pictures=False, codes=True) == (False, False)
    assert mirror.look(4) == b""
