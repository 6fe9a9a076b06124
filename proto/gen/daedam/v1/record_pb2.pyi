from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
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
    RECORD_KIND_ROOM_SPEECH: _ClassVar[RecordKind]
    RECORD_KIND_HELP_CALL: _ClassVar[RecordKind]
    RECORD_KIND_ANSWER_TYPED: _ClassVar[RecordKind]
    RECORD_KIND_SURVEY_ANSWERED: _ClassVar[RecordKind]
    RECORD_KIND_ANSWER_CONFIRMED: _ClassVar[RecordKind]

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
RECORD_KIND_ROOM_SPEECH: RecordKind
RECORD_KIND_HELP_CALL: RecordKind
RECORD_KIND_ANSWER_TYPED: RecordKind
RECORD_KIND_SURVEY_ANSWERED: RecordKind
RECORD_KIND_ANSWER_CONFIRMED: RecordKind
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
    __slots__ = ("recording", "ai_scoring", "notice_version", "language", "emotion", "emotion_notice_version")
    RECORDING_FIELD_NUMBER: _ClassVar[int]
    AI_SCORING_FIELD_NUMBER: _ClassVar[int]
    NOTICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    EMOTION_FIELD_NUMBER: _ClassVar[int]
    EMOTION_NOTICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    recording: bool
    ai_scoring: bool
    notice_version: str
    language: str
    emotion: bool
    emotion_notice_version: str
    def __init__(self, recording: _Optional[bool] = ..., ai_scoring: _Optional[bool] = ..., notice_version: _Optional[str] = ..., language: _Optional[str] = ..., emotion: _Optional[bool] = ..., emotion_notice_version: _Optional[str] = ...) -> None: ...

class Calibration(_message.Message):
    __slots__ = ("outcome", "gaze_error_deg", "parameters", "points", "neutral", "attempts", "offered_by", "sentence_from_mono_ns", "sentence_to_mono_ns")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    GAZE_ERROR_DEG_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    NEUTRAL_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    OFFERED_BY_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FROM_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_TO_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    outcome: CalibrationOutcome
    gaze_error_deg: float
    parameters: GazeParameters
    points: _containers.RepeatedCompositeFieldContainer[PointQuality]
    neutral: Neutral
    attempts: int
    offered_by: str
    sentence_from_mono_ns: int
    sentence_to_mono_ns: int
    def __init__(self, outcome: _Optional[_Union[CalibrationOutcome, str]] = ..., gaze_error_deg: _Optional[float] = ..., parameters: _Optional[_Union[GazeParameters, _Mapping]] = ..., points: _Optional[_Iterable[_Union[PointQuality, _Mapping]]] = ..., neutral: _Optional[_Union[Neutral, _Mapping]] = ..., attempts: _Optional[int] = ..., offered_by: _Optional[str] = ..., sentence_from_mono_ns: _Optional[int] = ..., sentence_to_mono_ns: _Optional[int] = ...) -> None: ...

class GazeParameters(_message.Message):
    __slots__ = ("kappa_yaw_deg", "kappa_pitch_deg", "gain_yaw", "gain_pitch")
    KAPPA_YAW_DEG_FIELD_NUMBER: _ClassVar[int]
    KAPPA_PITCH_DEG_FIELD_NUMBER: _ClassVar[int]
    GAIN_YAW_FIELD_NUMBER: _ClassVar[int]
    GAIN_PITCH_FIELD_NUMBER: _ClassVar[int]
    kappa_yaw_deg: float
    kappa_pitch_deg: float
    gain_yaw: float
    gain_pitch: float
    def __init__(self, kappa_yaw_deg: _Optional[float] = ..., kappa_pitch_deg: _Optional[float] = ..., gain_yaw: _Optional[float] = ..., gain_pitch: _Optional[float] = ...) -> None: ...

class PointQuality(_message.Message):
    __slots__ = ("name", "frames", "kept", "spread_deg", "error_deg", "look_x_ratio", "look_y_ratio")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FRAMES_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    SPREAD_DEG_FIELD_NUMBER: _ClassVar[int]
    ERROR_DEG_FIELD_NUMBER: _ClassVar[int]
    LOOK_X_RATIO_FIELD_NUMBER: _ClassVar[int]
    LOOK_Y_RATIO_FIELD_NUMBER: _ClassVar[int]
    name: str
    frames: int
    kept: int
    spread_deg: float
    error_deg: float
    look_x_ratio: float
    look_y_ratio: float
    def __init__(self, name: _Optional[str] = ..., frames: _Optional[int] = ..., kept: _Optional[int] = ..., spread_deg: _Optional[float] = ..., error_deg: _Optional[float] = ..., look_x_ratio: _Optional[float] = ..., look_y_ratio: _Optional[float] = ...) -> None: ...

class Neutral(_message.Message):
    __slots__ = ("smile_ratio", "brow_raise_ratio", "brow_gap_ratio", "eye_openness_ratio", "frames", "voice_level_dbfs", "voiced_ms", "voice_pitch_hz", "syllable_rate_hz")
    SMILE_RATIO_FIELD_NUMBER: _ClassVar[int]
    BROW_RAISE_RATIO_FIELD_NUMBER: _ClassVar[int]
    BROW_GAP_RATIO_FIELD_NUMBER: _ClassVar[int]
    EYE_OPENNESS_RATIO_FIELD_NUMBER: _ClassVar[int]
    FRAMES_FIELD_NUMBER: _ClassVar[int]
    VOICE_LEVEL_DBFS_FIELD_NUMBER: _ClassVar[int]
    VOICED_MS_FIELD_NUMBER: _ClassVar[int]
    VOICE_PITCH_HZ_FIELD_NUMBER: _ClassVar[int]
    SYLLABLE_RATE_HZ_FIELD_NUMBER: _ClassVar[int]
    smile_ratio: float
    brow_raise_ratio: float
    brow_gap_ratio: float
    eye_openness_ratio: float
    frames: int
    voice_level_dbfs: float
    voiced_ms: int
    voice_pitch_hz: float
    syllable_rate_hz: float
    def __init__(self, smile_ratio: _Optional[float] = ..., brow_raise_ratio: _Optional[float] = ..., brow_gap_ratio: _Optional[float] = ..., eye_openness_ratio: _Optional[float] = ..., frames: _Optional[int] = ..., voice_level_dbfs: _Optional[float] = ..., voiced_ms: _Optional[int] = ..., voice_pitch_hz: _Optional[float] = ..., syllable_rate_hz: _Optional[float] = ...) -> None: ...
