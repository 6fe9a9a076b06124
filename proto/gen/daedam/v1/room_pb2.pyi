from daedam.v1 import interview_pb2 as _interview_pb2
from daedam.v1 import live_pb2 as _live_pb2
from daedam.v1 import measuring_pb2 as _measuring_pb2
from daedam.v1 import record_pb2 as _record_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReplacementReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REPLACEMENT_REASON_UNSPECIFIED: _ClassVar[ReplacementReason]
    REPLACEMENT_REASON_CENTRAL_AHEAD: _ClassVar[ReplacementReason]
    REPLACEMENT_REASON_RECORD_DIFFERS: _ClassVar[ReplacementReason]
    REPLACEMENT_REASON_CENTRAL_FORGOT: _ClassVar[ReplacementReason]

class RejectReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REJECT_REASON_UNSPECIFIED: _ClassVar[RejectReason]
    REJECT_REASON_MALFORMED: _ClassVar[RejectReason]
    REJECT_REASON_CORRUPT: _ClassVar[RejectReason]
    REJECT_REASON_OVERSIZE: _ClassVar[RejectReason]
    REJECT_REASON_NOT_ASSIGNED: _ClassVar[RejectReason]
    REJECT_REASON_REFUSED: _ClassVar[RejectReason]
REPLACEMENT_REASON_UNSPECIFIED: ReplacementReason
REPLACEMENT_REASON_CENTRAL_AHEAD: ReplacementReason
REPLACEMENT_REASON_RECORD_DIFFERS: ReplacementReason
REPLACEMENT_REASON_CENTRAL_FORGOT: ReplacementReason
REJECT_REASON_UNSPECIFIED: RejectReason
REJECT_REASON_MALFORMED: RejectReason
REJECT_REASON_CORRUPT: RejectReason
REJECT_REASON_OVERSIZE: RejectReason
REJECT_REASON_NOT_ASSIGNED: RejectReason
REJECT_REASON_REFUSED: RejectReason

class FetchSpeechRequest(_message.Message):
    __slots__ = ("interview_id", "question_id", "text_sha256")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_SHA256_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    question_id: str
    text_sha256: bytes
    def __init__(self, interview_id: _Optional[str] = ..., question_id: _Optional[str] = ..., text_sha256: _Optional[bytes] = ...) -> None: ...

class FetchSpeechResponse(_message.Message):
    __slots__ = ("data", "size_bytes", "sha256")
    DATA_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    size_bytes: int
    sha256: bytes
    def __init__(self, data: _Optional[bytes] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[bytes] = ...) -> None: ...

class FetchWordsRequest(_message.Message):
    __slots__ = ("interview_id",)
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    def __init__(self, interview_id: _Optional[str] = ...) -> None: ...

class FetchWordsResponse(_message.Message):
    __slots__ = ("answers",)
    ANSWERS_FIELD_NUMBER: _ClassVar[int]
    answers: _containers.RepeatedCompositeFieldContainer[AnswerWords]
    def __init__(self, answers: _Optional[_Iterable[_Union[AnswerWords, _Mapping]]] = ...) -> None: ...

class AnswerWords(_message.Message):
    __slots__ = ("turn_id", "utterances", "whole")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    UTTERANCES_FIELD_NUMBER: _ClassVar[int]
    WHOLE_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    utterances: _containers.RepeatedCompositeFieldContainer[UtteranceWords]
    whole: bool
    def __init__(self, turn_id: _Optional[str] = ..., utterances: _Optional[_Iterable[_Union[UtteranceWords, _Mapping]]] = ..., whole: _Optional[bool] = ...) -> None: ...

