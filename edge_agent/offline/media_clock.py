"""What time it is in a video, for records that say when something was said or seen."""

from __future__ import annotations

from edge_agent.uplink.durable.spool import real_now


class MediaClock:
    """The real time, but while a video is looked at the video's own: it ends now, and runs as fast as
    it is looked at. So answers last as long as they were spoken, not as long as they were computed.
    """

    def __init__(self) -> None:
        self._base: tuple[int, int] | None = None
        self._at_ns = 0

    def begin(self, length_ns: int) -> int:
        """A video of this length begins; CLOCK_MONOTONIC of its beginning."""
        wall_ns, mono_ns = real_now()
        self._base, self._at_ns = (wall_ns - length_ns, mono_ns), 0
        return mono_ns

    def reach(self, media_ns: int) -> None:
        """It never runs backwards."""
        self._at_ns = max(self._at_ns, media_ns)

    def end(self) -> None:
        """Real time again."""
        self._base = None

    def now(self) -> tuple[int, int]:
        """Wall clock and CLOCK_MONOTONIC, ns."""
        if self._base is None:
            return real_now()
        wall_ns, mono_ns = self._base
        return wall_ns + self._at_ns, mono_ns + self._at_ns

    def mono_ns(self) -> int:
        """CLOCK_MONOTONIC alone."""
        return self.now()[1]
