"""Values that move through a room: frozen, without behaviour, with units in their names.

Pictures and sound become readings; readings become windows; sound becomes blocks and utterances;
the interview runner says what happened. Whatever central must know is a `RecordValue`; conversion
to the wire is `edge_agent.uplink.wire` alone.

Times: `mono_ns` is CLOCK_MONOTONIC, `wall_ns` is nanoseconds since 1970 UTC. `None` means "not
measured", never a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Rgb: TypeAlias = npt.NDArray[np.uint8]
"""A picture, shape (height, width, 3), contiguous, red first."""

Pcm: TypeAlias = npt.NDArray[np.int16]
"""Mono sound, shape (samples,), 16 bit."""


# --- picture -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One picture as the camera (or a replayed file) gave it."""

    index: int
    mono_ns: int
    image: Rgb


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Head rotation in degrees: yaw to the candidate's left, pitch up, roll to their right shoulder."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


@dataclass(frozen=True, slots=True)
class Eyes:
    """Eye aspect ratios; `blink_ended` is true on the one frame on which a blink ended."""

    left_openness: float
    right_openness: float
    closed: bool
    blink_ended: bool


@dataclass(frozen=True, slots=True)
class Gaze:
    """Direction of gaze in the camera's frame, uncalibrated; signs as for `HeadPose`."""

    yaw_deg: float
    pitch_deg: float


@dataclass(frozen=True, slots=True)
class Mouth:
    """Mouth geometry over the distance of the outer eye corners."""

    open_ratio: float
    width_ratio: float
    smile_ratio: float


@dataclass(frozen=True, slots=True)
class FrameReading:
    """What one analysed frame says. A part is None where it could not be measured."""

    frame_index: int
    mono_ns: int
    faces: int
    head: HeadPose | None = None
    eyes: Eyes | None = None
    gaze: Gaze | None = None
    mouth: Mouth | None = None


@dataclass(frozen=True, slots=True)
class VisionCounts:
    """Frames since the vision process of this agent first started; restarts included."""

    captured: int
    analysed: int
    dropped: int
    restarts: int


# --- sound ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """Raw sound as captured, 20 ms. `gap` says that samples before it were lost; the numbering
    leaves room for them.
    """

    channel: int
    first_sample: int
    mono_ns: int
    pcm: Pcm
    gap: bool = False


@dataclass(frozen=True, slots=True)
class VoiceFrame:
    """Voice activity of 32 ms of sound."""

    first_sample: int
    probability: float
    level_dbfs: float


# --- scores --------------------------------------------------------------------------------------


class Channel(IntEnum):
    """Something measured continuously; numbers equal `daedam.v1.Channel`."""

    PRESENCE_RATIO = 1
    HEAD_YAW_DEG = 2
    HEAD_PITCH_DEG = 3
    HEAD_ROLL_DEG = 4
    HEAD_SPEED_DEG_S = 5
    EYE_OPENNESS_RATIO = 6
    BLINKS_COUNT = 7
    GAZE_YAW_DEG = 8
    GAZE_PITCH_DEG = 9
    MOUTH_OPEN_RATIO = 10
    SMILE_RATIO = 11
    FACES_COUNT = 12
    LEVEL_DBFS = 13
    SPEECH_RATIO = 14


@dataclass(frozen=True, slots=True)
class Measure:
    """One channel over a span. `value` is None exactly where `coverage` is 0."""

    channel: Channel
    value: float | None
    coverage: float


# --- records: what central must know ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FrameReadings:
    """All analysed frames of one second, in order of capture."""

    frames: tuple[FrameReading, ...]


@dataclass(frozen=True, slots=True)
class ScoreWindow:
    """One second of every channel."""

    start_mono_ns: int
    length_ms: int
    frames_captured: int
    frames_analysed: int
    turn_id: str
    measures: tuple[Measure, ...]


class Codec(IntEnum):
    """How audio packets are packed; numbers equal `daedam.v1.AudioCodec`."""

    FLAC = 1
    OPUS = 2
    PCM = 3


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """What a decoder needs for the blocks that follow on this channel."""

    channel: int
    codec: Codec
    sample_rate_hz: int
    extradata: bytes
    sample_zero_mono_ns: int


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """Up to 200 ms of coded sound; each packet decodes alone."""

    channel: int
    first_sample: int
    sample_count: int
    packets: tuple[bytes, ...]
    voice: bytes
    playing: bool
    gap: bool


class UtteranceCut(IntEnum):
    """Why an utterance ended; numbers equal `daedam.v1.UtteranceCut`."""

    SILENCE = 1
    SPLIT = 2
    ANSWER_END = 3


@dataclass(frozen=True, slots=True)
class Utterance:
    """A span of speech, the unit of recognition; sequences name the records that hold it."""

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


class TurnEventKind(IntEnum):
    """A step of the interview; numbers equal `daedam.v1.TurnEventKind`."""

    INTERVIEW_STARTED = 1
    CHECKED_IN = 2
    QUESTION_ASKED = 3
    QUESTION_SPOKEN = 4
    ANSWER_OPENED = 5
    ANSWER_BEGUN = 6
    INTERVIEW_FINISHED = 7


@dataclass(frozen=True, slots=True)
class TurnEvent:
    """One step of the interview."""

    kind: TurnEventKind
    turn_id: str = ""
    question_id: str = ""
    position: int = 0
    text: str = ""
    sample: int | None = None


class AnswerEndReason(IntEnum):
    """Why an answer ended; numbers equal `daedam.v1.AnswerEndReason`."""

    SILENCE = 1
    DONE = 2
    TIME_LIMIT = 3
    NO_ANSWER = 4
    SKIPPED = 5
    INTERVIEW_ENDED = 6


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """An answer is complete: it has exactly `utterances` utterances."""

    turn_id: str
    question_id: str
    reason: AnswerEndReason
    utterances: int
    first_sample: int
    end_sample: int


class CommandOutcome(IntEnum):
    """What came of a command; numbers equal `daedam.v1.CommandOutcome`."""

    DONE = 1
    EXPIRED = 2
    REFUSED = 3
    UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The room's answer to one command."""

    command_id: str
    outcome: CommandOutcome
    detail: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The candidate's two separate choices."""

    recording: bool
    ai_scoring: bool
    notice_version: str
    language: str


