"""`[scoring]` of the configuration: every figure behind a score."""

from __future__ import annotations

import math

from edge_agent.errors import ConfigError
from edge_agent.section import Section


class Variant(Section, frozen=True):
    """One named way to weigh the gaze."""

    name: str
    """What reports call it."""
    jitter: float
    """Weight of the gaze's steadiness, against that of `compliance`."""
    compliance: float
    """Weight of the time on the screen."""
    share: float
    """How often it is drawn, against the shares of the others; 0: never."""


class Scoring(Section, frozen=True):
    """What may be scored, and where each scale begins and ends. A value at its good end (`steady_`,
    `full_`) has 100 points, at its other end 40.
    """

    most_yaw_deg: float = 30.0
    """A head turned further from the camera is not scored: landmarks get worse."""
    most_pitch_deg: float = 25.0
    least_face_height_ratio: float = 0.12
    """A smaller face, over the picture's height, is not scored: a degree of gaze is too few pixels."""
    least_shoulder_width_ratio: float = 0.1
    """Narrower shoulders, over the picture's width, are not scored: they are turned away or far off."""
    least_brightness_ratio: float = 0.12
    """Mean light of a picture, over full scale, that can be scored."""
    most_brightness_ratio: float = 0.9
    least_coverage: float = 0.5
    """Less of a second than this behind a value is no value."""
    farthest_pair_ms: float = 220.0
    """Frames further apart do not say how the gaze trembles: a camera of 5 frames/s still does."""
    steady_gaze_deg: float = 1.0
    """RMS from frame to frame while the gaze rests: what the camera's own noise makes of a still eye
    (0.3 to 1.0 degrees on a still picture with noise of 2 to 8 of 255). People who talk and look
    around had 0.3 to 2.5 on footage, with single seconds up to 9."""
    restless_gaze_deg: float = 6.0
    steady_head_deg: float = 0.5
    """RMS departure of the head from its mean direction within a second. Noise alone: 0.1 to 0.4."""
    restless_head_deg: float = 8.0
    steady_posture_ratio: float = 0.02
    """RMS departure of the shoulders within a second, in shoulder widths."""
    restless_posture_ratio: float = 0.25
    full_smile_ratio: float = 0.12
    """Rise of the mouth corners over the candidate's own neutral, in distances of the eye corners."""
    variants: tuple[Variant, ...] = (
        Variant(name="a", jitter=0.4, compliance=0.6, share=1.0),
        Variant(name="b", jitter=0.3, compliance=0.7, share=0.0),
        Variant(name="c", jitter=0.5, compliance=0.5, share=0.0),
    )
    """Weights of the gaze's total. An interview draws one by a hash of its id. With the defaults all
    have the first: candidates who compete are weighed alike unless somebody decides otherwise."""


def check_scoring(scoring: Scoring) -> None:
    """Raises `ConfigError` where the figures are no scale, no share or no choice."""
    for kind, begin, end in (
        ("gaze_deg", scoring.steady_gaze_deg, scoring.restless_gaze_deg),
        ("head_deg", scoring.steady_head_deg, scoring.restless_head_deg),
        ("posture_ratio", scoring.steady_posture_ratio, scoring.restless_posture_ratio),
    ):
        if not 0 <= begin < end < math.inf:
            key = f"scoring.restless_{kind}"
            raise ConfigError(key, f"{end} must be greater than steady_{kind}, which is {begin}")
    if not 0 < scoring.full_smile_ratio < math.inf:
        raise ConfigError("scoring.full_smile_ratio", "must be greater than 0")
    if not 0 < scoring.least_shoulder_width_ratio < math.inf:
        raise ConfigError("scoring.least_shoulder_width_ratio", "must be greater than 0")
    if not 0 < scoring.least_coverage <= 1:
        raise ConfigError("scoring.least_coverage", "must be greater than 0 and at most 1")
    names = [one.name for one in scoring.variants]
    if len(set(names)) < len(names) or not all(names):
        raise ConfigError("scoring.variants", "each needs a name of its own")
    numbers = [(one.jitter, one.compliance, one.share) for one in scoring.variants]
    if not all(0 <= number < math.inf for row in numbers for number in row):
        raise ConfigError("scoring.variants", "weights and shares must be 0 or more")
    if not all(jitter + compliance > 0 for jitter, compliance, _ in numbers):
        raise ConfigError("scoring.variants", "each needs a weight greater than 0")
    if not any(share > 0 for _, _, share in numbers):
        raise ConfigError("scoring.variants", "one needs a share greater than 0")
