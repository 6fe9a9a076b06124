"""A room that hears recordings: the edge's own ears and codec, its records ready to be sent."""

from __future__ import annotations

import uuid

import numpy as np
from numpy.typing import NDArray

from daedam.v1 import record_pb2
from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    AudioChunk,
    Consent,
    TurnEvent,
    TurnEventKind,
    Utterance,
)
from edge_agent.hearing import Listener
from edge_agent.hearing.vad import VoiceModel
from edge_agent.uplink import wire
from tests.fakes.list_journal import ListJournal
from tests.fakes.room_client import record

CHUNK = 320
TAIL = 16_000
"""A second of quiet, so that what was said last comes to its end."""


class SpokenRoom:
    """One recording, from sample 0; answers follow each other in it."""

    def __init__(self, interview_id: int, voice: VoiceModel | None = None) -> None:
        self.journal = ListJournal()
        self._id = str(interview_id)
        self._heard: list[NDArray[np.int16]] = []
        self._listener = Listener(
            self.journal,
            make_id=lambda: uuid.uuid4().hex,
            on_voice=lambda _: None,
            on_speaking=lambda _: None,
            voice=voice,
        )
        self._tell(TurnEvent(TurnEventKind.INTERVIEW_STARTED))
        self._append(Consent(True, True, "2026-11", "en"))
        self._listener.start_recording(self._id)

    @property
    def sound(self) -> NDArray[np.int16]:
        """Everything that was heard, sample by sample."""
        return np.concatenate(self._heard)

    def answer(self, turn_id: str, pcm: NDArray[np.int16], language: str = "en") -> None:
        """A question is asked and answered with this sound."""
        self._tell(TurnEvent(TurnEventKind.QUESTION_ASKED, turn_id, text="What?"))
        self._tell(TurnEvent(TurnEventKind.ANSWER_OPENED, turn_id))
        self._listener.open_answer(turn_id, language)
        self.hear(np.concatenate([pcm, np.zeros(TAIL, dtype=np.int16)]))
        closed = self._listener.close_answer(turn_id, AnswerEndReason.SILENCE)
        self._append(
            AnswerEnded(
                turn_id,
                "",
                AnswerEndReason.SILENCE,
                closed.utterances,
                closed.first_sample,
                closed.end_sample,
            )
        )

    def finish(self) -> None:
        self._listener.stop_recording()
        self._tell(TurnEvent(TurnEventKind.INTERVIEW_FINISHED))

    def hear(self, pcm: NDArray[np.int16]) -> None:
        for at in range(0, len(pcm) // CHUNK * CHUNK, CHUNK):
            part = pcm[at : at + CHUNK]
            first = self._listener.next_sample
            self._listener.hear(AudioChunk(0, first, first * 62_500, part))
            self._heard.append(part)

    def utterances(self) -> list[Utterance]:
        return self.journal.of(Utterance)

    def records(self) -> list[record_pb2.Record]:
        return [record(seq, *wire.encode(value), who) for seq, value, who in self.journal.records]

    def _tell(self, event: TurnEvent) -> None:
        self._append(event)

    def _append(self, value: TurnEvent | Consent | AnswerEnded) -> None:
        self.journal.append(value, interview_id=self._id)
