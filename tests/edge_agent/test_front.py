"""What the page asks to be read aloud is read while the notice is shown, and at no other time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.config import Kiosk
from edge_agent.flow import Phase
from edge_agent.front import READ_ALOUD, Front
from edge_agent.interview.steps import Say
from edge_agent.kiosk.state import Counts
from tests.edge_agent.kiosk.test_state import VIEW

pytestmark = pytest.mark.unit


class Heard:
    """A voice that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[Say | str] = []

    def say(self, say: Say) -> None:
        self.told.append(say)

    def hush(self) -> None:
        self.told.append("hush")


@pytest.mark.parametrize(
    ("phase", "text", "told"),
    [
        (Phase.CONSENTING, "Hello.", ["hush", Say("Hello.", "en", READ_ALOUD)]),
        (Phase.CONSENTING, "", ["hush"]),
        (Phase.ANSWERING, "Hello.", []),
        (Phase.IDLE, "Hello.", []),
    ],
)
def test_only_the_notice_is_read(phase: Phase, text: str, told: list[Say | str]) -> None:
    front, heard = Front(Kiosk(port=0)), Heard()
    front.voice = heard
    front.show(replace(VIEW, phase=phase), Counts(), ())
    front._asked_to_read(text, "en")  # as the page's server does
    assert heard.told == told
