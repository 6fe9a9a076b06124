"""The sidecar of a replay: `x.mp4.json` beside `x.mp4`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edge_agent.errors import ReplayError


@dataclass(frozen=True, slots=True)
class Hands:
    """What a replayed candidate would press; None where the script leaves it to a person."""

    check_in: bool = False
    consent_recording: bool | None = None
    consent_ai_scoring: bool | None = None
    skip_calibration: bool = False
    consent_emotion: bool | None = None
    """Where the candidate is asked; None is no."""


@dataclass(frozen=True, slots=True)
class ReplayScript:
    """Where the media clock stands still, what is pressed, and what is known to happen when."""

    holds_s: tuple[float, ...] = (0.0,)
    hands: Hands = field(default_factory=Hands)
    truth: dict[str, Any] = field(default_factory=dict)


def read_script(video: Path) -> ReplayScript:
    """The script of a video; without a sidecar, one hold at 0 and hands that press everything.

    Raises:
        ReplayError: the sidecar is not what this module reads.
    """
    sidecar = video.with_name(video.name + ".json")
    if not sidecar.is_file():
        return ReplayScript(hands=Hands(True, True, True, True))
    try:
        raw = json.loads(sidecar.read_text(encoding="utf-8"))
        holds = _holds(raw.get("holds", []))
        return ReplayScript(holds, _hands(raw.get("hands", {})), dict(raw.get("truth", {})))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReplayError(str(sidecar), f"cannot be read as a replay script: {error!r}") from error


def _holds(raw: list[dict[str, Any]]) -> tuple[float, ...]:
    holds = tuple(float(hold["at_s"]) for hold in raw)
    if list(holds) != sorted(holds) or any(hold < 0 for hold in holds):
        raise ValueError("holds must be in order and not before 0")
    return holds


def _hands(raw: dict[str, Any]) -> Hands:
    consent = raw.get("consent")
    return Hands(
        bool(raw.get("check_in", False)),
        bool(consent["recording"]) if consent else None,
        bool(consent["ai_scoring"]) if consent else None,
        bool(raw.get("skip_calibration", False)),
        bool(consent["emotion"]) if consent and "emotion" in consent else None,
    )
