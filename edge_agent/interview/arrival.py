"""Who has come to an interview: the language that they chose for the kiosk, and their check-in."""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.flow import CheckInCode, InterviewPlan
from edge_agent.interview.check_in import MOST_TRIES, CheckInWay, is_right, normal

LANGUAGES = ("ko", "en")
"""What the kiosk can say and show."""


@dataclass(frozen=True, slots=True)
class CheckInView:
    """Where the check-in stands. `tries_left` 0: staff have to let the candidate in."""

    needs_code: bool = False
    tries_left: int = MOST_TRIES
    wrong: bool = False
    """What was shown last was not the code."""


NO_CODE = CheckInView()


class Arrival:
    """Of one interview, or of none. `language` is what the candidate chose; empty before."""

    def __init__(
        self, plan: InterviewPlan | None = None, *, language: str = "", tries: int = 0
    ) -> None:
        self._plan = plan
        self.language = language
        self.tries = tries
        """Wrong ones."""
        self._last = ""

    @property
    def _code(self) -> CheckInCode | None:
        return self._plan.check_in if self._plan else None

    @property
    def shown(self) -> str:
        """The language of all that the kiosk says and shows by itself; questions keep their own."""
        return self.language or (self._plan.language if self._plan else "")

    @property
    def view(self) -> CheckInView:
        """For the kiosk."""
        left = max(0, MOST_TRIES - self.tries)
        return CheckInView(self._code is not None, left, wrong=self.tries > 0)

    def choose(self, language: str) -> None:
        """The candidate wants this one; what the kiosk cannot speak changes nothing."""
        if self._plan is not None and language in LANGUAGES:
            self.language = language

    def admits(self, way: CheckInWay, code: str) -> bool:
        """Whether the candidate is in by this. The same wrong code again is no other try: a QR code is
        read several times a second.
        """
        if way in {CheckInWay.STAFF, CheckInWay.REPLAY} or self._code is None:
            return True
        shown = normal(code)
        if way is CheckInWay.BUTTON or self.tries >= MOST_TRIES or not shown:
            return False
        if is_right(shown, self._code):
            return True
        if way is CheckInWay.CODE or shown != self._last:
            self.tries += 1
        self._last = shown
        return False
