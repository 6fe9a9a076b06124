"""Flow values become wire messages, and back: the only importer of pb2 beside the stream.

Upwards: `encode` serialises what the journal takes; `record`, `live`, `heartbeat` make the messages of
a stream (`greeting` its first). Downwards: `command`, `feedback`. Pure functions, no state.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

from google.protobuf.message import Message

from daedam.v1 import interview_pb2, live_pb2, measuring_pb2, record_pb2, room_pb2
from edge_agent import flow
from edge_agent.uplink.commands import body
from edge_agent.uplink.fixed_point import Columns, columns
from edge_agent.uplink.journal import StoredRecord
from edge_agent.uplink.looks import body_fields, emotion_fields
from edge_agent.uplink.progress import progress_fields

MOST_MILLI = 2**31 - 1

MAX_PAYLOAD_BYTES = 128 * 1024
"""Largest payload of one record; the gateway quarantines what is larger."""

_MESSAGES: dict[type[flow.RecordValue], tuple[int, type[Message]]] = {
    flow.FrameReadings: (record_pb2.RECORD_KIND_FRAME_READINGS, measuring_pb2.FrameReadings),
    flow.BodyReadings: (record_pb2.RECORD_KIND_BODY_READINGS, measuring_pb2.BodyReadings),
    flow.EmotionReadings: (record_pb2.RECORD_KIND_EMOTION_READINGS, measuring_pb2.EmotionReadings),
    flow.CameraHealth: (record_pb2.RECORD_KIND_CAMERA_HEALTH, measuring_pb2.CameraHealth),
    flow.ScoreWindow: (record_pb2.RECORD_KIND_SCORE_WINDOW, measuring_pb2.ScoreWindow),
    flow.AudioFormat: (record_pb2.RECORD_KIND_AUDIO_FORMAT, measuring_pb2.AudioFormat),
    flow.AudioBlock: (record_pb2.RECORD_KIND_AUDIO, measuring_pb2.Audio),
    flow.Utterance: (record_pb2.RECORD_KIND_UTTERANCE, measuring_pb2.Utterance),
    flow.TurnEvent: (record_pb2.RECORD_KIND_TURN_EVENT, interview_pb2.TurnEvent),
    flow.AnswerEnded: (record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded),
    flow.CommandResult: (record_pb2.RECORD_KIND_COMMAND_RESULT, interview_pb2.CommandResult),
    flow.Consent: (record_pb2.RECORD_KIND_CONSENT, record_pb2.Consent),
    flow.Calibration: (record_pb2.RECORD_KIND_CALIBRATION, record_pb2.Calibration),
    flow.DeviceEvent: (record_pb2.RECORD_KIND_DEVICE_EVENT, record_pb2.DeviceEvent),
    flow.Disturbance: (record_pb2.RECORD_KIND_DISTURBANCE, record_pb2.Disturbance),
    flow.AnswerTyped: (record_pb2.RECORD_KIND_ANSWER_TYPED, interview_pb2.AnswerTyped),
    flow.AnswerConfirmed: (record_pb2.RECORD_KIND_ANSWER_CONFIRMED, interview_pb2.AnswerConfirmed),
    flow.SurveyAnswered: (record_pb2.RECORD_KIND_SURVEY_ANSWERED, interview_pb2.SurveyAnswered),
    flow.HelpCall: (record_pb2.RECORD_KIND_HELP_CALL, interview_pb2.HelpCall),
    flow.RoomSpeech: (record_pb2.RECORD_KIND_ROOM_SPEECH, interview_pb2.RoomSpeech),
    flow.Gap: (record_pb2.RECORD_KIND_GAP, record_pb2.Gap),
}
"""Kind and message of each value. Field names of a value equal those of its message (a test proves
it), but for readings of a second, which are turned into columns and offsets."""


STEPS = frozenset(_MESSAGES[one][0] for one in (flow.TurnEvent, flow.AnswerEnded, flow.Utterance))
"""Kinds of the records that `step` reads."""

GAP = int(record_pb2.RECORD_KIND_GAP)


def encode(value: flow.RecordValue) -> tuple[int, bytes]:
    """(record kind, serialised message) of one value for the journal."""
    kind, message = _MESSAGES[type(value)]
    return kind, message(**_fields(value)).SerializeToString()


def _fields(value: flow.RecordValue) -> dict[str, Any]:
    match value:
        case flow.FrameReadings():
            return _shallow(columns(value.frames))
        case flow.BodyReadings():
            return body_fields(value)
        case flow.EmotionReadings():
            return emotion_fields(value)
        case (
            flow.ScoreWindow() | flow.Calibration() | flow.CommandResult() | flow.AnswerConfirmed()
        ):
            return asdict(value)
    # Not `asdict` for all: it copies every list of a second of frames, number by number.
    return _shallow(value)


def _shallow(value: flow.RecordValue | Columns) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def reject_reason(number: int) -> str:
    """`malformed` for its number; the number where this agent does not know it."""
    names = {value: name for name, value in room_pb2.RejectReason.items()}
    return names.get(number, str(number)).removeprefix("REJECT_REASON_").lower()


def kind_name(kind: int) -> str:
    """`frame_readings` for its number; the number where this agent does not know it."""
    names = {number: name for name, number in record_pb2.RecordKind.items()}
    return (
        names.get(cast("record_pb2.RecordKind", kind), str(kind))
        .removeprefix("RECORD_KIND_")
        .lower()
    )


def step(stored: StoredRecord) -> flow.TurnEvent | flow.AnswerEnded | flow.Utterance | None:
    """A record that tells how far an interview went, as it was written; None for any other."""
    match stored.kind:
        case record_pb2.RECORD_KIND_TURN_EVENT:
            event = interview_pb2.TurnEvent.FromString(stored.payload)
            return flow.TurnEvent(
                flow.TurnEventKind(event.kind),
                event.turn_id,
                event.question_id,
                event.position,
                event.text,
                event.sample if event.HasField("sample") else None,
            )
        case record_pb2.RECORD_KIND_ANSWER_ENDED:
            answer = interview_pb2.AnswerEnded.FromString(stored.payload)
            return flow.AnswerEnded(
                answer.turn_id,
                answer.question_id,
                flow.AnswerEndReason(answer.reason),
                answer.utterances,
                answer.first_sample,
                answer.end_sample,
            )
        case record_pb2.RECORD_KIND_UTTERANCE:
            said = measuring_pb2.Utterance.FromString(stored.payload)
            return flow.Utterance(
                utterance_id=said.utterance_id,
                turn_id=said.turn_id,
                channel=said.channel,
                first_sample=said.first_sample,
                end_sample=said.end_sample,
                first_seq=said.first_seq,
                last_seq=said.last_seq,
                format_seq=said.format_seq,
                voiced_ms=said.voiced_ms,
                cut=flow.UtteranceCut(said.cut),
                language=said.language,
                ordinal=said.ordinal,
            )
    return None


def fills_its_place(stored: StoredRecord) -> bool:
    """Whether this `Gap` stands where the record itself was lost."""
    gap = record_pb2.Gap.FromString(stored.payload)
    return bool(gap.first_seq <= stored.seq <= gap.last_seq)


def record(stored: StoredRecord) -> record_pb2.Record:
    """A stored record as it is sent: the payload exactly as it was written. Of one that is larger than
    central takes, only as much as makes central refuse it: the whole would end every stream for ever.
    """
    return record_pb2.Record(
        seq=stored.seq,
        wall_ns=stored.wall_ns,
        mono_ns=stored.mono_ns,
        interview_id=stored.interview_id,
        kind=cast("record_pb2.RecordKind", stored.kind),
        crc32c=stored.crc32c,
        payload=stored.payload[: MAX_PAYLOAD_BYTES + 1],
    )


def batch(records: Iterable[StoredRecord]) -> room_pb2.SessionRequest:
    """Contiguous records as one message of the stream."""
    return room_pb2.SessionRequest(batch=room_pb2.Batch(records=map(record, records)))


def live(reading: flow.LiveReading) -> room_pb2.SessionRequest:
    """The room right now."""
    on = reading.calibration
    return room_pb2.SessionRequest(
        live=live_pb2.Live(
            mono_ns=reading.mono_ns,
            wall_ns=reading.wall_ns,
            interview_id=reading.interview_id,
            phase=cast("live_pb2.Phase", int(reading.phase)),
            turn_id=reading.turn_id,
            question_id=reading.question_id,
            position=reading.position,
            question_count=reading.question_count,
            phase_elapsed_ms=min(max(reading.phase_elapsed_ms, 0), 2**32 - 1),
            columns=_columns(reading.measures),
            speaking=reading.speaking,
            calibration=live_pb2.CalibrationProgress(**progress_fields(on)) if on else None,
        )
    )


def heartbeat(health: flow.Health) -> room_pb2.SessionRequest:
    """How the room PC is."""
    return room_pb2.SessionRequest(
        heartbeat=room_pb2.Heartbeat(
            wall_ns=health.wall_ns,
            frames_captured=health.frames.captured,
            frames_analysed=health.frames.analysed,
            frames_dropped=health.frames.dropped,
            fps=health.fps,
            records_appended=health.records_appended,
            records_acked=health.records_acked,
            spool_bytes=health.spool_bytes,
            vision_restarts=health.frames.restarts,
            faults=health.faults,
            vitals=room_pb2.Vitals(**asdict(health.vitals)),
        )
    )


def command(message: interview_pb2.Command) -> flow.Command:
    """What central asks for; `body` is None where this agent does not know it."""
    return flow.Command(message.command_id, message.expires_wall_ns, body(message))


def feedback(message: live_pb2.Feedback) -> flow.Feedback | None:
    """What central learnt; None where this agent does not know it (it may be ignored)."""
    match message.WhichOneof("body"):
        case "caption":
            said = message.caption
            return flow.Caption(said.turn_id, said.stable, said.tail, said.engine)
        case "final_text":
            final = message.final_text
            return flow.FinalText(final.turn_id, final.utterance_id, final.text, final.engine)
        case "notice":
            return flow.Notice(message.notice.text)
    return None


def _columns(measures: Iterable[flow.Measure]) -> live_pb2.Columns:
    """Ten times a second: each byte counts on a thin link."""
    columns = live_pb2.Columns()
    channels, coverage = bytearray(), bytearray()
    for one in measures:
        known = one.value is not None and math.isfinite(one.value)
        channels.append(one.channel)
        coverage.append(_share(one.coverage) if known else 0)
        milli = round(one.value * 1000) if one.value is not None and known else 0
        columns.milli.append(min(max(milli, -MOST_MILLI), MOST_MILLI))
    columns.channels, columns.coverage = bytes(channels), bytes(coverage)
    return columns


def _share(coverage: float) -> int:
    """Something was measured, so it is not 0."""
    return min(max(round(coverage * 255), 1), 255)
