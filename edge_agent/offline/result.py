"""What came of a file, as one JSON document. What was not measured is null, and says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from edge_agent.flow import SAMPLE_RATE_HZ, Channel, ScoreWindow, Utterance
from edge_agent.offline.messages import About, Ended
from edge_agent.offline.preset import Preset
from edge_agent.scoring import Cadence
from edge_agent.scoring.cadence import FARTHEST_MS
from edge_agent.scoring.channels import SOUND

SCHEMA = "daedam.video-analysis/1"
_NS = 1_000_000_000
_UNCALIBRATED = frozenset(
    {
        Channel.SCREEN_X_RATIO,
        Channel.SCREEN_Y_RATIO,
        Channel.ON_SCREEN_RATIO,
        Channel.GAZE_COMPLIANCE_POINTS,
        Channel.GAZE_POINTS,
        Channel.EXPRESSION_POINTS,
    }
)
"""Channels that need what candidates do before an interview: look at points, with a face at rest."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that came of looking. `stopped`: why it did not get to the end of the file."""

    about: About
    ended: Ended | None
    cadence: Cadence
    windows: Sequence[ScoreWindow]
    utterances: Sequence[Utterance]
    stopped: str = ""

    @property
    def problems(self) -> list[str]:
        """Why it is not all that the file should hold."""
        ended = self.ended or Ended()
        told = [self.stopped, self.about.problem, ended.problem, ended.sound_problem]
        return [one for one in dict.fromkeys(told) if one]


def document(
    identity: dict[str, Any], found: Found, preset: Preset, looks: frozenset[str]
) -> dict[str, Any]:
    """`looks`: kinds that are switched on."""
    about, windows, problems = found.about, found.windows, found.problems
    return {
        "schema": SCHEMA,
        **identity,
        "complete": not problems,
        "problems": problems,
        "video": _video(about, found.ended),
        "frames": {
            "in_file": about.frames,
            "taken": sum(one.frames_captured for one in windows),
            "analysed": sum(one.frames_analysed for one in windows),
            "every": preset.every,
            "apart_ms": round(about.period_ns / 1e6, 1),
        },
        "gaze": {
            "calibrated": False,
            "why": "a recorded video has no points to look at: directions are the camera's, not the "
            "screen's",
        },
        "totals": _totals(windows),
        "not_measured": _not_measured(found, looks),
        "utterances": [_utterance(one) for one in found.utterances],
        "windows": [_window(one) for one in windows],
        "made_by": {
            "provider": about.provider,
            "versions": about.versions,
            "variant": windows[0].variant if windows else "",
            "confined_by": list(about.confined_by),
        },
    }


def refused(identity: dict[str, Any], code: str, why: str) -> dict[str, Any]:
    """Of a file that could not be looked at."""
    return {"schema": SCHEMA, **identity, "complete": False, "refused": {"code": code, "why": why}}


def _video(about: About, ended: Ended | None) -> dict[str, Any]:
    return {
        "container": about.container,
        "picture": about.video_codec,
        "sound": about.audio_codec,
        "width": about.width,
        "height": about.height,
        "turned_deg": ended.rotation_deg if ended else None,
        "length_s": round(about.span_ns / _NS, 3),
        "says_length_s": about.claimed_s,
    }


def _window(window: ScoreWindow) -> dict[str, Any]:
    return {
        "start_s": window.start_mono_ns / _NS,
        "length_s": window.length_ms / 1000,
        "frames_taken": window.frames_captured,
        "frames_analysed": window.frames_analysed,
        "measures": {
            one.channel.name.lower(): [_rounded(one.value), _rounded(one.coverage)]
            for one in window.measures
        },
    }


def _totals(windows: Sequence[ScoreWindow]) -> dict[str, dict[str, float | int | None]]:
    """Of each channel: the mean by coverage, extremes, and how much of the whole stands behind it."""
    found: dict[str, dict[str, float | int | None]] = {}
    for channel in _channels(windows):
        known = [
            (one.value, one.coverage)
            for window in windows
            for one in window.measures
            if one.channel is channel and one.value is not None
        ]
        weight = sum(share for _, share in known)
        mean = sum(value * share for value, share in known) / weight if weight else None
        found[channel.name.lower()] = {
            "mean": _rounded(mean),
            "minimum": _rounded(min((value for value, _ in known), default=None)),
            "maximum": _rounded(max((value for value, _ in known), default=None)),
            "coverage": _rounded(weight / len(windows) if windows else 0.0),
            "windows": len(known),
        }
    return found


def _channels(windows: Sequence[ScoreWindow]) -> list[Channel]:
    return sorted({one.channel for window in windows for one in window.measures})


def _not_measured(found: Found, looks: frozenset[str]) -> list[dict[str, str]]:
    totals = _totals(found.windows)
    return [
        {"what": channel.name.lower(), "why": _why(channel, found, looks)}
        for channel in _channels(found.windows)
        if totals[channel.name.lower()]["mean"] is None
    ]


def _why(channel: Channel, found: Found, looks: frozenset[str]) -> str:
    if channel in SOUND and found.about.audio_codec is None:
        return "the file has no sound"
    if channel in _UNCALIBRATED:
        return "needs a calibration, which a recorded video does not have"
    if channel in _KINDS and _KINDS[channel] not in looks:
        return "is switched off"
    if found.cadence.too_sparse(channel):
        apart, most = found.cadence.apart_ms(channel), FARTHEST_MS[channel]
        return f"was looked at every {apart:.0f} ms; it needs once every {most:.0f} ms"
    return "was not seen well enough in any second"


_KINDS = {
    Channel.SHOULDER_TILT_DEG: "posture",
    Channel.SHOULDER_WIDTH_RATIO: "posture",
    Channel.HANDS_COUNT: "hands",
    Channel.HAND_SPEED_RATIO_S: "hands",
    Channel.PEOPLE_COUNT: "people",
    Channel.POSTURE_STEADINESS_POINTS: "posture",
}


def _utterance(one: Utterance) -> dict[str, float]:
    return {
        "start_s": round(one.first_sample / SAMPLE_RATE_HZ, 3),
        "end_s": round(one.end_sample / SAMPLE_RATE_HZ, 3),
        "voiced_s": one.voiced_ms / 1000,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
