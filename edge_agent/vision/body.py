"""The second thread: everything that is looked at less often than the face.

It takes the newest sight and no other: where it is behind, sights are skipped and nothing queues, so a
slow look never delays a frame's reading. (MediaPipe lets go of Python's lock while it infers.) Where
the processor is short, faces go first.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Sequence

from edge_agent.vision.looks import Looker, LookValue, Sight
from edge_agent.vision.rates import Rates
from edge_agent.vision.ring import Ring

_LEAVE_TIMEOUT_S = 2.0
_NICER = 5


class Body:
    """`tell` is called in the second thread, once for each look, and `failed` where they have ended."""

    def __init__(
        self,
        make: Callable[[], Sequence[Looker]],
        tell: Callable[[LookValue], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._make, self._tell, self._failed = make, tell, failed
        self._lookers: dict[str, Looker] = {}
        self._refused: Exception | None = None
        self._newest: Ring[Sight] = Ring(1)
        self._thread = threading.Thread(target=self._run, name="body", daemon=True)

    def start(self) -> None:
        """Returns once every looker is loaded and warm; raises what loading raised."""
        loading = threading.Thread(target=self._load, name="body-load", daemon=True)
        loading.start()
        loading.join()
        if self._refused is not None:
            raise self._refused
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

    def _load(self) -> None:
        """In a thread that stands back: those that the models start for themselves inherit it, and the
        processor is the faces' first. The second thread itself does not: it holds Python's lock.
        """
        with contextlib.suppress(OSError):
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), own + _NICER)
        try:
            self._lookers = {one.kind: one for one in self._make()}
        except Exception as error:  # noqa: BLE001 - `start` raises it
            self._refused = error

    def _run(self) -> None:
        rates = Rates({kind: one.rate_hz for kind, one in self._lookers.items()})
        try:
            while (sight := self._newest.take()) is not None:
                for kind in rates.due(sight.frame.mono_ns):
                    self._tell(self._lookers[kind].look(sight))
        except Exception as error:  # noqa: BLE001 - whatever it is, a thread that ends is told of
            self._failed(error)