class UtteranceWords(_message.Message):
    __slots__ = ("utterance_id", "text")
    UTTERANCE_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    utterance_id: str
    text: str
    def __init__(self, utterance_id: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class FetchVideoRequest(_message.Message):
    __slots__ = ("video_id", "offset")
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    video_id: str
    offset: int
    def __init__(self, video_id: _Optional[str] = ..., offset: _Optional[int] = ...) -> None: ...

class FetchVideoResponse(_message.Message):
    __slots__ = ("data",)
    DATA_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    def __init__(self, data: _Optional[bytes] = ...) -> None: ...

class ReportVideoRequest(_message.Message):
    __slots__ = ("video_id", "done_milli")
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    DONE_MILLI_FIELD_NUMBER: _ClassVar[int]
    video_id: str
    done_milli: int
    def __init__(self, video_id: _Optional[str] = ..., done_milli: _Optional[int] = ...) -> None: ...

class ReportVideoResponse(_message.Message):
    __slots__ = ("stop",)
    STOP_FIELD_NUMBER: _ClassVar[int]
    stop: bool
    def __init__(self, stop: _Optional[bool] = ...) -> None: ...

class ProbeRequest(_message.Message):
    __slots__ = ("padding", "answer_bytes")
    PADDING_FIELD_NUMBER: _ClassVar[int]
    ANSWER_BYTES_FIELD_NUMBER: _ClassVar[int]
    padding: bytes
    answer_bytes: int
    def __init__(self, padding: _Optional[bytes] = ..., answer_bytes: _Optional[int] = ...) -> None: ...

class ProbeResponse(_message.Message):
    __slots__ = ("central_wall_ns", "padding")
    CENTRAL_WALL_NS_FIELD_NUMBER: _ClassVar[int]
    PADDING_FIELD_NUMBER: _ClassVar[int]
    central_wall_ns: int
    padding: bytes
    def __init__(self, central_wall_ns: _Optional[int] = ..., padding: _Optional[bytes] = ...) -> None: ...

class RecogniseRequest(_message.Message):
    __slots__ = ("language", "codec", "sample_rate_hz", "extradata", "packets")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    CODEC_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_RATE_HZ_FIELD_NUMBER: _ClassVar[int]
    EXTRADATA_FIELD_NUMBER: _ClassVar[int]
    PACKETS_FIELD_NUMBER: _ClassVar[int]
    language: str
    codec: _measuring_pb2.AudioCodec
    sample_rate_hz: int
    extradata: bytes
    packets: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, language: _Optional[str] = ..., codec: _Optional[_Union[_measuring_pb2.AudioCodec, str]] = ..., sample_rate_hz: _Optional[int] = ..., extradata: _Optional[bytes] = ..., packets: _Optional[_Iterable[bytes]] = ...) -> None: ...

class RecogniseResponse(_message.Message):
    __slots__ = ("answered", "text", "engine", "took_ms")
    ANSWERED_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    TOOK_MS_FIELD_NUMBER: _ClassVar[int]
    answered: bool
    text: str
    engine: str
    took_ms: int
    def __init__(self, answered: _Optional[bool] = ..., text: _Optional[str] = ..., engine: _Optional[str] = ..., took_ms: _Optional[int] = ...) -> None: ...

class SessionRequest(_message.Message):
    __slots__ = ("hello", "batch", "live", "heartbeat")
    HELLO_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    LIVE_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    hello: Hello
    batch: Batch
    live: _live_pb2.Live
    heartbeat: Heartbeat
    def __init__(self, hello: _Optional[_Union[Hello, _Mapping]] = ..., batch: _Optional[_Union[Batch, _Mapping]] = ..., live: _Optional[_Union[_live_pb2.Live, _Mapping]] = ..., heartbeat: _Optional[_Union[Heartbeat, _Mapping]] = ...) -> None: ...

class SessionResponse(_message.Message):
    __slots__ = ("welcome", "ack", "reject", "command", "feedback", "drain")
    WELCOME_FIELD_NUMBER: _ClassVar[int]
    ACK_FIELD_NUMBER: _ClassVar[int]
    REJECT_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    DRAIN_FIELD_NUMBER: _ClassVar[int]
    welcome: Welcome
    ack: Ack
    reject: Reject
    command: _interview_pb2.Command
    feedback: _live_pb2.Feedback
    drain: Drain
    def __init__(self, welcome: _Optional[_Union[Welcome, _Mapping]] = ..., ack: _Optional[_Union[Ack, _Mapping]] = ..., reject: _Optional[_Union[Reject, _Mapping]] = ..., command: _Optional[_Union[_interview_pb2.Command, _Mapping]] = ..., feedback: _Optional[_Union[_live_pb2.Feedback, _Mapping]] = ..., drain: _Optional[_Union[Drain, _Mapping]] = ...) -> None: ...

class Hello(_message.Message):
    __slots__ = ("spool_id", "boot_id", "oldest_seq", "next_seq", "agent_version", "capabilities", "wall_ns", "replaces")
    SPOOL_ID_FIELD_NUMBER: _ClassVar[int]
    BOOT_ID_FIELD_NUMBER: _ClassVar[int]
    OLDEST_SEQ_FIELD_NUMBER: _ClassVar[int]
    NEXT_SEQ_FIELD_NUMBER: _ClassVar[int]
    AGENT_VERSION_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    REPLACES_FIELD_NUMBER: _ClassVar[int]
    spool_id: str
    boot_id: str
    oldest_seq: int
    next_seq: int
    agent_version: str
    capabilities: Capabilities
    wall_ns: int
    replaces: Replacement
    def __init__(self, spool_id: _Optional[str] = ..., boot_id: _Optional[str] = ..., oldest_seq: _Optional[int] = ..., next_seq: _Optional[int] = ..., agent_version: _Optional[str] = ..., capabilities: _Optional[_Union[Capabilities, _Mapping]] = ..., wall_ns: _Optional[int] = ..., replaces: _Optional[_Union[Replacement, _Mapping]] = ...) -> None: ...

