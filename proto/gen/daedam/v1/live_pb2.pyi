from daedam.v1 import measuring_pb2 as _measuring_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Phase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PHASE_UNSPECIFIED: _ClassVar[Phase]
    PHASE_IDLE: _ClassVar[Phase]
    PHASE_WAITING: _ClassVar[Phase]
    PHASE_CONSENTING: _ClassVar[Phase]
    PHASE_CALIBRATING: _ClassVar[Phase]
    PHASE_ASKING: _ClassVar[Phase]
    PHASE_THINKING: _ClassVar[Phase]
    PHASE_ANSWERING: _ClassVar[Phase]
    PHASE_FINISHED: _ClassVar[Phase]
    PHASE_CHECKING: _ClassVar[Phase]
    PHASE_PRACTISING: _ClassVar[Phase]
    PHASE_PAUSED: _ClassVar[Phase]
    PHASE_OFFERING: _ClassVar[Phase]
    PHASE_CONFIRMING: _ClassVar[Phase]

class CalibrationStage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALIBRATION_STAGE_UNSPECIFIED: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_WAITING: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_OFFERED: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_READ: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_POINT: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_HEAD: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_CHECK: _ClassVar[CalibrationStage]
    CALIBRATION_STAGE_DONE: _ClassVar[CalibrationStage]

class CalibrationPlace(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALIBRATION_PLACE_UNSPECIFIED: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_TOP_LEFT: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_TOP_RIGHT: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_BOTTOM_LEFT: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_BOTTOM_RIGHT: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_CENTER: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_HEAD: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_CHECK_1: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_CHECK_2: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_CHECK_3: _ClassVar[CalibrationPlace]
    CALIBRATION_PLACE_CHECK_4: _ClassVar[CalibrationPlace]
PHASE_UNSPECIFIED: Phase
PHASE_IDLE: Phase
PHASE_WAITING: Phase
PHASE_CONSENTING: Phase
PHASE_CALIBRATING: Phase
PHASE_ASKING: Phase
PHASE_THINKING: Phase
PHASE_ANSWERING: Phase
PHASE_FINISHED: Phase
PHASE_CHECKING: Phase
PHASE_PRACTISING: Phase
PHASE_PAUSED: Phase
PHASE_OFFERING: Phase
PHASE_CONFIRMING: Phase
CALIBRATION_STAGE_UNSPECIFIED: CalibrationStage
CALIBRATION_STAGE_WAITING: CalibrationStage
CALIBRATION_STAGE_OFFERED: CalibrationStage
CALIBRATION_STAGE_READ: CalibrationStage
CALIBRATION_STAGE_POINT: CalibrationStage
CALIBRATION_STAGE_HEAD: CalibrationStage
CALIBRATION_STAGE_CHECK: CalibrationStage
CALIBRATION_STAGE_DONE: CalibrationStage
CALIBRATION_PLACE_UNSPECIFIED: CalibrationPlace
CALIBRATION_PLACE_TOP_LEFT: CalibrationPlace
CALIBRATION_PLACE_TOP_RIGHT: CalibrationPlace
CALIBRATION_PLACE_BOTTOM_LEFT: CalibrationPlace
CALIBRATION_PLACE_BOTTOM_RIGHT: CalibrationPlace
CALIBRATION_PLACE_CENTER: CalibrationPlace
CALIBRATION_PLACE_HEAD: CalibrationPlace
CALIBRATION_PLACE_CHECK_1: CalibrationPlace
CALIBRATION_PLACE_CHECK_2: CalibrationPlace
CALIBRATION_PLACE_CHECK_3: CalibrationPlace
CALIBRATION_PLACE_CHECK_4: CalibrationPlace

class Live(_message.Message):
    __slots__ = ("mono_ns", "wall_ns", "interview_id", "phase", "turn_id", "question_id", "position", "question_count", "phase_elapsed_ms", "measures", "speaking", "columns", "abridged", "calibration")
    MONO_NS_FIELD_NUMBER: _ClassVar[int]
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    QUESTION_COUNT_FIELD_NUMBER: _ClassVar[int]
    PHASE_ELAPSED_MS_FIELD_NUMBER: _ClassVar[int]
    MEASURES_FIELD_NUMBER: _ClassVar[int]
    SPEAKING_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ABRIDGED_FIELD_NUMBER: _ClassVar[int]
    CALIBRATION_FIELD_NUMBER: _ClassVar[int]
    mono_ns: int
    wall_ns: int
    interview_id: str
    phase: Phase
    turn_id: str
    question_id: str
    position: int
    question_count: int
    phase_elapsed_ms: int
    measures: _containers.RepeatedCompositeFieldContainer[_measuring_pb2.Measure]
    speaking: bool
    columns: Columns
    abridged: bool
    calibration: CalibrationProgress
    def __init__(self, mono_ns: _Optional[int] = ..., wall_ns: _Optional[int] = ..., interview_id: _Optional[str] = ..., phase: _Optional[_Union[Phase, str]] = ..., turn_id: _Optional[str] = ..., question_id: _Optional[str] = ..., position: _Optional[int] = ..., question_count: _Optional[int] = ..., phase_elapsed_ms: _Optional[int] = ..., measures: _Optional[_Iterable[_Union[_measuring_pb2.Measure, _Mapping]]] = ..., speaking: _Optional[bool] = ..., columns: _Optional[_Union[Columns, _Mapping]] = ..., abridged: _Optional[bool] = ..., calibration: _Optional[_Union[CalibrationProgress, _Mapping]] = ...) -> None: ...

class CalibrationProgress(_message.Message):
    __slots__ = ("stage", "place", "position", "count", "attempt", "unseen", "left_ms", "missed", "places", "frames", "kept", "spread_ddeg", "look_centi")
    STAGE_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    UNSEEN_FIELD_NUMBER: _ClassVar[int]
    LEFT_MS_FIELD_NUMBER: _ClassVar[int]
    MISSED_FIELD_NUMBER: _ClassVar[int]
    PLACES_FIELD_NUMBER: _ClassVar[int]
    FRAMES_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    SPREAD_DDEG_FIELD_NUMBER: _ClassVar[int]
    LOOK_CENTI_FIELD_NUMBER: _ClassVar[int]
    stage: CalibrationStage
    place: CalibrationPlace
    position: int
    count: int
    attempt: int
    unseen: bool
    left_ms: int
    missed: int
    places: bytes
    frames: bytes
    kept: bytes
    spread_ddeg: bytes
    look_centi: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, stage: _Optional[_Union[CalibrationStage, str]] = ..., place: _Optional[_Union[CalibrationPlace, str]] = ..., position: _Optional[int] = ..., count: _Optional[int] = ..., attempt: _Optional[int] = ..., unseen: _Optional[bool] = ..., left_ms: _Optional[int] = ..., missed: _Optional[int] = ..., places: _Optional[bytes] = ..., frames: _Optional[bytes] = ..., kept: _Optional[bytes] = ..., spread_ddeg: _Optional[bytes] = ..., look_centi: _Optional[_Iterable[int]] = ...) -> None: ...

