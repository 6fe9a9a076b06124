"""The picture as a picture: light, sharpness, and whether it still moves."""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.flow import CameraHealth, Rgb
from edge_agent.vision.looks import Sight

_WIDTH_PX = 320
_TOP = 250


@dataclass(frozen=True, slots=True)
class HealthBounds:
    """Where a picture stops being one that can be read."""

    black_below_ratio: float = 0.04
    """Mean brightness: a covered lens, or a room without light."""
    over_exposed_above_ratio: float = 0.25
    """Share of clipped pixels: a window behind the candidate."""
    blurred_below: float = 10.0
    """Sharpness. Footage of faces in focus has 45 to 3,500; the same blurred by 3 pixels 2 to 7."""
    frozen_after_ms: int = 1_000


def camera_health(
    image: Rgb, mono_ns: int, frozen_ms: int, bounds: HealthBounds | None = None
) -> CameraHealth:
    """One picture's health. What is black or over-exposed has no detail, and is not called blurred."""
    import cv2

    bounds = bounds or HealthBounds()
    height, width = image.shape[:2]
    size = (_WIDTH_PX, max(1, round(height * _WIDTH_PX / width)))
    whole = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    brightness = float(grey.mean()) / 255
    clipped = float((whole >= _TOP).mean())
    sharpness = float(cv2.Laplacian(grey, cv2.CV_64F).var())
    black = brightness < bounds.black_below_ratio
    over_exposed = clipped > bounds.over_exposed_above_ratio
    return CameraHealth(
        mono_ns=mono_ns,
        brightness_ratio=brightness,
        clipped_ratio=clipped,
        sharpness=sharpness,
        frozen=frozen_ms >= bounds.frozen_after_ms,
        black=black,
        blurred=sharpness < bounds.blurred_below and not (black or over_exposed),
        over_exposed=over_exposed,
    )


class HealthLooker:
    """One look a second; needs no model."""

    kind = "health"
    rate_hz = 1.0

    def look(self, sight: Sight) -> CameraHealth:
        return camera_health(sight.frame.image, sight.frame.mono_ns, sight.frozen_ms)

    def close(self) -> None:
        """Holds nothing."""
