"""Wire messages from rooms become facts. Whatever cannot be believed is a `RecordError`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

import google_crc32c
from google.protobuf.message import DecodeError, Message

from central.bus.events import Readings
from central.errors import RecordError
from central.gateway.calibrations import problem, read_calibration, read_progress
from central.gateway.emotions import read_emotions
from central.gateway.presses import KINDS
from central.gateway.room_checks import read_sentences
from central.interview import facts
from daedam.v1 import interview_pb2, live_pb2, measuring_pb2, record_pb2, room_pb2

MAX_PAYLOAD_BYTES: Final = 128 * 1024
MAX_INT64: Final = 2**63 - 1
MAX_NAME: Final = 64

MALFORMED: Final = int(room_pb2.REJECT_REASON_MALFORMED)
CORRUPT: Final = int(room_pb2.REJECT_REASON_CORRUPT)
OVERSIZE: Final = int(room_pb2.REJECT_REASON_OVERSIZE)
NOT_ASSIGNED: Final = int(room_pb2.REJECT_REASON_NOT_ASSIGNED)
REFUSED: Final = int(room_pb2.REJECT_REASON_REFUSED)

AUDIO_FORMAT: Final = int(record_pb2.RECORD_KIND_AUDIO_FORMAT)

SessionRequest = room_pb2.SessionRequest
M = TypeVar("M", bound=Message)


def read_record(record: record_pb2.Record) -> facts.Record:
    """A record as a fact, once its size, checksum, form and numbers are believable.

    Raises `RecordError` with the reason for the room and the quarantine.
    """
    seq, payload = record.seq, record.payload
    if len(payload) > MAX_PAYLOAD_BYTES:
        raise RecordError(seq, OVERSIZE, f"the payload has {len(payload)} bytes")
    if google_crc32c.value(payload) != record.crc32c:
        raise RecordError(seq, CORRUPT, "the checksum does not match the payload")
    return facts.Record(
        seq=seq,
        wall_ns=record.wall_ns,
        mono_ns=record.mono_ns,
        interview_id=_interview_id(record),
        kind=record.kind,
        crc=record.crc32c,
        payload=payload,
        fact=_fact(record),
    )


def refused(record: record_pb2.Record, error: RecordError) -> facts.RefusedRecord:
    """A record as the quarantine keeps it."""
    return facts.RefusedRecord(
        seq=record.seq,
        interview_ref=record.interview_id.replace("\0", "\N{REPLACEMENT CHARACTER}")[:200],
        kind=record.kind,
        reason=error.reason,
        detail=error.detail,
        payload=record.payload,
        crc=record.crc32c,
    )


def reason_name(reason: int) -> str:
    """A `RejectReason` as the quarantine stores it: "malformed", "corrupt", ..."""
    return _lower(room_pb2.RejectReason.Name(_any(reason)), "REJECT_REASON_")


def read_audio_format(payload: bytes) -> facts.AudioFormat:
    """A stored AudioFormat; raises `DecodeError` for anything else."""
    return _audio_format(measuring_pb2.AudioFormat.FromString(payload))


def read_live(live: live_pb2.Live, room: str) -> Readings:
    """The room right now, as dashboards see it. What this version does not know is left out."""
    return Readings(
        room=room,
        interview_id=live.interview_id,
        wall_ns=live.wall_ns,
        phase=_PHASES.get(live.phase, _UNKNOWN_PHASE),
        turn_id=live.turn_id,
        question_id=live.question_id,
        position=live.position,
        question_count=live.question_count,
        phase_elapsed_ms=live.phase_elapsed_ms,
        speaking=live.speaking,
        measures=_columns(live.columns) if live.HasField("columns") else _measures(live.measures),
        calibration=read_progress(live),
    )


def read_capabilities(hello: room_pb2.Hello) -> dict[str, str]:
    """What the room PC has, as `agents.capabilities` keeps it."""
    found = hello.capabilities
    return {
        field.name: str(getattr(found, field.name)).replace("\0", "")[:200]
        for field in found.DESCRIPTOR.fields
    }


def _interview_id(record: record_pb2.Record) -> int | None:
    text = record.interview_id
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise RecordError(record.seq, NOT_ASSIGNED, "there is no such interview")
    return int(text)


def _fact(record: record_pb2.Record) -> facts.Fact | None:
    if record.kind not in _KINDS:
        raise RecordError(record.seq, MALFORMED, f"record kind {record.kind} is not known")
    message_type, convert = _KINDS[record.kind]
    try:
        message = message_type.FromString(record.payload)
    except DecodeError as error:
        problem = f"the payload is no {message_type.DESCRIPTOR.name}"
        raise RecordError(record.seq, MALFORMED, problem) from error
    _check(record.seq, message)
    if record.kind in _OF_AN_INTERVIEW and not record.interview_id:
        raise RecordError(record.seq, MALFORMED, "it has to name its interview")
    try:
        return convert(message) if convert is not None else None
    except ValueError as error:
        raise RecordError(record.seq, MALFORMED, str(error)) from error


def _check(seq: int, message: Message) -> None:
    """Raises `RecordError` where a value cannot be stored or means nothing."""
    for field in message.DESCRIPTOR.fields:
        value = getattr(message, field.name)
        if field.enum_type is not None and (
            value == 0 or value not in field.enum_type.values_by_number
        ):
            raise RecordError(seq, MALFORMED, f"{field.name} {value} is not known")
        if isinstance(value, str) and "\0" in value:
            raise RecordError(seq, MALFORMED, f"{field.name} holds a NUL")
        if isinstance(value, int) and value > MAX_INT64:
            raise RecordError(seq, MALFORMED, f"{field.name} is too large")
        if isinstance(value, float) and not math.isfinite(value):
            raise RecordError(seq, MALFORMED, f"{field.name} is not a number")
    if said := problem(message):
        raise RecordError(seq, MALFORMED, said)
    if isinstance(message, measuring_pb2.ScoreWindow):
        for measure in message.measures:
            if not (math.isfinite(measure.value) and math.isfinite(measure.coverage)):
                raise RecordError(seq, MALFORMED, "a measure is not a number")


def _lower(name: str, prefix: str) -> str:
    return name.removeprefix(prefix).lower()


def _any(value: Any) -> Any:
    """Generated enums are types of their own; numbers that were checked pass as them."""
    return value


def _columns(columns: live_pb2.Columns) -> dict[str, tuple[float | None, float]]:
    """Columns of unequal length are read as far as all of them go."""
    found: dict[str, tuple[float | None, float]] = {}
    for channel, share, milli in zip(
        columns.channels, columns.coverage, columns.milli, strict=False
    ):
        name = _CHANNELS.get(channel)
        if name is not None:
            found[name] = (milli / 1000 if share else None, _SHARES[share])
    return found


def _measures(
    measures: Iterable[measuring_pb2.Measure],
) -> dict[str, tuple[float | None, float]]:
    found: dict[str, tuple[float | None, float]] = {}
    for one in measures:  # ten times a second a room: each field is read once
        name = _CHANNELS.get(one.channel)
        if name is None:
            continue
        coverage = one.coverage
        share = round(coverage, 4) if _is_finite(coverage) else 0.0
        if one.HasField("value") and _is_finite(value := one.value):
            found[name] = (value, share)
        else:
            found[name] = (None, share)
    return found


def _audio_format(m: measuring_pb2.AudioFormat) -> facts.AudioFormat:
    return facts.AudioFormat(
        m.channel, int(m.codec), m.sample_rate_hz, m.extradata, m.sample_zero_mono_ns
    )


def _audio(m: measuring_pb2.Audio) -> facts.AudioBlock:
    return facts.AudioBlock(
        m.channel, m.first_sample, m.sample_count, tuple(m.packets), m.voice, m.playing, m.gap
    )


def _utterance(m: measuring_pb2.Utterance) -> facts.Utterance:
    return facts.Utterance(
        utterance_key=m.utterance_id,
        turn_key=m.turn_id,
        channel=m.channel,
        first_sample=m.first_sample,
        end_sample=m.end_sample,
        first_seq=m.first_seq,
        last_seq=m.last_seq,
        format_seq=m.format_seq,
        voiced_ms=m.voiced_ms,
        cut=_lower(measuring_pb2.UtteranceCut.Name(m.cut), "UTTERANCE_CUT_"),
        language=m.language,
        ordinal=m.ordinal,
    )


def _turn_event(m: interview_pb2.TurnEvent) -> facts.TurnEvent:
    kind = _lower(interview_pb2.TurnEventKind.Name(m.kind), "TURN_EVENT_KIND_")
    return facts.TurnEvent(kind, m.turn_id, m.question_id, m.position, m.text)


def _answer_ended(m: interview_pb2.AnswerEnded) -> facts.AnswerEnded:
    reason = _lower(interview_pb2.AnswerEndReason.Name(m.reason), "ANSWER_END_REASON_")
    return facts.AnswerEnded(
        m.turn_id, m.question_id, reason, m.utterances, m.first_sample, m.end_sample
    )


def _command_result(m: interview_pb2.CommandResult) -> facts.CommandResult:
    outcome = _lower(interview_pb2.CommandOutcome.Name(m.outcome), "COMMAND_OUTCOME_")
    return facts.CommandResult(m.command_id, outcome, m.detail, read_sentences(m))


def _score_window(m: measuring_pb2.ScoreWindow) -> facts.ScoreWindow:
    return facts.ScoreWindow(
        start_mono_ns=m.start_mono_ns,
        length_ms=m.length_ms,
        frames_captured=m.frames_captured,
        frames_analysed=m.frames_analysed,
        turn_key=m.turn_id,
        measures=_measures(m.measures),
        variant=m.variant[:MAX_NAME],
    )


_is_finite = math.isfinite
_SHARES: Final = tuple(round(share / 255, 4) for share in range(256))
"""Fifty channels ten times a second of hundreds of rooms: rounding was a tenth of all work."""
_UNKNOWN_PHASE: Final = "unspecified"
_PHASES: Final[dict[int, str]] = {
    number: _lower(name, "PHASE_") for name, number in live_pb2.Phase.items()
}
_CHANNELS: Final[dict[int, str]] = {
    number: _lower(name, "CHANNEL_")
    for name, number in measuring_pb2.Channel.items()
    if number != measuring_pb2.CHANNEL_UNSPECIFIED
}

_KINDS: Final[dict[int, tuple[Any, Callable[[Any], facts.Fact] | None]]] = {
    record_pb2.RECORD_KIND_FRAME_READINGS: (measuring_pb2.FrameReadings, None),
    record_pb2.RECORD_KIND_SCORE_WINDOW: (measuring_pb2.ScoreWindow, _score_window),
    record_pb2.RECORD_KIND_BODY_READINGS: (measuring_pb2.BodyReadings, None),
    record_pb2.RECORD_KIND_EMOTION_READINGS: (measuring_pb2.EmotionReadings, read_emotions),
    record_pb2.RECORD_KIND_CAMERA_HEALTH: (measuring_pb2.CameraHealth, None),
    record_pb2.RECORD_KIND_AUDIO_FORMAT: (measuring_pb2.AudioFormat, _audio_format),
    record_pb2.RECORD_KIND_AUDIO: (measuring_pb2.Audio, _audio),
    record_pb2.RECORD_KIND_UTTERANCE: (measuring_pb2.Utterance, _utterance),
    record_pb2.RECORD_KIND_TURN_EVENT: (interview_pb2.TurnEvent, _turn_event),
    record_pb2.RECORD_KIND_ANSWER_ENDED: (interview_pb2.AnswerEnded, _answer_ended),
    record_pb2.RECORD_KIND_COMMAND_RESULT: (interview_pb2.CommandResult, _command_result),
    record_pb2.RECORD_KIND_CALIBRATION: (record_pb2.Calibration, read_calibration),
    record_pb2.RECORD_KIND_DEVICE_EVENT: (record_pb2.DeviceEvent, None),
    record_pb2.RECORD_KIND_GAP: (record_pb2.Gap, None),
    record_pb2.RECORD_KIND_ROOM_SPEECH: (interview_pb2.RoomSpeech, None),
} | KINDS

_OF_AN_INTERVIEW: Final = frozenset(
    (
        record_pb2.RECORD_KIND_UTTERANCE,
        record_pb2.RECORD_KIND_TURN_EVENT,
        record_pb2.RECORD_KIND_ANSWER_ENDED,
        record_pb2.RECORD_KIND_ANSWER_TYPED,
        record_pb2.RECORD_KIND_CONSENT,
        record_pb2.RECORD_KIND_EMOTION_READINGS,
    )
)
