"""Everything that a journal takes."""

from __future__ import annotations

from typing import TypeAlias

from edge_agent.flow.body import BodyReadings, CameraHealth
from edge_agent.flow.confirming import AnswerConfirmed
from edge_agent.flow.devices import DeviceEvent, Disturbance, Gap
from edge_agent.flow.emotion import EmotionReadings
from edge_agent.flow.help import HelpCall
from edge_agent.flow.interview import AnswerEnded, Calibration, CommandResult, Consent, TurnEvent
from edge_agent.flow.parting import SurveyAnswered
from edge_agent.flow.scores import FrameReadings, ScoreWindow
from edge_agent.flow.sound import AudioBlock, AudioFormat, Utterance
from edge_agent.flow.speech import RoomSpeech
from edge_agent.flow.typed import AnswerTyped

RecordValue: TypeAlias = (
    FrameReadings
    | BodyReadings
    | EmotionReadings
    | CameraHealth
    | ScoreWindow
    | AudioFormat
    | AudioBlock
    | Utterance
    | RoomSpeech
    | TurnEvent
    | AnswerEnded
    | CommandResult
    | Consent
    | Calibration
    | DeviceEvent
    | AnswerTyped
    | AnswerConfirmed
    | SurveyAnswered
    | Disturbance
    | HelpCall
    | Gap
)
"""Everything that a journal takes."""
