"""What is looked at less often than every frame: one sight for all, one looker for each.

To add a kind: write its looker, name it in `lookers`, and give its value a place in `messages.Looked`.
A looker whose switch is off is not made: its model is not opened and nothing of it is computed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from edge_agent.flow import BodyLook, CameraHealth, EmotionGlance, HeadPose, VideoFrame
from edge_agent.models.places import EMOTION, model_file
from edge_agent.vision.canonical import Points
from edge_agent.vision.settings import VisionSettings

if TYPE_CHECKING:  # the finders' ports stand beside the lookers, which take a `Sight`
    from edge_agent.vision.finders import Finders

LookValue: TypeAlias = BodyLook | CameraHealth | EmotionGlance


@dataclass(frozen=True, slots=True)
class Sight:
    """A frame after its face was read."""

    frame: VideoFrame
    face: Points | None
    """The candidate's landmarks in this very frame, pixels (478, 3)."""
    faces: int
    frozen_ms: int
    """Since when the picture is the same to the bit."""
    head: HeadPose | None = None
    """The candidate's, where it was read."""


class Looker(Protocol):
    """Answers one question about a sight, in the second thread alone."""

    kind: str
    rate_hz: float

    def look(self, sight: Sight) -> LookValue:
        """Its value carries the frame's own `mono_ns`."""
        ...

    def close(self) -> None:
        """Gives its model back."""
        ...


def lookers(settings: VisionSettings, finders: Finders | None = None) -> list[Looker]:
    """Those that are switched on, loaded and warm; the camera's health always. Without `finders` they
    are those of the profile `cpu`.

    Raises:
        ModelError: a model that is wanted is not built, or is none.
    """
    from edge_agent.vision.camera_health import HealthLooker

    folder = Path(settings.models) if settings.models else None
    if finders is None:
        from edge_agent.vision.finders import MediaPipeFinders

        finders = MediaPipeFinders(folder)
    made: list[Looker] = [HealthLooker()]
    try:
        if settings.posture:
            from edge_agent.vision.posture import PostureLooker

            made.append(PostureLooker(finders.joints()))
        if settings.hands:
            from edge_agent.vision.hands import HandsLooker

            made.append(HandsLooker(finders.hands()))
        if settings.people:
            from edge_agent.vision.people import PeopleLooker

            made.append(PeopleLooker(finders.boxes()))
        if settings.emotion:
            from edge_agent.vision.emotion import EmotionLooker

            made.append(EmotionLooker(model_file(EMOTION, folder), settings.emotion_bounds))
    except BaseException:
        for one in made:
            one.close()
        raise
    return made


SWITCHED = ("posture", "hands", "people", "emotion")
"""Kinds that a switch of the same name turns on."""


def kinds(settings: VisionSettings) -> frozenset[str]:
    """The kinds that `settings` want, but for what is always there."""
    return frozenset(kind for kind in SWITCHED if getattr(settings, kind))


def only(settings: VisionSettings, wanted: frozenset[str]) -> VisionSettings:
    """The same settings with these kinds on and the others off."""
    return replace(
        settings,
        posture="posture" in wanted,
        hands="hands" in wanted,
        people="people" in wanted,
        emotion="emotion" in wanted,
    )
