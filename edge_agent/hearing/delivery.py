"""How something is said, 32 ms at a time, from raw sound: what `VoiceFrame.delivery` holds."""

from __future__ import annotations

from edge_agent.flow import Delivery, Pcm
from edge_agent.hearing.level import clipped_ratio
from edge_agent.hearing.noise import NoiseFloor
from edge_agent.hearing.pauses import PauseMeter
from edge_agent.hearing.pitch import PitchMeter
from edge_agent.hearing.syllables import SyllableMeter
from edge_agent.hearing.turns import START_PROBABILITY


class DeliveryMeter:
    """Of one microphone. The room's own voice is kept from it: nothing is taken while it speaks."""

    def __init__(self) -> None:
        self._noise, self._pauses = NoiseFloor(), PauseMeter()
        self._pitch, self._syllables = PitchMeter(), SyllableMeter()

    def begin_answer(self) -> None:
        """Pauses are counted from here on."""
        self._pauses.begin()

    def interrupt(self) -> None:
        """What comes next does not follow what was heard: sound was lost, or the room spoke."""
        self._pauses.begin()
        self._pitch.reset()
        self._syllables.reset()

    def take(self, pcm: Pcm, probability: float, level_dbfs: float, *, answering: bool) -> Delivery:
        """The next frame, `FRAME_SAMPLES` samples; `answering`: it belongs to an open answer."""
        self._noise.take(probability, level_dbfs)
        pitch_hz = self._pitch.take(pcm, voice=probability >= START_PROBABILITY)
        return Delivery(
            clipped_ratio=clipped_ratio(pcm),
            noise_dbfs=self._noise.dbfs,
            pitch_hz=pitch_hz,
            syllables=self._syllables.take(pcm, voiced=pitch_hz is not None),
            pause_ms=self._pauses.take(probability) if answering else 0,
        )
