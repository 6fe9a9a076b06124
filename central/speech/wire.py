"""Audio records as they lie in the database become this package's values."""

from __future__ import annotations

from google.protobuf.message import DecodeError

from central.errors import EngineError
from central.speech.decode import Sound, SoundFormat
from daedam.v1 import measuring_pb2


def sound(payload: bytes) -> Sound:
    """A `daedam.v1.Audio`. Raises `EngineError` where it is none."""
    try:
        message = measuring_pb2.Audio.FromString(payload)
    except DecodeError as error:
        raise EngineError("audio", "the record is no Audio message") from error
    return Sound(
        message.first_sample,
        message.sample_count,
        tuple(message.packets),
        message.channel,
        message.playing,
    )


def sound_format(payload: bytes) -> SoundFormat:
    """A `daedam.v1.AudioFormat`. Raises `EngineError` where it is none."""
    try:
        message = measuring_pb2.AudioFormat.FromString(payload)
    except DecodeError as error:
        raise EngineError("audio", "the record is no AudioFormat message") from error
    return SoundFormat(message.codec, message.sample_rate_hz, message.extradata, message.channel)
