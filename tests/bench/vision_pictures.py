"""Pictures for the vision benchmark: few are kept, and shown forwards and backwards for as long as
wanted, so that a run of any length needs the memory of a short one and every face keeps moving.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from edge_agent.flow import Rgb
from tests.fakes.footage import film, sized
from tests.story.face import Look, Portrait

KEPT = 90
FPS = 30
_BLINK_EVERY = 60


def seated() -> list[Rgb]:
    """The demo candidate: head and shoulders of a photograph that turns, blinks and speaks."""
    portrait = Portrait()
    return [portrait.render(_look(n / FPS, n)) for n in range(KEPT)]


def close_up(file: Path) -> list[Rgb]:
    """Real footage of a face that fills the picture."""
    return [frame.image for frame in itertools.islice(film(file), KEPT)]


def shown(pictures: Sequence[Rgb], size: tuple[int, int], frames: int) -> Iterator[Rgb]:
    """As a camera gives them: of this size, blue first."""
    there_and_back = [*pictures, *reversed(pictures)]
    for picture in itertools.islice(itertools.cycle(there_and_back), frames):
        whole = picture if picture.shape[1::-1] == size else sized(picture, *size)
        yield np.ascontiguousarray(whole[:, :, ::-1])


def _look(at_s: float, n: int) -> Look:
    return Look(
        yaw_deg=6 * math.sin(2 * at_s),
        pitch_deg=3 * math.sin(1.3 * at_s),
        lids=float(n % _BLINK_EVERY < 4),
        mouth=0.5 + 0.5 * math.sin(9 * at_s),
    )