class Columns(_message.Message):
    __slots__ = ("channels", "coverage", "milli")
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    MILLI_FIELD_NUMBER: _ClassVar[int]
    channels: bytes
    coverage: bytes
    milli: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, channels: _Optional[bytes] = ..., coverage: _Optional[bytes] = ..., milli: _Optional[_Iterable[int]] = ...) -> None: ...

class Feedback(_message.Message):
    __slots__ = ("caption", "final_text", "notice")
    CAPTION_FIELD_NUMBER: _ClassVar[int]
    FINAL_TEXT_FIELD_NUMBER: _ClassVar[int]
    NOTICE_FIELD_NUMBER: _ClassVar[int]
    caption: Caption
    final_text: FinalText
    notice: Notice
    def __init__(self, caption: _Optional[_Union[Caption, _Mapping]] = ..., final_text: _Optional[_Union[FinalText, _Mapping]] = ..., notice: _Optional[_Union[Notice, _Mapping]] = ...) -> None: ...

class Caption(_message.Message):
    __slots__ = ("turn_id", "stable", "tail", "engine")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    STABLE_FIELD_NUMBER: _ClassVar[int]
    TAIL_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    stable: str
    tail: str
    engine: str
    def __init__(self, turn_id: _Optional[str] = ..., stable: _Optional[str] = ..., tail: _Optional[str] = ..., engine: _Optional[str] = ...) -> None: ...

class FinalText(_message.Message):
    __slots__ = ("turn_id", "utterance_id", "text", "engine")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    UTTERANCE_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    utterance_id: str
    text: str
    engine: str
    def __init__(self, turn_id: _Optional[str] = ..., utterance_id: _Optional[str] = ..., text: _Optional[str] = ..., engine: _Optional[str] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ("text",)
    TEXT_FIELD_NUMBER: _ClassVar[int]
    text: str
    def __init__(self, text: _Optional[str] = ...) -> None: ...
