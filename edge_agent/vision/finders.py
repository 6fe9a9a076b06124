"""The two profiles: which finders look at the pictures, and what they compute on.

`cpu`: MediaPipe on the processor (XNNPACK). `gpu`: the same networks in onnxruntime on a graphics card,
with our own tracking. Readings are the same; `lookers` and `FrameReader` do not know which they have.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from edge_agent.errors import ModelError
from edge_agent.models.places import FACE, FACE_LANDMARKS, HAND, PEOPLE, POSE, model_file
from edge_agent.vision.face import FaceFinder, MediaPipeFaces
from edge_agent.vision.hands import HandFinder
from edge_agent.vision.inference import Device, cuda_offered, cuda_problem
from edge_agent.vision.people import BoxFinder
from edge_agent.vision.posture import JointFinder
from edge_agent.vision.settings import Wanted
from edge_agent.vision.tracking.sessions import Sessions

Profile: TypeAlias = Literal["cpu", "gpu"]


class Finders(Protocol):
    """Makes the finders of one profile. Each call loads models; raises `ModelError`."""

    @property
    def profile(self) -> Profile: ...

    @property
    def provider(self) -> str:
        """What really computes, of the finders made so far."""
        ...

    @property
    def fallback(self) -> str:
        """Why it is not what was wanted; empty where it is."""
        ...

    def faces(self) -> FaceFinder: ...

    def joints(self) -> JointFinder: ...

    def hands(self) -> HandFinder: ...

    def boxes(self) -> BoxFinder: ...


class MediaPipeFinders:
    """Profile `cpu`. `face`: the face bundle, where it does not lie in `folder`."""

    profile: Profile = "cpu"
    provider = MediaPipeFaces.provider

    def __init__(
        self, folder: Path | None, *, face: Path | None = None, fallback: str = ""
    ) -> None:
        self._folder, self._face, self.fallback = folder, face, fallback

    def faces(self) -> FaceFinder:
        return MediaPipeFaces(self._face or model_file(FACE, self._folder))

    def joints(self) -> JointFinder:
        from edge_agent.vision.tasks import MediaPipeJoints

        return MediaPipeJoints(model_file(POSE, self._folder))

    def hands(self) -> HandFinder:
        from edge_agent.vision.tasks import MediaPipeHands

        return MediaPipeHands(model_file(HAND, self._folder))

    def boxes(self) -> BoxFinder:
        from edge_agent.vision.tasks import MediaPipeFaceBoxes

        return MediaPipeFaceBoxes(model_file(PEOPLE, self._folder))


class OnnxFinders:
    """Profile `gpu`. `wanted`: "cpu" computes the same on the processor, for tests and comparisons."""

    profile: Profile = "gpu"

    def __init__(
        self, folder: Path | None, wanted: Device = "cuda", *, sessions: Sessions | None = None
    ) -> None:
        self._folder, self._sessions = folder, sessions or Sessions(wanted)

    @property
    def provider(self) -> str:
        return self._sessions.provider

    @property
    def fallback(self) -> str:
        return self._sessions.fallback

    def faces(self) -> FaceFinder:
        from edge_agent.vision.tracking.faces import OnnxFaces

        return OnnxFaces(self._folder, self._sessions)

    def joints(self) -> JointFinder:
        from edge_agent.vision.tracking.joints import OnnxJoints

        return OnnxJoints(self._folder, self._sessions)

    def hands(self) -> HandFinder:
        from edge_agent.vision.tracking.hands import OnnxHands

        return OnnxHands(self._folder, self._sessions)

    def boxes(self) -> BoxFinder:
        from edge_agent.vision.tracking.people import OnnxFaceBoxes

        return OnnxFaceBoxes(self._folder, self._sessions)


def choose(wanted: Wanted, folder: Path | None, face: Path | None = None) -> Finders:
    """The profile that runs here. `gpu` runs only where the face network has computed on a card."""
    problem = "" if wanted == "cpu" else _problem(folder)
    profile, fallback = decide(wanted, problem, offered=wanted != "cpu" and cuda_offered())
    if profile == "gpu":
        return OnnxFinders(folder)
    return MediaPipeFinders(folder, face=face, fallback=fallback)


def decide(wanted: Wanted, problem: str, *, offered: bool) -> tuple[Profile, str]:
    """The profile, and why it is not the wanted one. `problem` is why no card can be used; `offered`:
    the installed onnxruntime is the one for cards. With "auto" a PC without it falls back from nothing.
    """
    if wanted == "cpu":
        return "cpu", ""
    if not problem:
        return "gpu", ""
    return "cpu", problem if wanted == "gpu" or offered else ""


def _problem(folder: Path | None) -> str:
    try:
        return cuda_problem(model_file(FACE_LANDMARKS, folder))
    except ModelError as error:
        return str(error)
