"""The second thread: everything that is looked at less often than the face.

It takes the newest sight and no other: where it is behind, sights are skipped and nothing queues, so a
slow look never delays a frame's reading. (MediaPipe lets go of Python's lock while it infers.)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from edge_agent.vision.looks import Looker, LookValue, Sight
from edge_agent.vision.rates import Rates
from edge_agent.vision.ring import Ring

_LEAVE_TIMEOUT_S = 2.0


class Body:
    """`tell` is called in the second thread, once for each look."""

    def __init__(
        self,
        lookers: Sequence[Looker],
        tell: Callable[[LookValue], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._lookers = {one.kind: one for one in lookers}
        self._rates = Rates({one.kind: one.rate_hz for one in lookers})
        self._tell, self._failed = tell, failed
        self._newest: Ring[Sight] = Ring(1)
        self._thread = threading.Thread(target=self._run, name="body", daemon=True)

    def start(self) -> None:
        self._thread.start()

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

    def _run(self) -> None:
        try:
            while (sight := self._newest.take()) is not None:
                for kind in self._rates.due(sight.frame.mono_ns):
                    self._tell(self._lookers[kind].look(sight))
        except Exception as error:  # noqa: BLE001 - whatever it is, a thread that ends is told of
            self._failed(error)
