"""The loop: look anew where fewer are followed than wanted, read every region, follow what is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from edge_agent.flow import Rgb
from edge_agent.vision.canonical import Points
from edge_agent.vision.tracking.roi import Roi, apart

SAME = 0.5
"""Two regions that share more (intersection over union) hold the same face, body or hand."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One of those in the picture. `points`: pixels (n, 2 or more); `next`: where to cut next time."""

    points: Points
    next: Roi


class Follower:
    """Regions are remembered from picture to picture; a picture of another size starts anew.

    `detect` gives regions in a whole picture, the surest first. `read` looks into one; None where
    nobody is there. `keeps`: a region that is followed stays where the detector finds it too (hands);
    else the detector's own is taken (faces and bodies), which is what MediaPipe does.
    """

    def __init__(
        self,
        detect: Callable[[Rgb], list[Roi]],
        read: Callable[[Rgb, Roi], Followed | None],
        *,
        wanted: int,
        keeps: bool = False,
    ) -> None:
        self._detect, self._read = detect, read
        self._wanted, self._keeps = wanted, keeps
        self._regions: list[Roi] = []
        self._shape: tuple[int, ...] = ()

    def step(self, image: Rgb) -> list[Followed]:
        """All of them in this picture, at most as many as wanted."""
        if image.shape != self._shape:
            self._shape, self._regions = image.shape, []
        regions = self._regions
        if len(regions) < self._wanted:
            found = self._detect(image)
            first, then = (regions, found) if self._keeps else (found, regions)
            regions = apart(first, then, SAME)
        read = [self._read(image, region) for region in regions[: self._wanted]]
        followed = [one for one in read if one is not None]
        self._regions = [one.next for one in followed]
        return followed

    def drop(self, gone: list[Roi]) -> None:
        """Forgets regions that turned out to hold what another one holds."""
        self._regions = [one for one in self._regions if one not in gone]
