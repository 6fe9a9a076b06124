"""What the agent and its vision process say to each other; how it travels is in `framing`."""

from __future__ import annotations

import asyncio
import socket
from typing import TypeAlias

import msgspec

from edge_agent.flow import (
    CameraHealth,
    Channels,
    EmotionGlance,
    FrameReading,
    HandsLook,
    PeopleLook,
    PostureLook,
)
from edge_agent.framing import receive, received
from edge_agent.vision.looks import LookValue
from edge_agent.vision.settings import VisionSettings


class Start(msgspec.Struct, frozen=True, tag="start"):
    """Agent -> child, once, first. `releases` are those of earlier children."""

    settings: VisionSettings
    releases_mono_ns: tuple[int, ...]


class Release(msgspec.Struct, frozen=True, tag="release"):
    """Agent -> child: the replay goes on from its next hold."""

    at_mono_ns: int


class Measure(msgspec.Struct, frozen=True, tag="measure"):
    """Agent -> child: from now on exactly this is measured."""

    channels: Channels


class View(msgspec.Struct, frozen=True, tag="view"):
    """Agent -> child: from now on the kiosk wants small pictures, or what QR codes hold, or neither."""

    pictures: bool
    codes: bool


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """Agent -> child: close the camera and leave."""


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """Child -> agent, once: models are warm and the camera is open."""

    camera: str
    provider: str
    """What really computes."""
    fps: float
    profile: str = "cpu"
    fallback: str = ""
    """Why that is not the profile that was wanted."""


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Child -> agent, for every analysed frame; counts of this child, and what its picture is."""

    reading: FrameReading
    captured: int
    analysed: int
    dropped: int
    fingerprint: int = 0


class Looked(msgspec.Struct, frozen=True, tag="looked", omit_defaults=True):
    """Child -> agent, for every look that is not at every frame; exactly one part is set."""

    posture: PostureLook | None = None
    hands: HandsLook | None = None
    people: PeopleLook | None = None
    health: CameraHealth | None = None
    emotion: EmotionGlance | None = None

    @property
    def value(self) -> LookValue | None:
        """The part that is set."""
        return self.posture or self.hands or self.people or self.health or self.emotion


def looked(value: LookValue) -> Looked:
    """A look as a message."""
    match value:
        case PostureLook():
            return Looked(posture=value)
        case HandsLook():
            return Looked(hands=value)
        case PeopleLook():
            return Looked(people=value)
        case CameraHealth():
            return Looked(health=value)
        case EmotionGlance():
            return Looked(emotion=value)


class Viewed(msgspec.Struct, frozen=True, tag="viewed", omit_defaults=True):
    """Child -> agent: a JPEG for the kiosk, and the text of a QR code. Nobody keeps either."""

    picture: bytes = b""
    code: str = ""


class Lacking(msgspec.Struct, frozen=True, tag="lacking"):
    """Child -> agent: a kind of look that was asked for cannot be had; all else goes on."""

    kind: str
    problem: str


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Child -> agent, last: it cannot go on. `kind` is "camera", "replay" or "model"."""

    kind: str
    device: str
    problem: str
    present: tuple[str, ...]


Down: TypeAlias = Start | Release | Measure | View | Stop
Up: TypeAlias = Opened | Read | Looked | Viewed | Lacking | Failed
_down: msgspec.msgpack.Decoder[Down] = msgspec.msgpack.Decoder(Down)
_up: msgspec.msgpack.Decoder[Up] = msgspec.msgpack.Decoder(Up)


async def receive_up(reader: asyncio.StreamReader) -> Up:
    """The child's next message.

    Raises:
        EOFError: the child is gone, or spoke nonsense.
    """
    return await received(reader, _up)


def receive_down(link: socket.socket) -> Down | None:
    """The agent's next message, waiting for it; None where the agent is gone."""
    return receive(link, _down)
