from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EmotionAbstention(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EMOTION_ABSTENTION_UNSPECIFIED: _ClassVar[EmotionAbstention]
    EMOTION_ABSTENTION_NO_FACE: _ClassVar[EmotionAbstention]
    EMOTION_ABSTENTION_TURNED: _ClassVar[EmotionAbstention]
    EMOTION_ABSTENTION_SMALL: _ClassVar[EmotionAbstention]
    EMOTION_ABSTENTION_LIGHT: _ClassVar[EmotionAbstention]
    EMOTION_ABSTENTION_UNSURE: _ClassVar[EmotionAbstention]

class Channel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_UNSPECIFIED: _ClassVar[Channel]
    CHANNEL_PRESENCE_RATIO: _ClassVar[Channel]
    CHANNEL_HEAD_YAW_DEG: _ClassVar[Channel]
    CHANNEL_HEAD_PITCH_DEG: _ClassVar[Channel]
    CHANNEL_HEAD_ROLL_DEG: _ClassVar[Channel]
    CHANNEL_HEAD_SPEED_DEG_S: _ClassVar[Channel]
    CHANNEL_EYE_OPENNESS_RATIO: _ClassVar[Channel]
    CHANNEL_BLINKS_COUNT: _ClassVar[Channel]
    CHANNEL_GAZE_YAW_DEG: _ClassVar[Channel]
    CHANNEL_GAZE_PITCH_DEG: _ClassVar[Channel]
    CHANNEL_MOUTH_OPEN_RATIO: _ClassVar[Channel]
    CHANNEL_SMILE_RATIO: _ClassVar[Channel]
    CHANNEL_FACES_COUNT: _ClassVar[Channel]
    CHANNEL_LEVEL_DBFS: _ClassVar[Channel]
    CHANNEL_SPEECH_RATIO: _ClassVar[Channel]
    CHANNEL_BROW_RAISE_RATIO: _ClassVar[Channel]
    CHANNEL_SHOULDER_TILT_DEG: _ClassVar[Channel]
    CHANNEL_SHOULDER_WIDTH_RATIO: _ClassVar[Channel]
    CHANNEL_HANDS_COUNT: _ClassVar[Channel]
    CHANNEL_HAND_SPEED_RATIO_S: _ClassVar[Channel]
    CHANNEL_PEOPLE_COUNT: _ClassVar[Channel]
    CHANNEL_SCREEN_X_RATIO: _ClassVar[Channel]
    CHANNEL_SCREEN_Y_RATIO: _ClassVar[Channel]
    CHANNEL_ON_SCREEN_RATIO: _ClassVar[Channel]
    CHANNEL_FACE_HEIGHT_RATIO: _ClassVar[Channel]
    CHANNEL_BRIGHTNESS_RATIO: _ClassVar[Channel]
    CHANNEL_EYES_CLOSED_RATIO: _ClassVar[Channel]
    CHANNEL_BROW_GAP_RATIO: _ClassVar[Channel]
    CHANNEL_GAZE_JITTER_POINTS: _ClassVar[Channel]
    CHANNEL_GAZE_COMPLIANCE_POINTS: _ClassVar[Channel]
    CHANNEL_GAZE_POINTS: _ClassVar[Channel]
    CHANNEL_HEAD_STEADINESS_POINTS: _ClassVar[Channel]
    CHANNEL_POSTURE_STEADINESS_POINTS: _ClassVar[Channel]
    CHANNEL_EXPRESSION_POINTS: _ClassVar[Channel]
    CHANNEL_PRESENCE_POINTS: _ClassVar[Channel]
    CHANNEL_VOICE_LEVEL_DBFS: _ClassVar[Channel]
    CHANNEL_VOICE_LEVEL_SHIFT_DB: _ClassVar[Channel]
    CHANNEL_SNR_DB: _ClassVar[Channel]
    CHANNEL_CLIPPED_RATIO: _ClassVar[Channel]
    CHANNEL_TALK_RATIO: _ClassVar[Channel]
    CHANNEL_PAUSES_COUNT: _ClassVar[Channel]
    CHANNEL_PAUSES_S: _ClassVar[Channel]
    CHANNEL_LONGEST_PAUSE_S: _ClassVar[Channel]
    CHANNEL_SYLLABLES_COUNT: _ClassVar[Channel]
    CHANNEL_SYLLABLE_RATE_HZ: _ClassVar[Channel]
    CHANNEL_SYLLABLE_RATE_RATIO: _ClassVar[Channel]
    CHANNEL_PITCH_HZ: _ClassVar[Channel]
    CHANNEL_PITCH_ST: _ClassVar[Channel]
    CHANNEL_PITCH_SD_ST: _ClassVar[Channel]
    CHANNEL_PITCH_SHIFT_ST: _ClassVar[Channel]

class AudioCodec(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUDIO_CODEC_UNSPECIFIED: _ClassVar[AudioCodec]
    AUDIO_CODEC_FLAC: _ClassVar[AudioCodec]
    AUDIO_CODEC_OPUS: _ClassVar[AudioCodec]
    AUDIO_CODEC_PCM: _ClassVar[AudioCodec]

class UtteranceCut(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UTTERANCE_CUT_UNSPECIFIED: _ClassVar[UtteranceCut]
    UTTERANCE_CUT_SILENCE: _ClassVar[UtteranceCut]
    UTTERANCE_CUT_SPLIT: _ClassVar[UtteranceCut]
    UTTERANCE_CUT_ANSWER_END: _ClassVar[UtteranceCut]
EMOTION_ABSTENTION_UNSPECIFIED: EmotionAbstention
EMOTION_ABSTENTION_NO_FACE: EmotionAbstention
EMOTION_ABSTENTION_TURNED: EmotionAbstention
EMOTION_ABSTENTION_SMALL: EmotionAbstention
EMOTION_ABSTENTION_LIGHT: EmotionAbstention
EMOTION_ABSTENTION_UNSURE: EmotionAbstention
CHANNEL_UNSPECIFIED: Channel
CHANNEL_PRESENCE_RATIO: Channel
CHANNEL_HEAD_YAW_DEG: Channel
CHANNEL_HEAD_PITCH_DEG: Channel
CHANNEL_HEAD_ROLL_DEG: Channel
CHANNEL_HEAD_SPEED_DEG_S: Channel
CHANNEL_EYE_OPENNESS_RATIO: Channel
CHANNEL_BLINKS_COUNT: Channel
CHANNEL_GAZE_YAW_DEG: Channel
CHANNEL_GAZE_PITCH_DEG: Channel
CHANNEL_MOUTH_OPEN_RATIO: Channel
CHANNEL_SMILE_RATIO: Channel
CHANNEL_FACES_COUNT: Channel
CHANNEL_LEVEL_DBFS: Channel
CHANNEL_SPEECH_RATIO: Channel
CHANNEL_BROW_RAISE_RATIO: Channel
CHANNEL_SHOULDER_TILT_DEG: Channel
CHANNEL_SHOULDER_WIDTH_RATIO: Channel
CHANNEL_HANDS_COUNT: Channel
CHANNEL_HAND_SPEED_RATIO_S: Channel
CHANNEL_PEOPLE_COUNT: Channel
CHANNEL_SCREEN_X_RATIO: Channel
CHANNEL_SCREEN_Y_RATIO: Channel
CHANNEL_ON_SCREEN_RATIO: Channel
CHANNEL_FACE_HEIGHT_RATIO: Channel
CHANNEL_BRIGHTNESS_RATIO: Channel
CHANNEL_EYES_CLOSED_RATIO: Channel
CHANNEL_BROW_GAP_RATIO: Channel
CHANNEL_GAZE_JITTER_POINTS: Channel
CHANNEL_GAZE_COMPLIANCE_POINTS: Channel
CHANNEL_GAZE_POINTS: Channel
CHANNEL_HEAD_STEADINESS_POINTS: Channel
CHANNEL_POSTURE_STEADINESS_POINTS: Channel
CHANNEL_EXPRESSION_POINTS: Channel
CHANNEL_PRESENCE_POINTS: Channel
CHANNEL_VOICE_LEVEL_DBFS: Channel
CHANNEL_VOICE_LEVEL_SHIFT_DB: Channel
CHANNEL_SNR_DB: Channel
CHANNEL_CLIPPED_RATIO: Channel
CHANNEL_TALK_RATIO: Channel
CHANNEL_PAUSES_COUNT: Channel
CHANNEL_PAUSES_S: Channel
CHANNEL_LONGEST_PAUSE_S: Channel
CHANNEL_SYLLABLES_COUNT: Channel
CHANNEL_SYLLABLE_RATE_HZ: Channel
CHANNEL_SYLLABLE_RATE_RATIO: Channel
CHANNEL_PITCH_HZ: Channel
CHANNEL_PITCH_ST: Channel
CHANNEL_PITCH_SD_ST: Channel
CHANNEL_PITCH_SHIFT_ST: Channel
AUDIO_CODEC_UNSPECIFIED: AudioCodec
AUDIO_CODEC_FLAC: AudioCodec
AUDIO_CODEC_OPUS: AudioCodec
AUDIO_CODEC_PCM: AudioCodec
UTTERANCE_CUT_UNSPECIFIED: UtteranceCut
UTTERANCE_CUT_SILENCE: UtteranceCut
UTTERANCE_CUT_SPLIT: UtteranceCut
UTTERANCE_CUT_ANSWER_END: UtteranceCut

class FrameReadings(_message.Message):
    __slots__ = ("first_mono_ns", "offset_us", "measured", "faces", "head_yaw_cdeg", "head_pitch_cdeg", "head_roll_cdeg", "left_eye_milli", "right_eye_milli", "gaze_yaw_cdeg", "gaze_pitch_cdeg", "mouth_open_milli", "mouth_width_milli", "smile_milli", "brow_raise_milli", "brow_gap_milli", "screen_x_milli", "screen_y_milli", "face_height_milli")
    FIRST_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    OFFSET_US_FIELD_NUMBER: _ClassVar[int]
    MEASURED_FIELD_NUMBER: _ClassVar[int]
    FACES_FIELD_NUMBER: _ClassVar[int]
    HEAD_YAW_CDEG_FIELD_NUMBER: _ClassVar[int]
    HEAD_PITCH_CDEG_FIELD_NUMBER: _ClassVar[int]
    HEAD_ROLL_CDEG_FIELD_NUMBER: _ClassVar[int]
    LEFT_EYE_MILLI_FIELD_NUMBER: _ClassVar[int]
    RIGHT_EYE_MILLI_FIELD_NUMBER: _ClassVar[int]
    GAZE_YAW_CDEG_FIELD_NUMBER: _ClassVar[int]
    GAZE_PITCH_CDEG_FIELD_NUMBER: _ClassVar[int]
    MOUTH_OPEN_MILLI_FIELD_NUMBER: _ClassVar[int]
    MOUTH_WIDTH_MILLI_FIELD_NUMBER: _ClassVar[int]
    SMILE_MILLI_FIELD_NUMBER: _ClassVar[int]
    BROW_RAISE_MILLI_FIELD_NUMBER: _ClassVar[int]
    BROW_GAP_MILLI_FIELD_NUMBER: _ClassVar[int]
    SCREEN_X_MILLI_FIELD_NUMBER: _ClassVar[int]
    SCREEN_Y_MILLI_FIELD_NUMBER: _ClassVar[int]
    FACE_HEIGHT_MILLI_FIELD_NUMBER: _ClassVar[int]
    first_mono_ns: int
    offset_us: _containers.RepeatedScalarFieldContainer[int]
    measured: _containers.RepeatedScalarFieldContainer[int]
    faces: _containers.RepeatedScalarFieldContainer[int]
    head_yaw_cdeg: _containers.RepeatedScalarFieldContainer[int]
    head_pitch_cdeg: _containers.RepeatedScalarFieldContainer[int]
    head_roll_cdeg: _containers.RepeatedScalarFieldContainer[int]
    left_eye_milli: _containers.RepeatedScalarFieldContainer[int]
    right_eye_milli: _containers.RepeatedScalarFieldContainer[int]
    gaze_yaw_cdeg: _containers.RepeatedScalarFieldContainer[int]
    gaze_pitch_cdeg: _containers.RepeatedScalarFieldContainer[int]
    mouth_open_milli: _containers.RepeatedScalarFieldContainer[int]
    mouth_width_milli: _containers.RepeatedScalarFieldContainer[int]
    smile_milli: _containers.RepeatedScalarFieldContainer[int]
    brow_raise_milli: _containers.RepeatedScalarFieldContainer[int]
    brow_gap_milli: _containers.RepeatedScalarFieldContainer[int]
    screen_x_milli: _containers.RepeatedScalarFieldContainer[int]
    screen_y_milli: _containers.RepeatedScalarFieldContainer[int]
    face_height_milli: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, first_mono_ns: _Optional[int] = ..., offset_us: _Optional[_Iterable[int]] = ..., measured: _Optional[_Iterable[int]] = ..., faces: _Optional[_Iterable[int]] = ..., head_yaw_cdeg: _Optional[_Iterable[int]] = ..., head_pitch_cdeg: _Optional[_Iterable[int]] = ..., head_roll_cdeg: _Optional[_Iterable[int]] = ..., left_eye_milli: _Optional[_Iterable[int]] = ..., right_eye_milli: _Optional[_Iterable[int]] = ..., gaze_yaw_cdeg: _Optional[_Iterable[int]] = ..., gaze_pitch_cdeg: _Optional[_Iterable[int]] = ..., mouth_open_milli: _Optional[_Iterable[int]] = ..., mouth_width_milli: _Optional[_Iterable[int]] = ..., smile_milli: _Optional[_Iterable[int]] = ..., brow_raise_milli: _Optional[_Iterable[int]] = ..., brow_gap_milli: _Optional[_Iterable[int]] = ..., screen_x_milli: _Optional[_Iterable[int]] = ..., screen_y_milli: _Optional[_Iterable[int]] = ..., face_height_milli: _Optional[_Iterable[int]] = ...) -> None: ...

class BodyReadings(_message.Message):
    __slots__ = ("first_mono_ns", "postures", "hands", "people")
    FIRST_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    POSTURES_FIELD_NUMBER: _ClassVar[int]
    HANDS_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    first_mono_ns: int
    postures: _containers.RepeatedCompositeFieldContainer[PostureLook]
    hands: _containers.RepeatedCompositeFieldContainer[HandsLook]
    people: _containers.RepeatedCompositeFieldContainer[PeopleLook]
    def __init__(self, first_mono_ns: _Optional[int] = ..., postures: _Optional[_Iterable[_Union[PostureLook, _Mapping]]] = ..., hands: _Optional[_Iterable[_Union[HandsLook, _Mapping]]] = ..., people: _Optional[_Iterable[_Union[PeopleLook, _Mapping]]] = ...) -> None: ...

class PostureLook(_message.Message):
    __slots__ = ("offset_us", "found", "shoulder_tilt_cdeg", "shoulder_width_milli", "centre_x_milli", "centre_y_milli")
    OFFSET_US_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    SHOULDER_TILT_CDEG_FIELD_NUMBER: _ClassVar[int]
    SHOULDER_WIDTH_MILLI_FIELD_NUMBER: _ClassVar[int]
    CENTRE_X_MILLI_FIELD_NUMBER: _ClassVar[int]
    CENTRE_Y_MILLI_FIELD_NUMBER: _ClassVar[int]
    offset_us: int
    found: bool
    shoulder_tilt_cdeg: int
    shoulder_width_milli: int
    centre_x_milli: int
    centre_y_milli: int
    def __init__(self, offset_us: _Optional[int] = ..., found: _Optional[bool] = ..., shoulder_tilt_cdeg: _Optional[int] = ..., shoulder_width_milli: _Optional[int] = ..., centre_x_milli: _Optional[int] = ..., centre_y_milli: _Optional[int] = ...) -> None: ...

class HandsLook(_message.Message):
    __slots__ = ("offset_us", "hands", "speed_milli_s")
    OFFSET_US_FIELD_NUMBER: _ClassVar[int]
    HANDS_FIELD_NUMBER: _ClassVar[int]
    SPEED_MILLI_S_FIELD_NUMBER: _ClassVar[int]
    offset_us: int
    hands: int
    speed_milli_s: int
    def __init__(self, offset_us: _Optional[int] = ..., hands: _Optional[int] = ..., speed_milli_s: _Optional[int] = ...) -> None: ...

class PeopleLook(_message.Message):
    __slots__ = ("offset_us", "people")
    OFFSET_US_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    offset_us: int
    people: int
    def __init__(self, offset_us: _Optional[int] = ..., people: _Optional[int] = ...) -> None: ...

class EmotionReadings(_message.Message):
    __slots__ = ("first_mono_ns", "model", "looks", "turn_id", "neutral")
    FIRST_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    LOOKS_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    NEUTRAL_FIELD_NUMBER: _ClassVar[int]
    first_mono_ns: int
    model: str
    looks: _containers.RepeatedCompositeFieldContainer[EmotionLook]
    turn_id: str
    neutral: EmotionNeutral
    def __init__(self, first_mono_ns: _Optional[int] = ..., model: _Optional[str] = ..., looks: _Optional[_Iterable[_Union[EmotionLook, _Mapping]]] = ..., turn_id: _Optional[str] = ..., neutral: _Optional[_Union[EmotionNeutral, _Mapping]] = ...) -> None: ...

class EmotionLook(_message.Message):
    __slots__ = ("offset_us", "probability_milli", "abstained")
    OFFSET_US_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_MILLI_FIELD_NUMBER: _ClassVar[int]
    ABSTAINED_FIELD_NUMBER: _ClassVar[int]
    offset_us: int
    probability_milli: _containers.RepeatedScalarFieldContainer[int]
    abstained: EmotionAbstention
    def __init__(self, offset_us: _Optional[int] = ..., probability_milli: _Optional[_Iterable[int]] = ..., abstained: _Optional[_Union[EmotionAbstention, str]] = ...) -> None: ...

class EmotionNeutral(_message.Message):
    __slots__ = ("looks", "log_p_milli")
    LOOKS_FIELD_NUMBER: _ClassVar[int]
    LOG_P_MILLI_FIELD_NUMBER: _ClassVar[int]
    looks: int
    log_p_milli: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, looks: _Optional[int] = ..., log_p_milli: _Optional[_Iterable[int]] = ...) -> None: ...

class CameraHealth(_message.Message):
    __slots__ = ("mono_ns", "brightness_ratio", "clipped_ratio", "sharpness", "frozen", "black", "blurred", "over_exposed")
    MONO_NS_FIELD_NUMBER: _ClassVar[int]
    BRIGHTNESS_RATIO_FIELD_NUMBER: _ClassVar[int]
    CLIPPED_RATIO_FIELD_NUMBER: _ClassVar[int]
    SHARPNESS_FIELD_NUMBER: _ClassVar[int]
    FROZEN_FIELD_NUMBER: _ClassVar[int]
    BLACK_FIELD_NUMBER: _ClassVar[int]
    BLURRED_FIELD_NUMBER: _ClassVar[int]
    OVER_EXPOSED_FIELD_NUMBER: _ClassVar[int]
    mono_ns: int
    brightness_ratio: float
    clipped_ratio: float
    sharpness: float
    frozen: bool
    black: bool
    blurred: bool
    over_exposed: bool
    def __init__(self, mono_ns: _Optional[int] = ..., brightness_ratio: _Optional[float] = ..., clipped_ratio: _Optional[float] = ..., sharpness: _Optional[float] = ..., frozen: _Optional[bool] = ..., black: _Optional[bool] = ..., blurred: _Optional[bool] = ..., over_exposed: _Optional[bool] = ...) -> None: ...

class Measure(_message.Message):
    __slots__ = ("channel", "value", "coverage")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    COVERAGE_FIELD_NUMBER: _ClassVar[int]
    channel: Channel
    value: float
    coverage: float
    def __init__(self, channel: _Optional[_Union[Channel, str]] = ..., value: _Optional[float] = ..., coverage: _Optional[float] = ...) -> None: ...

class ScoreWindow(_message.Message):
    __slots__ = ("start_mono_ns", "length_ms", "frames_captured", "frames_analysed", "turn_id", "measures", "variant")
    START_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    LENGTH_MS_FIELD_NUMBER: _ClassVar[int]
    FRAMES_CAPTURED_FIELD_NUMBER: _ClassVar[int]
    FRAMES_ANALYSED_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    MEASURES_FIELD_NUMBER: _ClassVar[int]
    VARIANT_FIELD_NUMBER: _ClassVar[int]
    start_mono_ns: int
    length_ms: int
    frames_captured: int
    frames_analysed: int
    turn_id: str
    measures: _containers.RepeatedCompositeFieldContainer[Measure]
    variant: str
    def __init__(self, start_mono_ns: _Optional[int] = ..., length_ms: _Optional[int] = ..., frames_captured: _Optional[int] = ..., frames_analysed: _Optional[int] = ..., turn_id: _Optional[str] = ..., measures: _Optional[_Iterable[_Union[Measure, _Mapping]]] = ..., variant: _Optional[str] = ...) -> None: ...

class AudioFormat(_message.Message):
    __slots__ = ("channel", "codec", "sample_rate_hz", "extradata", "sample_zero_mono_ns")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CODEC_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_RATE_HZ_FIELD_NUMBER: _ClassVar[int]
    EXTRADATA_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_ZERO_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    channel: int
    codec: AudioCodec
    sample_rate_hz: int
    extradata: bytes
    sample_zero_mono_ns: int
    def __init__(self, channel: _Optional[int] = ..., codec: _Optional[_Union[AudioCodec, str]] = ..., sample_rate_hz: _Optional[int] = ..., extradata: _Optional[bytes] = ..., sample_zero_mono_ns: _Optional[int] = ...) -> None: ...

class Audio(_message.Message):
    __slots__ = ("channel", "first_sample", "sample_count", "packets", "voice", "playing", "gap")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    FIRST_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_COUNT_FIELD_NUMBER: _ClassVar[int]
    PACKETS_FIELD_NUMBER: _ClassVar[int]
    VOICE_FIELD_NUMBER: _ClassVar[int]
    PLAYING_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    channel: int
    first_sample: int
    sample_count: int
    packets: _containers.RepeatedScalarFieldContainer[bytes]
    voice: bytes
    playing: bool
    gap: bool
    def __init__(self, channel: _Optional[int] = ..., first_sample: _Optional[int] = ..., sample_count: _Optional[int] = ..., packets: _Optional[_Iterable[bytes]] = ..., voice: _Optional[bytes] = ..., playing: _Optional[bool] = ..., gap: _Optional[bool] = ...) -> None: ...

class Utterance(_message.Message):
    __slots__ = ("utterance_id", "turn_id", "channel", "first_sample", "end_sample", "first_seq", "last_seq", "format_seq", "voiced_ms", "cut", "language", "ordinal")
    UTTERANCE_ID_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    FIRST_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    END_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEQ_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    FORMAT_SEQ_FIELD_NUMBER: _ClassVar[int]
    VOICED_MS_FIELD_NUMBER: _ClassVar[int]
    CUT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    utterance_id: str
    turn_id: str
    channel: int
    first_sample: int
    end_sample: int
    first_seq: int
    last_seq: int
    format_seq: int
    voiced_ms: int
    cut: UtteranceCut
    language: str
    ordinal: int
    def __init__(self, utterance_id: _Optional[str] = ..., turn_id: _Optional[str] = ..., channel: _Optional[int] = ..., first_sample: _Optional[int] = ..., end_sample: _Optional[int] = ..., first_seq: _Optional[int] = ..., last_seq: _Optional[int] = ..., format_seq: _Optional[int] = ..., voiced_ms: _Optional[int] = ..., cut: _Optional[_Union[UtteranceCut, str]] = ..., language: _Optional[str] = ..., ordinal: _Optional[int] = ...) -> None: ...
