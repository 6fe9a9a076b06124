"""Values that move through a room: frozen, without behaviour, with units in their names.

Pictures and sound become readings; readings become windows; sound becomes blocks and utterances;
the interview runner says what happened. Whatever central must know is a `RecordValue`; conversion
to the wire is `edge_agent.uplink.wire` alone.

Times: `mono_ns` is CLOCK_MONOTONIC, `wall_ns` is nanoseconds since 1970 UTC. `None` means "not
measured", never a default.
"""

from edge_agent.flow.devices import (
    Capabilities,
    DeviceEvent,
    DeviceState,
    Disturbance,
    Gap,
    Health,
    LinkState,
    Vitals,
)
from edge_agent.flow.interview import (
    AnswerEnded,
    AnswerEndReason,
    Calibration,
    CalibrationOutcome,
    Command,
    CommandBody,
    CommandOutcome,
    CommandResult,
    Configure,
    Consent,
    EndInterview,
    InterviewPlan,
    Phase,
    PlannedQuestion,
    PushQuestion,
    Setting,
    SkipQuestion,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.flow.live import Caption, Feedback, FinalText, LiveReading, Notice
from edge_agent.flow.picture import (
    Eyes,
    FrameReading,
    Gaze,
    HeadPose,
    Mouth,
    Rgb,
    VideoFrame,
    VisionCounts,
)
from edge_agent.flow.records import RecordValue
from edge_agent.flow.scores import Channel, FrameReadings, Measure, ScoreWindow
from edge_agent.flow.sound import (
    AudioBlock,
    AudioChunk,
    AudioFormat,
    Codec,
    Pcm,
    Utterance,
    UtteranceCut,
    VoiceFrame,
)

__all__ = [
    "AnswerEndReason",
    "AnswerEnded",
    "AudioBlock",
    "AudioChunk",
    "AudioFormat",
    "Calibration",
    "CalibrationOutcome",
    "Capabilities",
    "Caption",
    "Channel",
    "Codec",
    "Command",
    "CommandBody",
    "CommandOutcome",
    "CommandResult",
    "Configure",
    "Consent",
    "DeviceEvent",
    "DeviceState",
    "Disturbance",
    "EndInterview",
    "Eyes",
    "Feedback",
    "FinalText",
    "FrameReading",
    "FrameReadings",
    "Gap",
    "Gaze",
    "HeadPose",
    "Health",
    "InterviewPlan",
    "LinkState",
    "LiveReading",
    "Measure",
    "Mouth",
    "Notice",
    "Pcm",
    "Phase",
    "PlannedQuestion",
    "PushQuestion",
    "RecordValue",
    "Rgb",
    "ScoreWindow",
    "Setting",
    "SkipQuestion",
    "StartInterview",
    "TurnEvent",
    "TurnEventKind",
    "Utterance",
    "UtteranceCut",
    "VideoFrame",
    "VisionCounts",
    "Vitals",
    "VoiceFrame",
]
