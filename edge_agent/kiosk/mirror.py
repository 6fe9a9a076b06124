"""What the kiosk wants of the camera before the questions, and for how long: a page that is gone wants
nothing. The one picture that is here is the last one, in memory alone.
"""

from __future__ import annotations

from typing import Final

WANTED_FOR_NS: Final = 4_000_000_000
"""A page that shows a screen which needs the camera says so more often than this."""


class Mirror:
    """Belongs to one kiosk. Times are CLOCK_MONOTONIC."""

    def __init__(self) -> None:
        self._pictures_until_ns = self._codes_until_ns = 0
        self._picture = b""

    def scan(self, now_ns: int) -> None:
        """The check-in screen is open."""
        self._codes_until_ns = now_ns + WANTED_FOR_NS

    def look(self, now_ns: int) -> bytes:
        """The last picture, as JPEG; empty where there is none. More are wanted."""
        self._pictures_until_ns = now_ns + WANTED_FOR_NS
        return self._picture

    def see(self, picture: bytes) -> None:
        """The camera has another one."""
        self._picture = picture or self._picture

    def wanted(self, now_ns: int, *, pictures: bool, codes: bool) -> tuple[bool, bool]:
        """Whether pictures and codes are wanted, where the interview is at a place that has a use for
        them. What is not wanted any more is forgotten.
        """
        shown = pictures and now_ns < self._pictures_until_ns
        if not shown:
            self._picture = b""
        return shown, codes and now_ns < self._codes_until_ns