class Replacement(_message.Message):
    __slots__ = ("spool_id", "reason", "central_seq", "room_seq")
    SPOOL_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CENTRAL_SEQ_FIELD_NUMBER: _ClassVar[int]
    ROOM_SEQ_FIELD_NUMBER: _ClassVar[int]
    spool_id: str
    reason: ReplacementReason
    central_seq: int
    room_seq: int
    def __init__(self, spool_id: _Optional[str] = ..., reason: _Optional[_Union[ReplacementReason, str]] = ..., central_seq: _Optional[int] = ..., room_seq: _Optional[int] = ...) -> None: ...

class Capabilities(_message.Message):
    __slots__ = ("camera", "microphone", "speaker", "vision_provider", "vision_profile", "vision_fallback")
    CAMERA_FIELD_NUMBER: _ClassVar[int]
    MICROPHONE_FIELD_NUMBER: _ClassVar[int]
    SPEAKER_FIELD_NUMBER: _ClassVar[int]
    VISION_PROVIDER_FIELD_NUMBER: _ClassVar[int]
    VISION_PROFILE_FIELD_NUMBER: _ClassVar[int]
    VISION_FALLBACK_FIELD_NUMBER: _ClassVar[int]
    camera: str
    microphone: str
    speaker: str
    vision_provider: str
    vision_profile: str
    vision_fallback: str
    def __init__(self, camera: _Optional[str] = ..., microphone: _Optional[str] = ..., speaker: _Optional[str] = ..., vision_provider: _Optional[str] = ..., vision_profile: _Optional[str] = ..., vision_fallback: _Optional[str] = ...) -> None: ...

class Welcome(_message.Message):
    __slots__ = ("resume_after", "crc_at_resume", "window_bytes", "room_name", "central_wall_ns")
    RESUME_AFTER_FIELD_NUMBER: _ClassVar[int]
    CRC_AT_RESUME_FIELD_NUMBER: _ClassVar[int]
    WINDOW_BYTES_FIELD_NUMBER: _ClassVar[int]
    ROOM_NAME_FIELD_NUMBER: _ClassVar[int]
    CENTRAL_WALL_NS_FIELD_NUMBER: _ClassVar[int]
    resume_after: int
    crc_at_resume: int
    window_bytes: int
    room_name: str
    central_wall_ns: int
    def __init__(self, resume_after: _Optional[int] = ..., crc_at_resume: _Optional[int] = ..., window_bytes: _Optional[int] = ..., room_name: _Optional[str] = ..., central_wall_ns: _Optional[int] = ...) -> None: ...

class Batch(_message.Message):
    __slots__ = ("records",)
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[_record_pb2.Record]
    def __init__(self, records: _Optional[_Iterable[_Union[_record_pb2.Record, _Mapping]]] = ...) -> None: ...

class Ack(_message.Message):
    __slots__ = ("up_to",)
    UP_TO_FIELD_NUMBER: _ClassVar[int]
    up_to: int
    def __init__(self, up_to: _Optional[int] = ...) -> None: ...

