"""What a video may ask of the machine that looks at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. Whatever is beyond them is refused, or ends the process that looks at it."""

    longest_s: float = 7_200.0
    """Of media. A header that claims more is refused before anything is decoded."""
    most_pixels: int = 4096 * 2304
    """Of one picture: a little more than 4K, either way up."""
    most_bytes: int = 8_000_000_000
    """Of the file."""
    memory_bytes: int = 6_000_000_000
    """Address space of the process. Its libraries and models map about 3 GB of it before any video."""
    cpu_s: int = 14_400
    """Processor time of the process."""
    patience_s: float = 30.0
    """Killed after so long without a word."""
    start_timeout_s: float = 120.0
    """The same until the first word: models have to be loaded."""

    @property
    def most_frames(self) -> int:
        """More packets of picture than this have no camera behind them."""
        return int(self.longest_s * 240)