class CalibrationOutcome(IntEnum):
    """How calibration ended; numbers equal `daedam.v1.CalibrationOutcome`."""

    SKIPPED = 1
    CALIBRATED = 2
    FAILED = 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """Outcome of the calibration phase."""

    outcome: CalibrationOutcome
    gaze_error_deg: float | None


class DeviceState(IntEnum):
    """How a device is; numbers equal `daedam.v1.DeviceState`."""

    READY = 1
    LOST = 2
    RESTARTED = 3


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """A device came, went or failed."""

    device: str
    state: DeviceState
    detail: str


@dataclass(frozen=True, slots=True)
class Disturbance:
    """The room itself got in the candidate's way."""

    from_mono_ns: int
    to_mono_ns: int
    cause: str
    turn_id: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Records known to be missing."""

    first_seq: int
    last_seq: int
    reason: str


RecordValue: TypeAlias = (
    FrameReadings
    | ScoreWindow
    | AudioFormat
    | AudioBlock
    | Utterance
    | TurnEvent
    | AnswerEnded
    | CommandResult
    | Consent
    | Calibration
    | DeviceEvent
    | Disturbance
    | Gap
)
"""Everything that a journal takes."""


# --- the interview ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question to ask."""

    question_id: str
    text: str
    think_ms: int
    answer_limit_ms: int
    category: str


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """Everything that the room needs to finish an interview alone."""

    interview_id: str
    candidate_name: str
    language: str
    questions: tuple[PlannedQuestion, ...]
    answer_end_silence_ms: int
    no_answer_prompt_ms: int
    notice_version: str
    calibrate: bool


@dataclass(frozen=True, slots=True)
class StartInterview:
    """Begin with this plan."""

    plan: InterviewPlan


@dataclass(frozen=True, slots=True)
class PushQuestion:
    """Ask this next, before the rest of the plan."""

    question: PlannedQuestion


@dataclass(frozen=True, slots=True)
class SkipQuestion:
    """End the current answer and go on."""

    reason: str


@dataclass(frozen=True, slots=True)
class EndInterview:
    """End after what is being said now is kept."""

    reason: str


CommandBody: TypeAlias = StartInterview | PushQuestion | SkipQuestion | EndInterview


@dataclass(frozen=True, slots=True)
class Command:
    """Something central wants the room to do; `body` is None where this agent does not know it."""

    command_id: str
    expires_wall_ns: int
    body: CommandBody | None


class Phase(IntEnum):
    """Where the room's interview stands; numbers equal `daedam.v1.Phase`."""

    IDLE = 1
    WAITING = 2
    CONSENTING = 3
    CALIBRATING = 4
    ASKING = 5
    THINKING = 6
    ANSWERING = 7
    FINISHED = 8


# --- what may be lost ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LiveReading:
    """The room right now."""

    mono_ns: int
    wall_ns: int
    interview_id: str
    phase: Phase
    turn_id: str
    question_id: str
    position: int
    question_count: int
    phase_elapsed_ms: int
    measures: tuple[Measure, ...]
    speaking: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """A guess at the words being spoken."""

    turn_id: str
    stable: str
    tail: str
    engine: str


@dataclass(frozen=True, slots=True)
class FinalText:
    """The recorded transcript of one utterance."""

    turn_id: str
    utterance_id: str
    text: str
    engine: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence from a person to the candidate."""

    text: str


Feedback: TypeAlias = Caption | FinalText | Notice


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the room PC was found to have."""

    camera: str
    microphone: str
    speaker: str
    vision_provider: str


@dataclass(frozen=True, slots=True)
class Health:
    """The latest figures about the room PC."""

    wall_ns: int
    frames: VisionCounts
    fps: float
    records_appended: int
    records_acked: int
    spool_bytes: int
    faults: tuple[str, ...]


class LinkState(Enum):
    """How the way to central is, as the kiosk shows it."""

    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