class Reject(_message.Message):
    __slots__ = ("seq", "reason", "detail")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    seq: int
    reason: RejectReason
    detail: str
    def __init__(self, seq: _Optional[int] = ..., reason: _Optional[_Union[RejectReason, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class Drain(_message.Message):
    __slots__ = ("after_ms",)
    AFTER_MS_FIELD_NUMBER: _ClassVar[int]
    after_ms: int
    def __init__(self, after_ms: _Optional[int] = ...) -> None: ...

class Heartbeat(_message.Message):
    __slots__ = ("wall_ns", "frames_captured", "frames_analysed", "frames_dropped", "fps", "records_appended", "records_acked", "spool_bytes", "vision_restarts", "faults", "vitals")
    WALL_NS_FIELD_NUMBER: _ClassVar[int]
    FRAMES_CAPTURED_FIELD_NUMBER: _ClassVar[int]
    FRAMES_ANALYSED_FIELD_NUMBER: _ClassVar[int]
    FRAMES_DROPPED_FIELD_NUMBER: _ClassVar[int]
    FPS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_APPENDED_FIELD_NUMBER: _ClassVar[int]
    RECORDS_ACKED_FIELD_NUMBER: _ClassVar[int]
    SPOOL_BYTES_FIELD_NUMBER: _ClassVar[int]
    VISION_RESTARTS_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    VITALS_FIELD_NUMBER: _ClassVar[int]
    wall_ns: int
    frames_captured: int
    frames_analysed: int
    frames_dropped: int
    fps: float
    records_appended: int
    records_acked: int
    spool_bytes: int
    vision_restarts: int
    faults: _containers.RepeatedScalarFieldContainer[str]
    vitals: Vitals
    def __init__(self, wall_ns: _Optional[int] = ..., frames_captured: _Optional[int] = ..., frames_analysed: _Optional[int] = ..., frames_dropped: _Optional[int] = ..., fps: _Optional[float] = ..., records_appended: _Optional[int] = ..., records_acked: _Optional[int] = ..., spool_bytes: _Optional[int] = ..., vision_restarts: _Optional[int] = ..., faults: _Optional[_Iterable[str]] = ..., vitals: _Optional[_Union[Vitals, _Mapping]] = ...) -> None: ...

class Vitals(_message.Message):
    __slots__ = ("certificate_ends_wall_ns", "disk_free_bytes", "spool_limit_bytes", "oldest_unsent_ms", "level_dbfs", "silent_ms", "frozen_ms", "wanted_fps", "vision_provider", "uptime_ms", "phase", "cpu_ratio", "memory_ratio", "temperature_celsius", "settings_version", "sound_lost_ms", "sound_losses", "sentence_wall_ns", "sentence_heard", "sentence_snr_db", "sentence_latency_ms", "sentence_error_ratio", "vision_profile", "vision_fallback")
    CERTIFICATE_ENDS_WALL_NS_FIELD_NUMBER: _ClassVar[int]
    DISK_FREE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SPOOL_LIMIT_BYTES_FIELD_NUMBER: _ClassVar[int]
    OLDEST_UNSENT_MS_FIELD_NUMBER: _ClassVar[int]
    LEVEL_DBFS_FIELD_NUMBER: _ClassVar[int]
    SILENT_MS_FIELD_NUMBER: _ClassVar[int]
    FROZEN_MS_FIELD_NUMBER: _ClassVar[int]
    WANTED_FPS_FIELD_NUMBER: _ClassVar[int]
    VISION_PROVIDER_FIELD_NUMBER: _ClassVar[int]
    UPTIME_MS_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    CPU_RATIO_FIELD_NUMBER: _ClassVar[int]
    MEMORY_RATIO_FIELD_NUMBER: _ClassVar[int]
    TEMPERATURE_CELSIUS_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_VERSION_FIELD_NUMBER: _ClassVar[int]
    SOUND_LOST_MS_FIELD_NUMBER: _ClassVar[int]
    SOUND_LOSSES_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_WALL_NS_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_HEARD_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_SNR_DB_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_LATENCY_MS_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_ERROR_RATIO_FIELD_NUMBER: _ClassVar[int]
    VISION_PROFILE_FIELD_NUMBER: _ClassVar[int]
    VISION_FALLBACK_FIELD_NUMBER: _ClassVar[int]
    certificate_ends_wall_ns: int
    disk_free_bytes: int
    spool_limit_bytes: int
    oldest_unsent_ms: int
    level_dbfs: float
    silent_ms: int
    frozen_ms: int
    wanted_fps: int
    vision_provider: str
    uptime_ms: int
    phase: _live_pb2.Phase
    cpu_ratio: float
    memory_ratio: float
    temperature_celsius: float
    settings_version: int
    sound_lost_ms: int
    sound_losses: int
    sentence_wall_ns: int
    sentence_heard: bool
    sentence_snr_db: float
    sentence_latency_ms: int
    sentence_error_ratio: float
    vision_profile: str
    vision_fallback: str
    def __init__(self, certificate_ends_wall_ns: _Optional[int] = ..., disk_free_bytes: _Optional[int] = ..., spool_limit_bytes: _Optional[int] = ..., oldest_unsent_ms: _Optional[int] = ..., level_dbfs: _Optional[float] = ..., silent_ms: _Optional[int] = ..., frozen_ms: _Optional[int] = ..., wanted_fps: _Optional[int] = ..., vision_provider: _Optional[str] = ..., uptime_ms: _Optional[int] = ..., phase: _Optional[_Union[_live_pb2.Phase, str]] = ..., cpu_ratio: _Optional[float] = ..., memory_ratio: _Optional[float] = ..., temperature_celsius: _Optional[float] = ..., settings_version: _Optional[int] = ..., sound_lost_ms: _Optional[int] = ..., sound_losses: _Optional[int] = ..., sentence_wall_ns: _Optional[int] = ..., sentence_heard: _Optional[bool] = ..., sentence_snr_db: _Optional[float] = ..., sentence_latency_ms: _Optional[int] = ..., sentence_error_ratio: _Optional[float] = ..., vision_profile: _Optional[str] = ..., vision_fallback: _Optional[str] = ...) -> None: ...
