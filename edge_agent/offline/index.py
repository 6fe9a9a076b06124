"""Every frame of a file before one is decoded: which are taken, and which packets they need. Pure.

Packets come in the order of decoding and frames are counted in the order of showing, by their own
times: a film of varying frame rate has as many frames as it has, however far apart they lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet of picture: when it is shown (in the stream's own units) and whether decoding may
    begin with it.
    """

    pts: int
    key: bool


@dataclass(frozen=True, slots=True)
class Index:
    """`taken` are the pts that are looked at, in order. `needed` says of each packet, in the order of
    decoding, whether it has to go through the decoder at all.
    """

    frames: int
    first_pts: int
    last_pts: int
    taken: tuple[int, ...]
    needed: tuple[bool, ...]

    @property
    def period(self) -> int:
        """How far taken frames usually lie apart, in the stream's units; 0 for a single one."""
        return median_low([later - at for at, later in pairwise(self.taken)] or [0])


def index(packets: Sequence[Packet], every: int, from_pts: int | None = None) -> Index:
    """What is taken of at least one packet: the first frame and each `every`th after it; of those, the
    ones from `from_pts` on are needed.

    A group of pictures begins with a key and ends before the next one. Nothing of it is needed beyond
    its last taken frame; all of it where a taken frame that is shown before the next key comes after
    that key (an open group: it refers to both).
    """
    shown = sorted({packet.pts for packet in packets})
    taken = tuple(shown[::every])
    wanted = {pts for pts in taken if from_pts is None or pts >= from_pts}
    needed = [False] * len(packets)
    open_group = False
    end = len(packets)
    for start in reversed(range(len(packets))):
        if not packets[start].key and start > 0:
            continue
        group = range(start, end)
        hits = [place for place in group if packets[place].pts in wanted]
        last = end - 1 if open_group else max(hits, default=start - 1)
        for place in range(start, last + 1):
            needed[place] = True
        open_group = any(packets[place].pts < packets[start].pts for place in hits)
        end = start
    return Index(len(packets), shown[0], shown[-1], taken, tuple(needed))
