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
"""Than the thread of the faces; threads that a model starts for itself inherit it."""


class Body:
    """`make` and `tell` are called in the second thread, `tell` once for each look; `failed` too, where
    looks have come to an end.
    """

    def __init__(
        self,
        make: Callable[[], Sequence[Looker]],
        tell: Callable[[LookValue], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._make, self._tell, self._failed = make, tell, failed
        self._newest: Ring[Sight] = Ring(1)
        self._made = threading.Event()
        self._refused: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="body", daemon=True)

    def start(self) -> None:
        """Returns once every looker is loaded and warm; raises what loading raised."""
        self._thread.start()
        self._made.wait()
        if self._refused is not None:
            raise self._refused

    def show(self, sight: Sight) -> None:
        """Never waits."""
        self._newest.put(sight)

    def close(self) -> None:
        """After the look that is being taken; the thread gives its models back as it leaves."""
        self._newest.close()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_TIMEOUT_S)

    def _run(self) -> None:
        _step_back()
        try:
            lookers = {one.kind: one for one in self._make()}
        except Exception as error:  # noqa: BLE001 - `start` raises it
            self._refused = error
            return
        finally:
            self._made.set()
        try:
            self._look(lookers)
        except Exception as error:  # noqa: BLE001 - whatever it is, a thread that ends is told of
            self._failed(error)
        finally:
            for one in lookers.values():
                one.close()

    def _look(self, lookers: dict[str, Looker]) -> None:
        rates = Rates({kind: one.rate_hz for kind, one in lookers.items()})
        while (sight := self._newest.take()) is not None:
            for kind in rates.due(sight.frame.mono_ns):
                self._tell(lookers[kind].look(sight))


def _step_back() -> None:
    """On Linux a thread has a niceness of its own."""
    with contextlib.suppress(OSError):
        own = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), own + _NICER)
