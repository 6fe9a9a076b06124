"""What a room reported, as central understands it. Made at the border from wire messages.

Times named `wall_ns` are the room's wall clock since 1970, `mono_ns` its CLOCK_MONOTONIC. Names of
enumerations are those of the contract without prefix, in lower case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from central.interview.emotions import Second


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """How the blocks after it are coded. `codec` is a `daedam.v1.AudioCodec` number; `extradata` is
    the decoder's (FLAC: 34 bytes of STREAMINFO).
    """

    channel: int
    codec: int
    sample_rate_hz: int
    extradata: bytes
    sample_zero_mono_ns: int


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """At most 200 ms of sound. `voice` holds a voice probability (0 to 255) for each 32 ms."""

    channel: int
    first_sample: int
    sample_count: int
    packets: tuple[bytes, ...]
    voice: bytes
    playing: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class Utterance:
    """A span of speech [first_sample, end_sample) and the records that hold it."""

    utterance_key: str
    turn_key: str
    channel: int
    first_sample: int
    end_sample: int
    first_seq: int
    last_seq: int
    format_seq: int
    voiced_ms: int
    cut: str
    language: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """A step of the interview. `kind`: interview_started, checked_in, question_asked,
    question_spoken, answer_opened, answer_begun, paused, resumed or interview_finished.
    """

    kind: str
    turn_key: str
    question_ref: str
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """An answer ended; `utterances` of its records came before."""

    turn_key: str
    question_ref: str
    reason: str
    utterances: int
    first_sample: int
    end_sample: int


@dataclass(frozen=True, slots=True)
class Consent:
    """What the candidate decided; `emotion` is None where they were not asked."""

    recording: bool
    ai_scoring: bool
    notice_version: str
    language: str
    emotion: bool | None = None
    emotion_notice_version: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationPoint:
    """One point of a calibration: degrees, and where on the screen its looks fell. None: not known."""

    name: str
    frames: int
    kept: int
    spread_deg: float | None
    error_deg: float | None
    look_x_ratio: float | None
    look_y_ratio: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a calibration of the gaze ended: `outcome` skipped, calibrated or failed. `offered_ref` is the
    command that offered it; empty where the plan did.
    """

    outcome: str
    error_deg: float | None
    parameters: dict[str, float] | None
    points: tuple[CalibrationPoint, ...]
    neutral: dict[str, float] | None
    attempts: int
    offered_ref: str


@dataclass(frozen=True, slots=True)
class SentenceHeard:
    """A known sentence through a room's loudspeaker and microphone; kept as JSON with these names. None:
    the microphone did not hear it, or nobody read it: `unread` says why.
    """

    language: str
    match: float
    level_dbfs: float | None
    snr_db: float | None
    latency_ms: int | None
    error_ratio: float | None
    engine: str
    unread: str


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What came of a command. `outcome`: done, expired, refused or unknown."""

    command_ref: str
    outcome: str
    detail: str
    sentences: tuple[SentenceHeard, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A candidate calls a person. `step`: called, withdrawn or told (that somebody is coming)."""

    call_key: str
    step: str
    turn_key: str


@dataclass(frozen=True, slots=True)
class AnswerTyped:
    """An answer in writing: one transcript of its turn."""

    answer_key: str
    turn_key: str
    text: str
    language: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One utterance in the candidate's own words."""

    utterance_key: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerConfirmed:
    """The candidate has read what was understood of an answer. `verdict`: right, or misheard: a person
    shall listen; `utterance_keys` were on the screen.
    """

    turn_key: str
    verdict: str
    utterance_keys: tuple[str, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """Two questions at the end of some interview, 1 to 5 each."""

    answer_key: str
    ease: int
    fairness: int


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Something that is not the candidate's fault was in the way."""

    from_mono_ns: int
    to_mono_ns: int
    cause: str
    turn_key: str


@dataclass(frozen=True, slots=True)
class ScoreWindow:
    """One second of every channel: `measures` maps a channel's name to (value or None, coverage)."""

    start_mono_ns: int
    length_ms: int
    frames_captured: int
    frames_analysed: int
    turn_key: str
    measures: dict[str, tuple[float | None, float]]
    variant: str = ""
    """Name of the weights behind its points."""


@dataclass(frozen=True, slots=True)
class EmotionReadings:
    """One second of looks at the face, or what is known of it at rest."""

    start_mono_ns: int
    second: Second


Fact: TypeAlias = (
    AudioFormat
    | AudioBlock
    | Utterance
    | TurnEvent
    | AnswerEnded
    | Consent
    | Calibration
    | CommandResult
    | AnswerTyped
    | AnswerConfirmed
    | SurveyAnswered
    | Disturbance
    | HelpCall
    | ScoreWindow
    | EmotionReadings
)


@dataclass(frozen=True, slots=True)
class Record:
    """One believable record. `fact` is None for kinds that are only kept (`kind` is a
    `daedam.v1.RecordKind` number); `payload` is what the room sent.
    """

    seq: int
    wall_ns: int
    mono_ns: int
    interview_id: int | None
    kind: int
    crc: int
    payload: bytes = field(repr=False)
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """One record that cannot be believed, as it came. `reason` is a `daedam.v1.RejectReason` number."""

    seq: int
    interview_ref: str
    kind: int
    reason: int
    detail: str
    payload: bytes = field(repr=False)
    crc: int = 0
