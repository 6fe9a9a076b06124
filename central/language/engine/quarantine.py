"""Which prompts may have killed the engine. Pure bookkeeping.

Whatever was at work when it died is suspected, and runs alone the next time. Who was at work at two
deaths is refused from then on.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

DEATHS: Final = 2
REMEMBERED: Final = 256


class Quarantine:
    """Remembers the newest `REMEMBERED` suspects, by fingerprint."""

    def __init__(self) -> None:
        self._deaths: OrderedDict[bytes, int] = OrderedDict()

    def died(self, at_work: Iterable[bytes]) -> None:
        """The engine died over these."""
        for fingerprint in set(at_work):
            self._deaths[fingerprint] = self._deaths.pop(fingerprint, 0) + 1
        while len(self._deaths) > REMEMBERED:
            self._deaths.popitem(last=False)

    def done(self, fingerprint: bytes) -> None:
        """This one came through: it was not the reason."""
        self._deaths.pop(fingerprint, None)

    def suspects(self, fingerprint: bytes) -> bool:
        """It has to run alone."""
        return fingerprint in self._deaths

    def refuses(self, fingerprint: bytes) -> bool:
        """It is not tried again."""
        return self._deaths.get(fingerprint, 0) >= DEATHS
