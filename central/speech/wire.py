"""Audio records as they lie in the database become this package's values."""

from __future__ import annotations

from google.protobuf.message import DecodeError

from central.errors import EngineError
from central.speech.decode import Sound, SoundFormat
from daedam.v1 import interview_pb2, measuring_pb2, record_pb2


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
        message.voice,
    )


def sound_format(payload: bytes) -> SoundFormat:
    """A `daedam.v1.AudioFormat`. Raises `EngineError` where it is none."""
    try:
        message = measuring_pb2.AudioFormat.FromString(payload)
    except DecodeError as error:
        raise EngineError("audio", "the record is no AudioFormat message") from error
    return SoundFormat(
        message.codec,
        message.sample_rate_hz,
        message.extradata,
        message.channel,
        message.sample_zero_mono_ns,
    )


def speech_span(payload: bytes) -> tuple[int, int]:
    """From when to when the room itself spoke, by a `daedam.v1.RoomSpeech`; monotonic, ns."""
    try:
        message = interview_pb2.RoomSpeech.FromString(payload)
    except DecodeError as error:
        raise EngineError("audio", "the record is no RoomSpeech message") from error
    return message.from_mono_ns, message.to_mono_ns


def sentence_span(payload: bytes) -> tuple[int, int] | None:
    """While the sentence was read aloud, by a `daedam.v1.Calibration`; None: it was not."""
    try:
        message = record_pb2.Calibration.FromString(payload)
    except DecodeError as error:
        raise EngineError("audio", "the record is no Calibration message") from error
    if message.sentence_to_mono_ns <= message.sentence_from_mono_ns:
        return None
    return message.sentence_from_mono_ns, message.sentence_to_mono_ns
