"""The second thread: everything that is looked at less often than the face.

It takes the newest sight and no other: where it is behind, sights are skipped and nothing queues, so a
slow look never delays a frame's reading. (MediaPipe lets go of Python's lock while it infers.) Where
the processor is short, faces go first.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence

from edge_agent.vision.looks import Looker, LookValue, Sight
from edge_agent.vision.rates import Rates
from edge_agent.vision.ring import Ring

_LEAVE_TIMEOUT_S = 2.0
_NICER = 5
ALWAYS = frozenset({"health"})
"""Kinds that no policy switches off."""


class Body:
    """`tell` is called in the second thread, once for each look, and `failed` where they have ended.
    `more` makes a looker that a `change` wants; None where it cannot be made, which is its to tell.
    """

    def __init__(
        self,
        make: Callable[[], Sequence[Looker]],
        tell: Callable[[LookValue], None],
        failed: Callable[[Exception], None],
        more: Callable[[str], Looker | None] = lambda _kind: None,
    ) -> None:
        self._make, self._tell, self._failed, self._more = make, tell, failed, more
        self._wanted: deque[frozenset[str]] = deque(maxlen=1)
        self._lookers: dict[str, Looker] = {}
        self._newest: Ring[Sight] = Ring(1)
        self._thread = threading.Thread(target=self._run, name="body", daemon=True)

    def start(self) -> None:
        """Returns once every looker is loaded and warm; raises what loading raised."""
        self._aside(self._load)
        self._thread.start()

    def change(self, kinds: frozenset[str]) -> None:
        """From the next sight on these are looked at: what is not among them is given back, its model
        closed; what is missing is made.
        """
        self._wanted.append(kinds)

    def show(self, sight: Sight) -> None:
        """Never waits."""
        self._newest.put(sight)

    def close(self) -> None:
        """After the look that is being taken; then the models are given back."""
        self._newest.close()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_TIMEOUT_S)
        if self._thread.is_alive():
            return  # it hangs inside a model, which must not be taken from it
        for one in self._lookers.values():
            one.close()

    def _load(self) -> None:
        self._lookers = {one.kind: one for one in self._make()}

    def _aside(self, work: Callable[[], None]) -> None:
        """Done in a thread that stands back: those that the models start for themselves inherit it, and
        the processor is the faces' first. The second thread itself does not: it holds Python's lock.
        """
        refused: list[Exception] = []

        def run() -> None:
            with contextlib.suppress(OSError):
                own = os.getpriority(os.PRIO_PROCESS, 0)
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), own + _NICER)
            try:
                work()
            except Exception as error:  # noqa: BLE001 - raised by whoever waits for it
                refused.append(error)

        loading = threading.Thread(target=run, name="body-load", daemon=True)
        loading.start()
        loading.join()
        if refused:
            raise refused[0]

    def _adapt(self, wanted: frozenset[str]) -> None:
        there = frozenset(self._lookers) - ALWAYS
        for kind in there - wanted:
            self._lookers.pop(kind).close()
        for kind in sorted(wanted - there):
            if (made := self._more(kind)) is not None:
                self._lookers[kind] = made

    def _rates(self) -> Rates:
        return Rates({kind: one.rate_hz for kind, one in self._lookers.items()})

    def _run(self) -> None:
        rates = self._rates()
        try:
            while (sight := self._newest.take()) is not None:
                if self._wanted:
                    wanted = self._wanted.popleft()
                    self._aside(lambda: self._adapt(wanted))  # noqa: B023 - done when it returns
                    rates = self._rates()
                for kind in rates.due(sight.frame.mono_ns):
                    self._tell(self._lookers[kind].look(sight))
        except Exception as error:  # noqa: BLE001 - whatever it is, a thread that ends is told of
            self._failed(error)
