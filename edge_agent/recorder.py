"""What is measured becomes records while recording, and nothing otherwise."""

from __future__ import annotations

from dataclasses import replace

from edge_agent.flow import (
    ALL_BUT_EMOTION,
    BodyLook,
    Calibration,
    CameraHealth,
    Channels,
    EmotionLook,
    FrameReading,
    HandsLook,
    Measure,
    PeopleLook,
    PostureLook,
    RecordValue,
    RoomSpeech,
    VisionCounts,
    VoiceFrame,
)
from edge_agent.scoring import (
    BodyPacker,
    Cadence,
    EmotionPacker,
    ReadingPacker,
    Rules,
    Scorer,
    WindowMaker,
    assign,
    baseline_of,
)
from edge_agent.uplink.journal import Journal


class Recorder:
    """Feeds scoring always, so that the first second counts; the journal and the live view get what was
    measured between `start` and `stop` only: nobody is shown who has not consented. What the interview
    may not measure is left out, should anything of it still be on its way from the vision process.
    """

    def __init__(
        self, journal: Journal, rules: Rules | None = None, cadence: Cadence | None = None
    ) -> None:
        """`cadence`: which frames are looked at, where not all of a camera's are."""
        self._journal = journal
        self._rules = rules
        self._scorer: Scorer | None = None
        self._windows = WindowMaker(cadence=cadence)
        self._packer, self._body_packer = ReadingPacker(), BodyPacker()
        self._emotions = EmotionPacker()
        self._channels = ALL_BUT_EMOTION
        self._interview_id, self._turn_id = "", ""
        self._paused = False

    @property
    def interview_id(self) -> str:
        """The interview that is being recorded; empty outside any."""
        return self._interview_id

    @property
    def _keeps(self) -> bool:
        return bool(self._interview_id) and not self._paused

    def set_sample_zero(self, mono_ns: int) -> None:
        self._windows.set_sample_zero(mono_ns)

    def add_frame(self, reading: FrameReading) -> None:
        reading = _allowed(reading, self._channels)
        self._windows.add_frame(reading)
        if self._keeps:
            self._keep(self._packer.add(reading))

    def add_look(self, look: BodyLook) -> None:
        if not _may_look(look, self._channels):
            return
        self._windows.add_look(look)
        if self._keeps:
            self._keep(self._body_packer.add(look))

    def add_emotion(self, look: EmotionLook) -> None:
        """Recorded and never shown live: it is no figure for a moment."""
        if self._keeps and self._channels.emotion:
            self._keep(self._emotions.add(look, self._turn_id))

    def add_health(self, health: CameraHealth) -> None:
        self._windows.add_health(health)
        if self._keeps:
            self._keep(health)

    def add_speech(self, said: RoomSpeech, turn_id: str) -> None:
        """When the room's own voice was in the sound."""
        if self._keeps:
            self._keep(replace(said, turn_id=turn_id))

    def add_voice(self, voice: VoiceFrame) -> None:
        self._windows.add_voice(voice)

    def start(
        self,
        interview_id: str,
        now_ns: int,
        counts: VisionCounts,
        *,
        scored: bool = True,
        channels: Channels = ALL_BUT_EMOTION,
    ) -> None:
        """From now on, of these channels; no points are computed of a candidate who declined to be
        `scored`.
        """
        self.stop()
        self._channels, self._turn_id = channels, ""
        rules = self._rules if scored else None
        self._scorer = Scorer(rules, assign(rules.variants, interview_id)) if rules else None
        self._windows.start(now_ns, counts, self._scorer)
        self._interview_id = interview_id

    def calibrated(self, found: Calibration | None) -> None:
        """What is known of the running interview's candidate: expression needs their face at
        rest, how they speak is compared with the sentence that they read.
        """
        neutral = found.neutral if found else None
        self._windows.baseline = baseline_of(neutral)
        if self._scorer is not None:
            self._scorer.neutral_smile_ratio = neutral.smile_ratio if neutral else None

    def tick(self, now_ns: int, counts: VisionCounts, turn_id: str) -> None:
        """Closed windows are records while recording; else they are forgotten."""
        self._turn_id = turn_id
        for window in self._windows.close_due(now_ns, counts, turn_id):
            if self._keeps:
                self._keep(window)

    def pause(self, now_ns: int, counts: VisionCounts, *, paused: bool) -> None:
        """Keep nothing from now on, and show nothing; False: go on with a new window."""
        if paused:
            self._flush()
        elif self._paused:
            self._windows.start(now_ns, counts, self._scorer)
        self._paused = paused

    def stop(self) -> None:
        self._flush()
        self._interview_id, self._paused = "", False

    def _flush(self) -> None:
        for pack in (self._packer.flush(), self._body_packer.flush(), self._emotions.flush()):
            if self._keeps:
                self._keep(pack)

    def latest(self, now_ns: int) -> tuple[Measure, ...]:
        """Every channel right now; nothing outside a recording."""
        return self._windows.latest(now_ns) if self._keeps else ()

    def _keep(self, value: RecordValue | None) -> None:
        if value is not None:
            self._journal.append(value, interview_id=self._interview_id)


def _allowed(reading: FrameReading, channels: Channels) -> FrameReading:
    if not channels.gaze and (reading.gaze or reading.screen):
        reading = replace(reading, gaze=None, screen=None)
    if not channels.expression and (reading.mouth or reading.brows):
        reading = replace(reading, mouth=None, brows=None)
    return reading


def _may_look(look: BodyLook, channels: Channels) -> bool:
    match look:
        case PostureLook():
            return channels.posture
        case HandsLook():
            return channels.hands
        case PeopleLook():
            return channels.people
