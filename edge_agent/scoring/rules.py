"""What scores are computed by: the figures of `[scoring]`, of which no formula has its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """One named way to weigh the gaze. `share` is how often it is drawn, against those of the others."""

    name: str
    jitter: float
    compliance: float
    share: float


@dataclass(frozen=True, slots=True)
class Rules:
    """Bounds of what is valid, and where each scale begins and ends; see `edge_agent.config.Scoring`,
    whose fields these are.
    """

    most_yaw_deg: float
    most_pitch_deg: float
    least_face_height_ratio: float
    least_shoulder_width_ratio: float
    least_brightness_ratio: float
    most_brightness_ratio: float
    least_coverage: float
    farthest_pair_ms: float
    steady_gaze_deg: float
    restless_gaze_deg: float
    steady_head_deg: float
    restless_head_deg: float
    steady_posture_ratio: float
    restless_posture_ratio: float
    full_smile_ratio: float
    variants: tuple[Variant, ...]
