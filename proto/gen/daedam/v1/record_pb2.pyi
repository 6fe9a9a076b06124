from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RecordKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECORD_KIND_UNSPECIFIED: _ClassVar[RecordKind]
    RECORD_KIND_FRAME_READINGS: _ClassVar[RecordKind]
    RECORD_KIND_SCORE_WINDOW: _ClassVar[RecordKind]
    RECORD_KIND_AUDIO_FORMAT: _ClassVar[RecordKind]
    RECORD_KIND_AUDIO: _ClassVar[RecordKind]
    RECORD_KIND_UTTERANCE: _ClassVar[RecordKind]
    RECORD_KIND_TURN_EVENT: _ClassVar[RecordKind]
    RECORD_KIND_ANSWER_ENDED: _ClassVar[RecordKind]
    RECORD_KIND_COMMAND_RESULT: _ClassVar[RecordKind]
    RECORD_KIND_CONSENT: _ClassVar[RecordKind]
    RECORD_KIND_CALIBRATION: _ClassVar[RecordKind]
    RECORD_KIND_DEVICE_EVENT: _ClassVar[RecordKind]
    RECORD_KIND_DISTURBANCE: _ClassVar[RecordKind]
    RECORD_KIND_GAP: _ClassVar[RecordKind]
    RECORD_KIND_BODY_READINGS: _ClassVar[RecordKind]
    RECORD_KIND_EMOTION_READINGS: _ClassVar[RecordKind]
    RECORD_KIND_CAMERA_HEALTH: _ClassVar[RecordKind]

class DeviceState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEVICE_STATE_UNSPECIFIED: _ClassVar[DeviceState]
    DEVICE_STATE_READY: _ClassVar[DeviceState]
    DEVICE_STATE_LOST: _ClassVar[DeviceState]
    DEVICE_STATE_RESTARTED: _ClassVar[DeviceState]

class CalibrationOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALIBRATION_OUTCOME_UNSPECIFIED: _ClassVar[CalibrationOutcome]
    CALIBRATION_OUTCOME_SKIPPED: _ClassVar[CalibrationOutcome]
    CALIBRATION_OUTCOME_CALIBRATED: _ClassVar[CalibrationOutcome]
    CALIBRATION_OUTCOME_FAILED: _ClassVar[CalibrationOutcome]
RECORD_KIND_UNSPECIFIED: RecordKind
RECORD_KIND_FRAME_READINGS: RecordKind
RECORD_KIND_SCORE_WINDOW: RecordKind
RECORD_KIND_AUDIO_FORMAT: RecordKind
RECORD_KIND_AUDIO: RecordKind
RECORD_KIND_UTTERANCE: RecordKind
RECORD_KIND_TURN_EVENT: RecordKind
RECORD_KIND_ANSWER_ENDED: RecordKind
RECORD_KIND_COMMAND_RESULT: RecordKind
RECORD_KIND_CONSENT: RecordKind
RECORD_KIND_CALIBRATION: RecordKind
RECORD_KIND_DEVICE_EVENT: RecordKind
RECORD_KIND_DISTURBANCE: RecordKind
RECORD_KIND_GAP: RecordKind
RECORD_KIND_BODY_READINGS: RecordKind
RECORD_KIND_EMOTION_READINGS: RecordKind
RECORD_KIND_CAMERA_HEALTH: RecordKind
DEVICE_STATE_UNSPECIFIED: DeviceState
DEVICE_STATE_READY: DeviceState
DEVICE_STATE_LOST: DeviceState
DEVICE_STATE_RESTARTED: DeviceState
CALIBRATION_OUTCOME_UNSPECIFIED: CalibrationOutcome
CALIBRATION_OUTCOME_SKIPPED: CalibrationOutcome
CALIBRATION_OUTCOME_CALIBRATED: CalibrationOutcome
CALIBRATION_OUTCOME_FAILED: CalibrationOutcome

class Record(_message.Message):
    __slots__ = ("seq", "wall_ns", "mono_ns", "interview_id", "kind", "crc32c", "payload")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    MONO_NS_FIELD_NUMBER: _ClassVar[int]
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    CRC32C_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FIELD_NUMBER: _ClassVar[int]
    seq: int
    wall_ns: int
    mono_ns: int
    interview_id: str
    kind: RecordKind
    crc32c: int
    payload: bytes
    def __init__(self, seq: _Optional[int] = ..., wall_ns: _Optional[int] = ..., mono_ns: _Optional[int] = ..., interview_id: _Optional[str] = ..., kind: _Optional[_Union[RecordKind, str]] = ..., crc32c: _Optional[int] = ..., payload: _Optional[bytes] = ...) -> None: ...

class Gap(_message.Message):
    __slots__ = ("first_seq", "last_seq", "reason")
    FIRST_SEQ_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    first_seq: int
    last_seq: int
    reason: str
    def __init__(self, first_seq: _Optional[int] = ..., last_seq: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class DeviceEvent(_message.Message):
    __slots__ = ("device", "state", "detail")
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    device: str
    state: DeviceState
    detail: str
    def __init__(self, device: _Optional[str] = ..., state: _Optional[_Union[DeviceState, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class Disturbance(_message.Message):
    __slots__ = ("from_mono_ns", "to_mono_ns", "cause", "turn_id")
    FROM_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    TO_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    from_mono_ns: int
    to_mono_ns: int
    cause: str
    turn_id: str
    def __init__(self, from_mono_ns: _Optional[int] = ..., to_mono_ns: _Optional[int] = ..., cause: _Optional[str] = ..., turn_id: _Optional[str] = ...) -> None: ...

class Consent(_message.Message):
    __slots__ = ("recording", "ai_scoring", "notice_version", "language")
    RECORDING_FIELD_NUMBER: _ClassVar[int]
    AI_SCORING_FIELD_NUMBER: _ClassVar[int]
    NOTICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    recording: bool
    ai_scoring: bool
    notice_version: str
    language: str
    def __init__(self, recording: _Optional[bool] = ..., ai_scoring: _Optional[bool] = ..., notice_version: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class Calibration(_message.Message):
    __slots__ = ("outcome", "gaze_error_deg")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    GAZE_ERROR_DEG_FIELD_NUMBER: _ClassVar[int]
    outcome: CalibrationOutcome
    gaze_error_deg: float
    def __init__(self, outcome: _Optional[_Union[CalibrationOutcome, str]] = ..., gaze_error_deg: _Optional[float] = ...) -> None: ...
