"""The tokens' own promise: 4.5:1 for every word, 7:1 for what the kiosk uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
TOKENS = Path(__file__).parents[2] / "central" / "dashboard" / "ui" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
SURFACES = ("surface-0", "surface-1")
KIOSK = [
    *((word, surface) for word in ("text-1", "text-2", "accent") for surface in SURFACES),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("text-1", "surface-2"),
    ("text-1", "accent-soft"),
    ("attention", "attention-soft"),
    ("attention", "surface-1"),
]
BOARD = [
    *((word, s) for word in ("text-3", "ready", "fault", "attention") for s in SURFACES),
    ("text-3", "surface-2"),
    ("accent", "accent-soft"),
    ("fault", "fault-soft"),
    ("ready", "ready-soft"),
]


def colours(theme: int) -> dict[str, str]:
    return {name: pair[theme] for name, *pair in PAIR.findall(TOKENS.read_text(encoding="utf-8"))}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [*((ink, paper, 7.0) for ink, paper in KIOSK), *((ink, paper, 4.5) for ink, paper in BOARD)],
)
def test_words_stand_out(ink: str, paper: str, least: float, theme: int) -> None:
    known = colours(theme)
    assert contrast(known[ink], known[paper]) >= least
