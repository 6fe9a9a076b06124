"""One microphone, listened to: what `Listener` hears becomes voice, blocks and utterances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from edge_agent.flow import (
    SAMPLE_RATE_HZ,
    AnswerEndReason,
    AudioChunk,
    Disturbance,
    Pcm,
    Utterance,
    UtteranceCut,
    VoiceFrame,
)
from edge_agent.hearing.blocks import BlockWriter
from edge_agent.hearing.codec import FlacCodec, PacketCodec
from edge_agent.hearing.delivery import DeliveryMeter
from edge_agent.hearing.level import level_dbfs
from edge_agent.hearing.turns import PER_MS, EndPointer, Span
from edge_agent.hearing.vad import FRAME_SAMPLES, SileroVoice, VoiceModel
from edge_agent.interview.steps import AnswerClosed
from edge_agent.uplink.journal import Journal

PLAY_TAIL_SAMPLES = 200 * PER_MS
"""How long a room still sounds after its speaker stopped. Voice is not found in it, but the pre-roll
of a candidate who answers at once reaches back over it: no first word is lost."""


class OpenAnswer:
    """The answer that speech belongs to right now."""

    def __init__(self, turn_id: str, language: str, first_sample: int) -> None:
        self.turn_id, self.language, self.first_sample = turn_id, language, first_sample
        self.utterances = 0


class Listener:
    """Voice and level always; sound and utterances only while recording.

    `on_voice` gets every 32 ms, `on_speaking` each change. Both are called from `hear` alone, after
    its records are written, so that what they cause may call back into the listener.
    Any method that writes raises `SpoolFull`.
    """

    def __init__(
        self,
        journal: Journal,
        *,
        make_id: Callable[[], str],
        on_voice: Callable[[VoiceFrame], None],
        on_speaking: Callable[[bool], None],
        voice: VoiceModel | None = None,
        codec: PacketCodec | None = None,
        channel: int = 0,
        on_lost: Callable[[Disturbance], None] = lambda _: None,
    ) -> None:
        """`on_lost` hears of sound that was lost while recording, after its record is written."""
        self._journal, self._make_id = journal, make_id
        self._on_voice, self._on_speaking = on_voice, on_speaking
        self._voice: VoiceModel = voice or SileroVoice()
        self._codec: PacketCodec = codec or FlacCodec()
        self._channel = channel
        self._on_lost = on_lost
        self._lost: Disturbance | None = None
        self._paused = False
        self._points = EndPointer()
        self._delivery = DeliveryMeter()
        self._recording_id = ""
        self._writer: BlockWriter | None = None
        self._answer: OpenAnswer | None = None
        self._rest: Pcm = np.zeros(0, dtype=np.int16)
        self._deaf_until = 0
        self._told_speaking = False
        self.playing = False
        """The room itself is speaking: no utterance begins, and blocks say so."""
        self.next_sample = 0
        """Index of the sample that comes next."""

    def hear(self, chunk: AudioChunk) -> None:
        """Take the next sound of the channel; other channels are not listened to."""
        if chunk.channel != self._channel or chunk.first_sample < self.next_sample:
            return  # the past cannot be heard twice
        if chunk.gap or chunk.first_sample != self.next_sample:
            self._mind_gap(chunk)
        frames = self._analyse(chunk)
        self._keep(chunk, frames)
        self.next_sample += len(chunk.pcm)
        for frame in frames:
            self._point(frame)
        for frame in frames:
            self._on_voice(frame)
        lost, self._lost = self._lost, None
        if lost is not None:
            self._on_lost(lost)
        if self._points.in_voice is not self._told_speaking:
            self._told_speaking = self._points.in_voice
            self._on_speaking(self._told_speaking)

    def start_recording(self, interview_id: str) -> None:
        """Keep everything from the next sample on, under this interview."""
        self.stop_recording()
        self._recording_id, self._paused = interview_id, False

    def stop_recording(self) -> None:
        """Store what was heard so far and keep nothing more."""
        if self._writer is not None:
            self._writer.close_block()
        self._writer = None
        self._recording_id = ""

    def pause(self) -> None:
        """Journal what is being said, and keep nothing until `go_on`."""
        self._utter(self._points.cut(self.next_sample, UtteranceCut.SPLIT))
        if self._writer is not None:
            self._writer.close_block()
        self._delivery.interrupt()
        self._paused = True

    def go_on(self) -> None:
        """Keep everything again, from the next sample on."""
        self._points.cut(self.next_sample, UtteranceCut.SPLIT)
        self._paused = False
        if self._writer is not None:
            self._writer.skip_to(self.next_sample)

    def open_answer(self, turn_id: str, language: str) -> None:
        """Speech from now on (or begun just now) belongs to this turn."""
        self._answer = OpenAnswer(turn_id, language, self.next_sample)
        self._points.open(self.next_sample)
        self._delivery.begin_answer()

    def close_answer(self, turn_id: str, reason: AnswerEndReason) -> AnswerClosed:
        """Journal what is being said and say how many utterances the answer has.

        Silence has been heard out before an answer ends by it: `reason` changes nothing here.
        """
        del reason
        span = self._points.cut(self.next_sample, UtteranceCut.ANSWER_END)
        self._utter(span)
        answer, self._answer = self._answer, None
        if answer is None or answer.turn_id != turn_id:
            return AnswerClosed(turn_id, 0, self.next_sample, self.next_sample)
        return AnswerClosed(turn_id, answer.utterances, answer.first_sample, self.next_sample)

    def _mind_gap(self, chunk: AudioChunk) -> None:
        """Nothing that was said reaches over lost sound: half a word would be made up."""
        first_sample = chunk.first_sample
        self._tell_lost(chunk)
        self._utter(self._points.cut(self.next_sample, UtteranceCut.SPLIT))
        if self._writer is not None:
            self._writer.skip_to(first_sample)
        self._points.cut(first_sample, UtteranceCut.SPLIT)
        self._rest = self._rest[:0]
        self._voice.reset()
        self._delivery.interrupt()
        self.next_sample = first_sample

    def _tell_lost(self, chunk: AudioChunk) -> None:
        """That the room did not listen is not held against who spoke meanwhile."""
        lost = chunk.first_sample - self.next_sample
        if self._channel or self._paused or not (self._recording_id and self._writer and lost):
            return  # told once for all channels; and the first sound of all follows nothing
        from_ns = chunk.mono_ns - lost * 1_000_000_000 // SAMPLE_RATE_HZ
        turn_id = self._answer.turn_id if self._answer else ""
        disturbance = Disturbance(from_ns, chunk.mono_ns, "device", turn_id)
        self._journal.append(disturbance, interview_id=self._recording_id)
        self._lost = disturbance

    def _keep(self, chunk: AudioChunk, frames: list[VoiceFrame]) -> None:
        if not self._recording_id or self._paused:
            return
        if self._writer is None:
            self._writer = BlockWriter(
                self._journal,
                self._codec,
                interview_id=self._recording_id,
                channel=self._channel,
                first_sample=chunk.first_sample,
                sample_zero_mono_ns=chunk.sample_zero_mono_ns,
            )
        for frame in frames:
            self._writer.heard(frame)
        self._writer.write(chunk.pcm, playing=self.playing)

    def _analyse(self, chunk: AudioChunk) -> list[VoiceFrame]:
        """Voice frames that this chunk completes."""
        at = chunk.first_sample - len(self._rest)
        heard = np.concatenate([self._rest, chunk.pcm])
        whole = len(heard) // FRAME_SAMPLES * FRAME_SAMPLES
        self._rest = heard[whole:]
        return [
            self._frame(at + start, heard[start : start + FRAME_SAMPLES])
            for start in range(0, whole, FRAME_SAMPLES)
        ]

    def _frame(self, first_sample: int, pcm: Pcm) -> VoiceFrame:
        probability, level = self._voice.probability(pcm), level_dbfs(pcm)
        if self.playing or self._paused or first_sample + FRAME_SAMPLES <= self._deaf_until:
            self._delivery.interrupt()
            return VoiceFrame(first_sample, probability, level)
        turn_id = self._answer.turn_id if self._answer else ""
        said = self._delivery.take(pcm, probability, level, answering=bool(turn_id))
        return VoiceFrame(first_sample, probability, level, turn_id, said)

    def _point(self, frame: VoiceFrame) -> None:
        end = frame.first_sample + FRAME_SAMPLES
        if self.playing:
            self._deaf_until = end + PLAY_TAIL_SAMPLES
            self._utter(self._points.cut(frame.first_sample, UtteranceCut.SPLIT))
        elif end > self._deaf_until:
            self._utter(self._points.take(frame))

    def _utter(self, span: Span | None) -> None:
        answer, writer = self._answer, self._writer
        if span is None or answer is None or writer is None or self._paused:
            return
        first = max(span.first_sample, writer.first_sample)
        held = writer.range_of(first, span.end_sample)
        if held is None:
            return
        utterance = Utterance(
            self._make_id(),
            answer.turn_id,
            self._channel,
            first,
            span.end_sample,
            held[0],
            held[1],
            writer.format_seq,
            span.voiced_ms,
            span.cut,
            answer.language,
            answer.utterances,
        )
        self._journal.append(utterance, interview_id=self._recording_id)
        answer.utterances += 1
        answer.first_sample = min(answer.first_sample, first)
