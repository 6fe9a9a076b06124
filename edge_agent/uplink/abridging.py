"""What a room is in the middle of is said once a stream, not ten times a second."""

from __future__ import annotations

from daedam.v1 import live_pb2, room_pb2

WHOLE_EVERY_NS = 5_000_000_000
"""A step of the wall clock shows after this at the latest."""


class Abridger:
    """Leaves out of a stream's live readings what its last whole one said. One for each stream: what is
    written through it must arrive in this order, or end the stream.
    """

    def __init__(self) -> None:
        self._whole: live_pb2.Live | None = None

    def abridge(self, request: room_pb2.SessionRequest) -> room_pb2.SessionRequest:
        """The same request, its live reading abridged where it may be."""
        live, whole = request.live, self._whole
        if whole is None or not _goes_on(live, whole):
            self._whole = live
            return request
        for name in (*_SCENE, "wall_ns"):
            live.ClearField(name)
        live.columns.ClearField("channels")
        if live.columns.coverage == whole.columns.coverage:
            live.columns.ClearField("coverage")
        live.abridged = True
        return request


_SCENE = ("interview_id", "turn_id", "question_id", "position", "question_count")


def _goes_on(live: live_pb2.Live, whole: live_pb2.Live) -> bool:
    return (
        0 <= live.mono_ns - whole.mono_ns < WHOLE_EVERY_NS
        and all(getattr(live, name) == getattr(whole, name) for name in _SCENE)
        and live.columns.channels == whole.columns.channels
    )
