"""What is measured through one interview: by the policy, then by what its candidate agreed to.

Emotion is measured only against a face at rest: where calibration gave none, it stops being measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from edge_agent.flow import (
    EVERYTHING,
    Calibration,
    Channels,
    Consent,
    EmotionNeutral,
    EmotionReadings,
    InterviewPlan,
    RecordValue,
)
from edge_agent.interview.memory import Memory
from edge_agent.interview.policy import EMOTION_NOTICE, allowed, asks_emotion
from edge_agent.interview.steps import Calibrated, CalibrationEnded, Consented, StartRecording


class Measuring:
    """Of one room; `able` is what its own switches and models allow."""

    def __init__(self, able: Channels = EVERYTHING) -> None:
        self.able = able
        self.consent: Consent | None = None
        self.decided: Consent | None = None
        """What the candidate said, after the end as well."""
        self.rest: EmotionNeutral | None = None
        """The candidate's face at rest; without `log_p`: calibration is over and gave none."""
        self._plan: InterviewPlan | None = None

    def begin(self, plan: InterviewPlan) -> None:
        """Nobody has agreed to anything yet."""
        self._plan, self.consent, self.rest = plan, None, None
        self.decided = None

    def resume(self, memory: Memory) -> None:
        """As it was before the agent was killed."""
        self._plan, self.consent = memory.plan, memory.consent
        self.decided = memory.consent
        self.rest = memory.emotion_rest

    def decide(self, told: Consented, plan: InterviewPlan, language: str) -> Consent:
        """The candidate's word on each, asked in `language`. What they were not asked they did not agree
        to.
        """
        asked = self.asks_emotion
        given = Consent(
            told.recording,
            told.ai_scoring,
            plan.notice_version,
            language,
            told.emotion is True if asked else None,
            EMOTION_NOTICE if asked else "",
        )
        self.consent, self.decided = given if told.recording else None, given
        return given

    def start(self, plan: InterviewPlan) -> StartRecording:
        """What may be recorded from now on."""
        scored = self.consent is not None and self.consent.ai_scoring
        return StartRecording(plan.interview_id, scored, allowed(plan, self.consent, self.able))

    def took(self, came: Calibration, told: object) -> Iterator[RecordValue]:
        """A calibration is over: what central is told of it, and of the face at rest where emotion is
        allowed. A later one that gave none leaves the earlier one in use.
        """
        yield came
        if self._plan is None or not allowed(self._plan, self.consent, self.able).emotion:
            return
        if not isinstance(told, Calibrated | CalibrationEnded):
            return
        found = told.emotion if isinstance(told, Calibrated) else None
        found = found or EmotionNeutral(0, None)
        if found.log_p is None and self.rest is not None:
            return
        self.rest = found
        yield EmotionReadings((), neutral=found)

    def end(self) -> None:
        """What rested on a consent is measured no longer."""
        self.consent = None

    @property
    def asks_emotion(self) -> bool:
        """Whether the candidate is to be asked apart."""
        return self._plan is not None and asks_emotion(self._plan, self.able)

    def channels(self, *, calibrating: bool) -> Channels:
        """What is measured now. Between interviews it stays as it is before a consent: models that
        every interview of a site needs are not loaded anew for each.
        """
        found = allowed(self._plan, self.consent, self.able)
        hopeless = self.rest is not None and self.rest.log_p is None and not calibrating
        return without_emotion(found) if hopeless else found


def without_emotion(channels: Channels) -> Channels:
    """The same without the classes."""
    return Channels(
        channels.gaze, channels.expression, channels.posture, channels.hands, channels.people
    )
