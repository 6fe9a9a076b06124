"""The tables, one file per subject. Nothing outside `central.storage` imports them."""

from central.storage.tables.alarms import Alarm
from central.storage.tables.base import Base
from central.storage.tables.calibrations import CalibrationRow
from central.storage.tables.confirmations import Confirmation, CorrectionRow
from central.storage.tables.desk import Consensus, Decision, Marker, Rating, RatingSheet
from central.storage.tables.enrolment import AgentCertificate, AgentStanding, EnrolmentToken
from central.storage.tables.fleet import Agent, IngestWatermark, Quarantine, Room
from central.storage.tables.help_calls import HelpCallRow
from central.storage.tables.interviews import (
    AnswerSound,
    ConsentGiven,
    Interview,
    InterviewQuestion,
    Transcript,
    Turn,
)
from central.storage.tables.landing import EmotionSecondRow, RecordRow, ScoreWindowRow
from central.storage.tables.passages import PassageRow, PassageVector
from central.storage.tables.people import AuditEntry, EndedSession, User
from central.storage.tables.postings import PinRenewal, Posting
from central.storage.tables.question_sources import QuestionSource
from central.storage.tables.questions import BankQuestion
from central.storage.tables.results import (
    EvaluationPin,
    EvaluationReport,
    QuestionScore,
    ShadowScore,
)
from central.storage.tables.resumes import Resume, ResumeSection
from central.storage.tables.sealing import (
    Document,
    Erasure,
    InterviewKey,
    RoomRecord,
    SealedPart,
    SealedSpan,
)
from central.storage.tables.settings import SettingChange
from central.storage.tables.spans import SpanRow
from central.storage.tables.steward_clock import StewardClock
from central.storage.tables.surveys import SurveyRow
from central.storage.tables.videos import Video
from central.storage.tables.work import Job, RoomCommand

__all__ = [
    "Agent",
    "AgentCertificate",
    "AgentStanding",
    "Alarm",
    "AnswerSound",
    "AuditEntry",
    "BankQuestion",
    "Base",
    "CalibrationRow",
    "Confirmation",
    "Consensus",
    "ConsentGiven",
    "CorrectionRow",
    "Decision",
    "Document",
    "EmotionSecondRow",
    "EndedSession",
    "EnrolmentToken",
    "Erasure",
    "EvaluationPin",
    "EvaluationReport",
    "HelpCallRow",
    "IngestWatermark",
    "Interview",
    "InterviewKey",
    "InterviewQuestion",
    "Job",
    "Marker",
    "PassageRow",
    "PassageVector",
    "PinRenewal",
    "Posting",
    "Quarantine",
    "QuestionScore",
    "QuestionSource",
    "Rating",
    "RatingSheet",
    "RecordRow",
    "Resume",
    "ResumeSection",
    "Room",
    "RoomCommand",
    "RoomRecord",
    "ScoreWindowRow",
    "SealedPart",
    "SealedSpan",
    "SettingChange",
    "ShadowScore",
    "SpanRow",
    "StewardClock",
    "SurveyRow",
    "Transcript",
    "Turn",
    "User",
    "Video",
]
