"""A call for a person, as the kiosk shows it. Pure: what was pressed, what staff answered, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from edge_agent.flow import HelpCall, HelpStep
from edge_agent.interview.answer import MS

COMING_SHOWN_MS = 300_000
"""How long the kiosk says that somebody is coming; then the button is there again."""


@dataclass(frozen=True, slots=True)
class Calling:
    """One call at a time; `call_id` is empty where nobody is called. `interview_id` is the one it was
    made in: what belonged to another candidate is not shown.
    """

    call_id: str = ""
    interview_id: str = ""
    coming_ns: int | None = None
    """When staff said that somebody comes."""

    def called(self, call_id: str, interview_id: str) -> Calling:
        """The button was pressed; a second press while one is open changes nothing."""
        return self if self.call_id else Calling(call_id, interview_id)

    def withdrawn(self) -> Calling:
        """The candidate needs nobody any more."""
        return Calling()

    def answered(self, call_id: str, interview_id: str, now_ns: int) -> Calling:
        """Staff come. After a restart the call itself may be forgotten: it is answered all the same."""
        known = self.call_id == call_id
        return replace(self if known else Calling(call_id, interview_id), coming_ns=now_ns)

    def at(self, interview_id: str, now_ns: int) -> Calling:
        """As it stands now: over with its interview, and a while after somebody was on their way."""
        if self.coming_ns is not None and now_ns - self.coming_ns >= COMING_SHOWN_MS * MS:
            return Calling()
        return self if self.interview_id == interview_id else Calling()

    def step(self, step: HelpStep, turn_id: str) -> HelpCall:
        """What is written down of it."""
        return HelpCall(self.call_id, step, turn_id)
