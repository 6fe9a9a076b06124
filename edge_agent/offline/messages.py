"""What the agent and the process that looks at a file say to each other; how it travels is in
`framing`.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TypeAlias

import msgspec

from edge_agent.flow import FrameReading
from edge_agent.framing import receive, received
from edge_agent.offline.limits import Limits
from edge_agent.vision.messages import Looked
from edge_agent.vision.settings import VisionSettings


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """Agent -> child, once. Frames before `from_ns` (media time) were looked at by an earlier one."""

    settings: VisionSettings
    limits: Limits
    every: int
    looks_share: float
    from_ns: int = 0
    confine: bool = True


class Working(msgspec.Struct, frozen=True, tag="working"):
    """Child -> agent: still there, models load or packets are counted."""


class About(msgspec.Struct, frozen=True, tag="about"):
    """Child -> agent, once, before anything is decoded. None: the file does not say, or has none."""

    container: str
    video_codec: str
    audio_codec: str | None
    width: int
    height: int
    frames: int
    span_ns: int
    period_ns: int
    """How far taken frames usually lie apart."""
    claimed_s: float | None
    problem: str
    """Why the file is not whole; empty where it is."""
    confined_by: tuple[str, ...]
    provider: str
    versions: dict[str, str]


class Taken(msgspec.Struct, frozen=True, tag="taken"):
    """Child -> agent, after About: media times of frames that will be looked at, in order."""

    at_us: tuple[int, ...]
    last: bool


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """Child -> agent: a frame that was read; `mono_ns` is media time, the index counts taken ones."""

    reading: FrameReading


class Heard(msgspec.Struct, frozen=True, tag="heard"):
    """Child -> agent: the next sound, 16 kHz mono, 16 bit little endian. `at_sample` counts from the
    first picture.
    """

    at_sample: int
    pcm: bytes


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """Child -> agent, last: everything was looked at. `problem`: what could not be decoded."""

    problem: str = ""
    sound_problem: str = ""
    rotation_deg: int = 0


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """Child -> agent, last: this is no video that can be looked at, or a model is missing."""

    code: str
    why: str


Up: TypeAlias = Working | About | Taken | Seen | Looked | Heard | Ended | Refused
_up: msgspec.msgpack.Decoder[Up] = msgspec.msgpack.Decoder(Up)
_begin: msgspec.msgpack.Decoder[Begin] = msgspec.msgpack.Decoder(Begin)


async def receive_up(reader: asyncio.StreamReader) -> Up:
    """The child's next message.

    Raises:
        EOFError: the child is gone, or spoke nonsense.
    """
    return await received(reader, _up)


def receive_begin(link: socket.socket) -> Begin | None:
    """The agent's only message; None where the agent is gone."""
    return receive(link, _begin)
