"""Live readings that leave out what did not change, made whole."""

from __future__ import annotations

from daedam.v1 import live_pb2

_SCENE = ("interview_id", "turn_id", "question_id", "position", "question_count")


class Completer:
    """Remembers a stream's last whole live reading. One for each stream."""

    def __init__(self) -> None:
        self._whole: live_pb2.Live | None = None

    def see(self, live: live_pb2.Live) -> bool:
        """Has to see every one, shown or not; whether `complete` can make this one whole."""
        if not live.abridged:
            self._whole = live
        return self._whole is not None

    def complete(self, live: live_pb2.Live) -> live_pb2.Live:
        """The one that was seen last, filled in from the whole one before it."""
        whole = self._whole
        if not live.abridged or whole is None:
            return live
        for name in _SCENE:
            setattr(live, name, getattr(whole, name))
        live.wall_ns = _within(whole.wall_ns + live.mono_ns - whole.mono_ns)
        live.columns.channels = whole.columns.channels
        live.columns.coverage = live.columns.coverage or whole.columns.coverage
        return live


def _within(wall_ns: int) -> int:
    """A room may say any two times; their difference has to fit the field."""
    return max(-(2**63), min(wall_ns, 2**63 - 1))
