"""All of a room's microphones: the candidate's, and what is recorded beside it.

What the others hear is no answer. Utterances are cut from the candidate's microphone alone; the same
samples of the others, recorded with their voice, say who spoke.
"""

from __future__ import annotations

from collections.abc import Callable

from edge_agent.config import Microphone
from edge_agent.flow import AnswerEndReason, AudioChunk, Disturbance, VoiceFrame
from edge_agent.hearing.codec import make_codec
from edge_agent.hearing.listener import Listener
from edge_agent.interview.steps import AnswerClosed
from edge_agent.uplink.journal import Journal

CANDIDATE = 0
"""Channel of the microphone before the candidate."""


class Ears:
    """A `Listener` for each channel. Whatever writes raises `SpoolFull`; see `Listener`."""

    def __init__(
        self,
        journal: Journal,
        settings: Microphone,
        *,
        make_id: Callable[[], str],
        on_voice: Callable[[VoiceFrame], None],
        on_speaking: Callable[[bool], None],
        on_lost: Callable[[Disturbance], None] = lambda _: None,
    ) -> None:
        """`on_voice`, `on_speaking` and `on_lost` hear of the candidate's microphone."""
        self._own = Listener(
            journal,
            make_id=make_id,
            on_voice=on_voice,
            on_speaking=on_speaking,
            codec=make_codec(settings.codec),
            channel=CANDIDATE,
            on_lost=on_lost,
        )
        self._beside = [
            Listener(
                journal,
                make_id=make_id,
                on_voice=lambda _: None,
                on_speaking=lambda _: None,
                codec=make_codec(settings.codec),
                channel=channel,
            )
            for channel in range(CANDIDATE + 1, settings.channels)
        ]
        self._every = (self._own, *self._beside)

    @property
    def next_sample(self) -> int:
        """Index of the sample that comes next."""
        return self._own.next_sample

    @property
    def playing(self) -> bool:
        """Whether the room itself is speaking: no utterance begins, and blocks say so."""
        return self._own.playing

    @playing.setter
    def playing(self, playing: bool) -> None:
        for one in self._every:
            one.playing = playing

    def hear(self, chunk: AudioChunk) -> None:
        """The next sound of any channel."""
        for one in self._every:
            one.hear(chunk)

    def start_recording(self, interview_id: str) -> None:
        for one in self._every:
            one.start_recording(interview_id)

    def stop_recording(self) -> None:
        for one in self._every:
            one.stop_recording()

    def pause(self, *, paused: bool) -> None:
        """Keep nothing from now on; False: everything again."""
        for one in self._every:
            one.pause() if paused else one.go_on()

    def open_answer(self, turn_id: str, language: str) -> None:
        self._own.open_answer(turn_id, language)

    def close_answer(self, turn_id: str, reason: AnswerEndReason) -> AnswerClosed:
        return self._own.close_answer(turn_id, reason)
