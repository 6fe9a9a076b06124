"""How each file of the manifest is made from its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from edge_agent.models import bundle, emotion, places
from edge_agent.models.attention import to_478
from edge_agent.models.conversion import Picture, to_onnx

Recipe: TypeAlias = Callable[[Mapping[str, bytes]], bytes]

_SIGNED, _UNIT = Picture(-1.0, 1.0), Picture(0.0, 1.0)
_BOXES: Final = {"boxes": 0, "scores": 1}
_POINTS: Final = {"landmarks": 0, "presence": 1}


def _converted(part: str, picture: Picture, outputs: Mapping[str, int]) -> Recipe:
    """The network as it is, with these of its outputs."""
    return lambda parts: to_onnx(part, parts[part], picture, outputs)


def _face_landmarks(parts: Mapping[str, bytes]) -> bytes:
    """The very network of the face bundle, its regions put together in the same graph."""
    return to_onnx("landmarks", to_478(parts["landmarks"]), _UNIT, _POINTS)


RECIPES: Final[Mapping[str, Recipe]] = {
    places.FACE: lambda parts: bundle.face(parts["detector"], parts["landmarks"]),
    places.POSE: lambda parts: bundle.pose(parts["detector"], parts["landmarks"]),
    places.HAND: lambda parts: bundle.hand(parts["detector"], parts["landmarks"]),
    places.PEOPLE: lambda parts: bundle.people(parts["detector"]),
    places.EMOTION: lambda parts: emotion.to_onnx(parts["network"]),
    places.FACE_DETECTOR: _converted("detector", _SIGNED, _BOXES),
    places.FACE_LANDMARKS: _face_landmarks,
    places.POSE_DETECTOR: _converted("detector", _SIGNED, _BOXES),
    places.POSE_LANDMARKS: _converted("landmarks", _UNIT, {**_POINTS, "heatmap": 3}),
    places.HAND_DETECTOR: _converted("detector", _UNIT, _BOXES),
    places.HAND_LANDMARKS: _converted("landmarks", _UNIT, _POINTS),
    places.PEOPLE_DETECTOR: _converted("detector", _SIGNED, _BOXES),
}
