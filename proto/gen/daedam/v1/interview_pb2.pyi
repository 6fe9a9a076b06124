from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CalibrateStep(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CALIBRATE_STEP_UNSPECIFIED: _ClassVar[CalibrateStep]
    CALIBRATE_STEP_OFFER: _ClassVar[CalibrateStep]
    CALIBRATE_STEP_BEGIN: _ClassVar[CalibrateStep]
    CALIBRATE_STEP_SKIP: _ClassVar[CalibrateStep]

class Permission(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERMISSION_UNSPECIFIED: _ClassVar[Permission]
    PERMISSION_OFF: _ClassVar[Permission]
    PERMISSION_ON: _ClassVar[Permission]
    PERMISSION_WITH_SCORING: _ClassVar[Permission]
    PERMISSION_WITH_CONSENT: _ClassVar[Permission]

class CommandOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COMMAND_OUTCOME_UNSPECIFIED: _ClassVar[CommandOutcome]
    COMMAND_OUTCOME_DONE: _ClassVar[CommandOutcome]
    COMMAND_OUTCOME_EXPIRED: _ClassVar[CommandOutcome]
    COMMAND_OUTCOME_REFUSED: _ClassVar[CommandOutcome]
    COMMAND_OUTCOME_UNKNOWN: _ClassVar[CommandOutcome]

class TurnEventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TURN_EVENT_KIND_UNSPECIFIED: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_INTERVIEW_STARTED: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_CHECKED_IN: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_QUESTION_ASKED: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_QUESTION_SPOKEN: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_ANSWER_OPENED: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_ANSWER_BEGUN: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_INTERVIEW_FINISHED: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_PAUSED: _ClassVar[TurnEventKind]
    TURN_EVENT_KIND_RESUMED: _ClassVar[TurnEventKind]

class AnswerEndReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_END_REASON_UNSPECIFIED: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_SILENCE: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_DONE: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_TIME_LIMIT: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_NO_ANSWER: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_SKIPPED: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_INTERVIEW_ENDED: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_INTERRUPTED: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_DOES_NOT_KNOW: _ClassVar[AnswerEndReason]
    ANSWER_END_REASON_DISTURBED: _ClassVar[AnswerEndReason]

class HelpStep(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HELP_STEP_UNSPECIFIED: _ClassVar[HelpStep]
    HELP_STEP_CALLED: _ClassVar[HelpStep]
    HELP_STEP_WITHDRAWN: _ClassVar[HelpStep]
    HELP_STEP_TOLD: _ClassVar[HelpStep]

class ConfirmVerdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFIRM_VERDICT_UNSPECIFIED: _ClassVar[ConfirmVerdict]
    CONFIRM_VERDICT_RIGHT: _ClassVar[ConfirmVerdict]
    CONFIRM_VERDICT_MISHEARD: _ClassVar[ConfirmVerdict]
CALIBRATE_STEP_UNSPECIFIED: CalibrateStep
CALIBRATE_STEP_OFFER: CalibrateStep
CALIBRATE_STEP_BEGIN: CalibrateStep
CALIBRATE_STEP_SKIP: CalibrateStep
PERMISSION_UNSPECIFIED: Permission
PERMISSION_OFF: Permission
PERMISSION_ON: Permission
PERMISSION_WITH_SCORING: Permission
PERMISSION_WITH_CONSENT: Permission
COMMAND_OUTCOME_UNSPECIFIED: CommandOutcome
COMMAND_OUTCOME_DONE: CommandOutcome
COMMAND_OUTCOME_EXPIRED: CommandOutcome
COMMAND_OUTCOME_REFUSED: CommandOutcome
COMMAND_OUTCOME_UNKNOWN: CommandOutcome
TURN_EVENT_KIND_UNSPECIFIED: TurnEventKind
TURN_EVENT_KIND_INTERVIEW_STARTED: TurnEventKind
TURN_EVENT_KIND_CHECKED_IN: TurnEventKind
TURN_EVENT_KIND_QUESTION_ASKED: TurnEventKind
TURN_EVENT_KIND_QUESTION_SPOKEN: TurnEventKind
TURN_EVENT_KIND_ANSWER_OPENED: TurnEventKind
TURN_EVENT_KIND_ANSWER_BEGUN: TurnEventKind
TURN_EVENT_KIND_INTERVIEW_FINISHED: TurnEventKind
TURN_EVENT_KIND_PAUSED: TurnEventKind
TURN_EVENT_KIND_RESUMED: TurnEventKind
ANSWER_END_REASON_UNSPECIFIED: AnswerEndReason
ANSWER_END_REASON_SILENCE: AnswerEndReason
ANSWER_END_REASON_DONE: AnswerEndReason
ANSWER_END_REASON_TIME_LIMIT: AnswerEndReason
ANSWER_END_REASON_NO_ANSWER: AnswerEndReason
ANSWER_END_REASON_SKIPPED: AnswerEndReason
ANSWER_END_REASON_INTERVIEW_ENDED: AnswerEndReason
ANSWER_END_REASON_INTERRUPTED: AnswerEndReason
ANSWER_END_REASON_DOES_NOT_KNOW: AnswerEndReason
ANSWER_END_REASON_DISTURBED: AnswerEndReason
HELP_STEP_UNSPECIFIED: HelpStep
HELP_STEP_CALLED: HelpStep
HELP_STEP_WITHDRAWN: HelpStep
HELP_STEP_TOLD: HelpStep
CONFIRM_VERDICT_UNSPECIFIED: ConfirmVerdict
CONFIRM_VERDICT_RIGHT: ConfirmVerdict
CONFIRM_VERDICT_MISHEARD: ConfirmVerdict

class Command(_message.Message):
    __slots__ = ("command_id", "expires_wall_ns", "start_interview", "push_question", "end_interview", "skip_question", "configure", "calibrate_gaze", "analyse_video", "check_room", "hold_follow_up", "admit_candidate", "answer_help", "mark_disturbed")
    COMMAND_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_WALL_NS_FIELD_NUMBER: _ClassVar[int]
    START_INTERVIEW_FIELD_NUMBER: _ClassVar[int]
    PUSH_QUESTION_FIELD_NUMBER: _ClassVar[int]
    END_INTERVIEW_FIELD_NUMBER: _ClassVar[int]
    SKIP_QUESTION_FIELD_NUMBER: _ClassVar[int]
    CONFIGURE_FIELD_NUMBER: _ClassVar[int]
    CALIBRATE_GAZE_FIELD_NUMBER: _ClassVar[int]
    ANALYSE_VIDEO_FIELD_NUMBER: _ClassVar[int]
    CHECK_ROOM_FIELD_NUMBER: _ClassVar[int]
    HOLD_FOLLOW_UP_FIELD_NUMBER: _ClassVar[int]
    ADMIT_CANDIDATE_FIELD_NUMBER: _ClassVar[int]
    ANSWER_HELP_FIELD_NUMBER: _ClassVar[int]
    MARK_DISTURBED_FIELD_NUMBER: _ClassVar[int]
    command_id: str
    expires_wall_ns: int
    start_interview: StartInterview
    push_question: PushQuestion
    end_interview: EndInterview
    skip_question: SkipQuestion
    configure: Configure
    calibrate_gaze: CalibrateGaze
    analyse_video: AnalyseVideo
    check_room: CheckRoom
    hold_follow_up: HoldFollowUp
    admit_candidate: AdmitCandidate
    answer_help: AnswerHelp
    mark_disturbed: MarkDisturbed
    def __init__(self, command_id: _Optional[str] = ..., expires_wall_ns: _Optional[int] = ..., start_interview: _Optional[_Union[StartInterview, _Mapping]] = ..., push_question: _Optional[_Union[PushQuestion, _Mapping]] = ..., end_interview: _Optional[_Union[EndInterview, _Mapping]] = ..., skip_question: _Optional[_Union[SkipQuestion, _Mapping]] = ..., configure: _Optional[_Union[Configure, _Mapping]] = ..., calibrate_gaze: _Optional[_Union[CalibrateGaze, _Mapping]] = ..., analyse_video: _Optional[_Union[AnalyseVideo, _Mapping]] = ..., check_room: _Optional[_Union[CheckRoom, _Mapping]] = ..., hold_follow_up: _Optional[_Union[HoldFollowUp, _Mapping]] = ..., admit_candidate: _Optional[_Union[AdmitCandidate, _Mapping]] = ..., answer_help: _Optional[_Union[AnswerHelp, _Mapping]] = ..., mark_disturbed: _Optional[_Union[MarkDisturbed, _Mapping]] = ...) -> None: ...

class CheckRoom(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AnalyseVideo(_message.Message):
    __slots__ = ("plan", "video_id", "size_bytes", "sha256", "preset", "answer_starts_ms", "ai_scoring", "longest_s")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    PRESET_FIELD_NUMBER: _ClassVar[int]
    ANSWER_STARTS_MS_FIELD_NUMBER: _ClassVar[int]
    AI_SCORING_FIELD_NUMBER: _ClassVar[int]
    LONGEST_S_FIELD_NUMBER: _ClassVar[int]
    plan: InterviewPlan
    video_id: str
    size_bytes: int
    sha256: bytes
    preset: str
    answer_starts_ms: _containers.RepeatedScalarFieldContainer[int]
    ai_scoring: bool
    longest_s: int
    def __init__(self, plan: _Optional[_Union[InterviewPlan, _Mapping]] = ..., video_id: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[bytes] = ..., preset: _Optional[str] = ..., answer_starts_ms: _Optional[_Iterable[int]] = ..., ai_scoring: _Optional[bool] = ..., longest_s: _Optional[int] = ...) -> None: ...

class StartInterview(_message.Message):
    __slots__ = ("plan",)
    PLAN_FIELD_NUMBER: _ClassVar[int]
    plan: InterviewPlan
    def __init__(self, plan: _Optional[_Union[InterviewPlan, _Mapping]] = ...) -> None: ...

class PushQuestion(_message.Message):
    __slots__ = ("question",)
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    question: PlannedQuestion
    def __init__(self, question: _Optional[_Union[PlannedQuestion, _Mapping]] = ...) -> None: ...

class AdmitCandidate(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class HoldFollowUp(_message.Message):
    __slots__ = ("question", "after_question_id", "utterances")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    AFTER_QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    UTTERANCES_FIELD_NUMBER: _ClassVar[int]
    question: PlannedQuestion
    after_question_id: str
    utterances: int
    def __init__(self, question: _Optional[_Union[PlannedQuestion, _Mapping]] = ..., after_question_id: _Optional[str] = ..., utterances: _Optional[int] = ...) -> None: ...

class EndInterview(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class SkipQuestion(_message.Message):
    __slots__ = ("reason", "turn_id")
    REASON_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    reason: str
    turn_id: str
    def __init__(self, reason: _Optional[str] = ..., turn_id: _Optional[str] = ...) -> None: ...

class CalibrateGaze(_message.Message):
    __slots__ = ("step",)
    STEP_FIELD_NUMBER: _ClassVar[int]
    step: CalibrateStep
    def __init__(self, step: _Optional[_Union[CalibrateStep, str]] = ...) -> None: ...

class Configure(_message.Message):
    __slots__ = ("version", "changed_by", "settings")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    version: int
    changed_by: str
    settings: _containers.RepeatedCompositeFieldContainer[Setting]
    def __init__(self, version: _Optional[int] = ..., changed_by: _Optional[str] = ..., settings: _Optional[_Iterable[_Union[Setting, _Mapping]]] = ...) -> None: ...

class Setting(_message.Message):
    __slots__ = ("key", "text", "number")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    key: str
    text: str
    number: int
    def __init__(self, key: _Optional[str] = ..., text: _Optional[str] = ..., number: _Optional[int] = ...) -> None: ...

class InterviewPlan(_message.Message):
    __slots__ = ("interview_id", "candidate_name", "language", "questions", "answer_end_silence_ms", "no_answer_prompt_ms", "notice_version", "calibrate", "policy", "check_in_code", "check_devices", "practice", "typed_answers", "receipt")
    INTERVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    CANDIDATE_NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    ANSWER_END_SILENCE_MS_FIELD_NUMBER: _ClassVar[int]
    NO_ANSWER_PROMPT_MS_FIELD_NUMBER: _ClassVar[int]
    NOTICE_VERSION_FIELD_NUMBER: _ClassVar[int]
    CALIBRATE_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    CHECK_IN_CODE_FIELD_NUMBER: _ClassVar[int]
    CHECK_DEVICES_FIELD_NUMBER: _ClassVar[int]
    PRACTICE_FIELD_NUMBER: _ClassVar[int]
    TYPED_ANSWERS_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    interview_id: str
    candidate_name: str
    language: str
    questions: _containers.RepeatedCompositeFieldContainer[PlannedQuestion]
    answer_end_silence_ms: int
    no_answer_prompt_ms: int
    notice_version: str
    calibrate: bool
    policy: Policy
    check_in_code: CheckInCode
    check_devices: bool
    practice: bool
    typed_answers: bool
    receipt: Receipt
    def __init__(self, interview_id: _Optional[str] = ..., candidate_name: _Optional[str] = ..., language: _Optional[str] = ..., questions: _Optional[_Iterable[_Union[PlannedQuestion, _Mapping]]] = ..., answer_end_silence_ms: _Optional[int] = ..., no_answer_prompt_ms: _Optional[int] = ..., notice_version: _Optional[str] = ..., calibrate: _Optional[bool] = ..., policy: _Optional[_Union[Policy, _Mapping]] = ..., check_in_code: _Optional[_Union[CheckInCode, _Mapping]] = ..., check_devices: _Optional[bool] = ..., practice: _Optional[bool] = ..., typed_answers: _Optional[bool] = ..., receipt: _Optional[_Union[Receipt, _Mapping]] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ("url", "kept_ko", "kept_en", "ask_ko", "ask_en", "kept_until")
    URL_FIELD_NUMBER: _ClassVar[int]
    KEPT_KO_FIELD_NUMBER: _ClassVar[int]
    KEPT_EN_FIELD_NUMBER: _ClassVar[int]
    ASK_KO_FIELD_NUMBER: _ClassVar[int]
    ASK_EN_FIELD_NUMBER: _ClassVar[int]
    KEPT_UNTIL_FIELD_NUMBER: _ClassVar[int]
    url: str
    kept_ko: str
    kept_en: str
    ask_ko: str
    ask_en: str
    kept_until: str
    def __init__(self, url: _Optional[str] = ..., kept_ko: _Optional[str] = ..., kept_en: _Optional[str] = ..., ask_ko: _Optional[str] = ..., ask_en: _Optional[str] = ..., kept_until: _Optional[str] = ...) -> None: ...

class CheckInCode(_message.Message):
    __slots__ = ("salt", "digest", "rounds")
    SALT_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    ROUNDS_FIELD_NUMBER: _ClassVar[int]
    salt: bytes
    digest: bytes
    rounds: int
    def __init__(self, salt: _Optional[bytes] = ..., digest: _Optional[bytes] = ..., rounds: _Optional[int] = ...) -> None: ...

class Policy(_message.Message):
    __slots__ = ("profile", "version", "gaze", "expression", "posture", "hands", "people", "emotion", "pause_in_answer", "confirm_transcript")
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    GAZE_FIELD_NUMBER: _ClassVar[int]
    EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    POSTURE_FIELD_NUMBER: _ClassVar[int]
    HANDS_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    EMOTION_FIELD_NUMBER: _ClassVar[int]
    PAUSE_IN_ANSWER_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_TRANSCRIPT_FIELD_NUMBER: _ClassVar[int]
    profile: str
    version: str
    gaze: Permission
    expression: Permission
    posture: Permission
    hands: Permission
    people: Permission
    emotion: Permission
    pause_in_answer: bool
    confirm_transcript: bool
    def __init__(self, profile: _Optional[str] = ..., version: _Optional[str] = ..., gaze: _Optional[_Union[Permission, str]] = ..., expression: _Optional[_Union[Permission, str]] = ..., posture: _Optional[_Union[Permission, str]] = ..., hands: _Optional[_Union[Permission, str]] = ..., people: _Optional[_Union[Permission, str]] = ..., emotion: _Optional[_Union[Permission, str]] = ..., pause_in_answer: _Optional[bool] = ..., confirm_transcript: _Optional[bool] = ...) -> None: ...

class PlannedQuestion(_message.Message):
    __slots__ = ("question_id", "text", "think_ms", "answer_limit_ms", "category")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    THINK_MS_FIELD_NUMBER: _ClassVar[int]
    ANSWER_LIMIT_MS_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    text: str
    think_ms: int
    answer_limit_ms: int
    category: str
    def __init__(self, question_id: _Optional[str] = ..., text: _Optional[str] = ..., think_ms: _Optional[int] = ..., answer_limit_ms: _Optional[int] = ..., category: _Optional[str] = ...) -> None: ...

class CommandResult(_message.Message):
    __slots__ = ("command_id", "outcome", "detail", "sentences")
    COMMAND_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    command_id: str
    outcome: CommandOutcome
    detail: str
    sentences: _containers.RepeatedCompositeFieldContainer[SentenceHeard]
    def __init__(self, command_id: _Optional[str] = ..., outcome: _Optional[_Union[CommandOutcome, str]] = ..., detail: _Optional[str] = ..., sentences: _Optional[_Iterable[_Union[SentenceHeard, _Mapping]]] = ...) -> None: ...

class SentenceHeard(_message.Message):
    __slots__ = ("language", "match", "level_dbfs", "snr_db", "latency_ms", "error_ratio", "engine", "unread")
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MATCH_FIELD_NUMBER: _ClassVar[int]
    LEVEL_DBFS_FIELD_NUMBER: _ClassVar[int]
    SNR_DB_FIELD_NUMBER: _ClassVar[int]
    LATENCY_MS_FIELD_NUMBER: _ClassVar[int]
    ERROR_RATIO_FIELD_NUMBER: _ClassVar[int]
    ENGINE_FIELD_NUMBER: _ClassVar[int]
    UNREAD_FIELD_NUMBER: _ClassVar[int]
    language: str
    match: float
    level_dbfs: float
    snr_db: float
    latency_ms: int
    error_ratio: float
    engine: str
    unread: str
    def __init__(self, language: _Optional[str] = ..., match: _Optional[float] = ..., level_dbfs: _Optional[float] = ..., snr_db: _Optional[float] = ..., latency_ms: _Optional[int] = ..., error_ratio: _Optional[float] = ..., engine: _Optional[str] = ..., unread: _Optional[str] = ...) -> None: ...

class TurnEvent(_message.Message):
    __slots__ = ("kind", "turn_id", "question_id", "position", "text", "sample")
    KIND_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    kind: TurnEventKind
    turn_id: str
    question_id: str
    position: int
    text: str
    sample: int
    def __init__(self, kind: _Optional[_Union[TurnEventKind, str]] = ..., turn_id: _Optional[str] = ..., question_id: _Optional[str] = ..., position: _Optional[int] = ..., text: _Optional[str] = ..., sample: _Optional[int] = ...) -> None: ...

class AnswerEnded(_message.Message):
    __slots__ = ("turn_id", "question_id", "reason", "utterances", "first_sample", "end_sample")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    UTTERANCES_FIELD_NUMBER: _ClassVar[int]
    FIRST_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    END_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    question_id: str
    reason: AnswerEndReason
    utterances: int
    first_sample: int
    end_sample: int
    def __init__(self, turn_id: _Optional[str] = ..., question_id: _Optional[str] = ..., reason: _Optional[_Union[AnswerEndReason, str]] = ..., utterances: _Optional[int] = ..., first_sample: _Optional[int] = ..., end_sample: _Optional[int] = ...) -> None: ...

class RoomSpeech(_message.Message):
    __slots__ = ("text", "language", "voice", "from_mono_ns", "to_mono_ns", "complete", "turn_id")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    VOICE_FIELD_NUMBER: _ClassVar[int]
    FROM_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    TO_MONO_NS_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    voice: str
    from_mono_ns: int
    to_mono_ns: int
    complete: bool
    turn_id: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ..., voice: _Optional[str] = ..., from_mono_ns: _Optional[int] = ..., to_mono_ns: _Optional[int] = ..., complete: _Optional[bool] = ..., turn_id: _Optional[str] = ...) -> None: ...

class AnswerHelp(_message.Message):
    __slots__ = ("call_id",)
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    def __init__(self, call_id: _Optional[str] = ...) -> None: ...

class HelpCall(_message.Message):
    __slots__ = ("call_id", "step", "turn_id")
    CALL_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    call_id: str
    step: HelpStep
    turn_id: str
    def __init__(self, call_id: _Optional[str] = ..., step: _Optional[_Union[HelpStep, str]] = ..., turn_id: _Optional[str] = ...) -> None: ...

class MarkDisturbed(_message.Message):
    __slots__ = ("cause",)
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    cause: str
    def __init__(self, cause: _Optional[str] = ...) -> None: ...

class AnswerTyped(_message.Message):
    __slots__ = ("answer_id", "turn_id", "text", "language", "ordinal")
    ANSWER_ID_FIELD_NUMBER: _ClassVar[int]
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    answer_id: str
    turn_id: str
    text: str
    language: str
    ordinal: int
    def __init__(self, answer_id: _Optional[str] = ..., turn_id: _Optional[str] = ..., text: _Optional[str] = ..., language: _Optional[str] = ..., ordinal: _Optional[int] = ...) -> None: ...

class SurveyAnswered(_message.Message):
    __slots__ = ("answer_id", "ease", "fairness")
    ANSWER_ID_FIELD_NUMBER: _ClassVar[int]
    EASE_FIELD_NUMBER: _ClassVar[int]
    FAIRNESS_FIELD_NUMBER: _ClassVar[int]
    answer_id: str
    ease: int
    fairness: int
    def __init__(self, answer_id: _Optional[str] = ..., ease: _Optional[int] = ..., fairness: _Optional[int] = ...) -> None: ...

class AnswerConfirmed(_message.Message):
    __slots__ = ("turn_id", "verdict", "utterance_ids", "corrections")
    TURN_ID_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    UTTERANCE_IDS_FIELD_NUMBER: _ClassVar[int]
    CORRECTIONS_FIELD_NUMBER: _ClassVar[int]
    turn_id: str
    verdict: ConfirmVerdict
    utterance_ids: _containers.RepeatedScalarFieldContainer[str]
    corrections: _containers.RepeatedCompositeFieldContainer[Correction]
    def __init__(self, turn_id: _Optional[str] = ..., verdict: _Optional[_Union[ConfirmVerdict, str]] = ..., utterance_ids: _Optional[_Iterable[str]] = ..., corrections: _Optional[_Iterable[_Union[Correction, _Mapping]]] = ...) -> None: ...

class Correction(_message.Message):
    __slots__ = ("utterance_id", "text")
    UTTERANCE_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    utterance_id: str
    text: str
    def __init__(self, utterance_id: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...
