"""Ears and runner together, over real voice and virtual time: sound is the clock."""

from __future__ import annotations

import os

import pytest

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    Command,
    InterviewPlan,
    Pcm,
    PlannedQuestion,
    StartInterview,
    TurnEvent,
    TurnEventKind,
    Utterance,
)
from edge_agent.hearing.vad import SileroVoice
from edge_agent.interview import Runner
from edge_agent.interview.steps import (
    CheckedIn,
    CloseAnswer,
    CommandArrived,
    Consented,
    Input,
    OpenAnswer,
    Say,
    SpeechPlayed,
    StartRecording,
    StopRecording,
    Tick,
    VoiceChanged,
    Write,
)
from tests.edge_agent.hearing.helpers import CHUNK, Ear, quiet
from tests.edge_agent.hearing.test_real_speech import SENTENCES, spoken

pytestmark = pytest.mark.integration


class DeafRoom:
    """A room without devices: what is heard is given, what is asked is said in no time."""

    def __init__(self) -> None:
        self.ear = Ear(voice=SileroVoice())
        self.runner = Runner(iter("abcdef").__next__)
        self.told = 0
        self.asked: list[str] = []

    def tell(self, told: Input) -> None:
        listener = self.ear.listener
        for output in self.runner.handle(told, self.ear.at * 62_500):
            match output:
                case Write():
                    self.ear.journal.append(output.value, interview_id=output.interview_id)
                case Say():
                    self.asked.append(output.text)
                    self.tell(SpeechPlayed(output.say_id))
                case StartRecording():
                    listener.start_recording(output.interview_id)
                case StopRecording():
                    listener.stop_recording()
                case OpenAnswer():
                    listener.open_answer(output.turn_id, output.language)
                case CloseAnswer():
                    self.tell(listener.close_answer(output.turn_id, output.reason))

    def hear(self, pcm: Pcm) -> None:
        for start in range(0, len(pcm), CHUNK):
            self.ear.hear_chunk(pcm[start : start + CHUNK])
            for _, on in self.ear.spoke[self.told :]:
                self.told += 1
                self.tell(VoiceChanged(on))
            if start % (5 * CHUNK) == 0:
                self.tell(Tick())


async def test_answers_end_3_s_after_the_last_word_with_all_their_utterances_in_the_journal() -> (
    None
):
    room = DeafRoom()
    questions = tuple(
        PlannedQuestion(f"q{n}", f"Question {n}?", 0, 60_000, "technical") for n in range(2)
    )
    plan = InterviewPlan("i1", "Ada", "en", questions, 3_000, 10_000, "v1", False)
    room.tell(CommandArrived(Command("c1", 2**62, StartInterview(plan)), 0))
    room.tell(CheckedIn())
    room.tell(Consented(recording=True, ai_scoring=True))
    ends = []
    for text, language in SENTENCES[:2]:
        room.hear(quiet(1_500))
        room.hear(await spoken(text, language))
        last_word = room.ear.at
        room.hear(quiet(4_000))
        ends.append(room.ear.journal.of(AnswerEnded)[-1].end_sample - last_word)
    assert all(2_850 <= end / 16 <= 3_300 for end in ends), ends
    answers = room.ear.journal.of(AnswerEnded)
    assert [one.reason for one in answers] == [AnswerEndReason.SILENCE] * 2
    said = room.ear.journal.of(Utterance)
    for answer in answers:
        assert answer.utterances == sum(1 for one in said if one.turn_id == answer.turn_id) == 1
    steps = [event.kind for event in room.ear.journal.of(TurnEvent)]
    assert steps.count(TurnEventKind.ANSWER_BEGUN) == 2
    assert steps[-1] is TurnEventKind.INTERVIEW_FINISHED


def test_loading_the_voice_model_limits_nobody_elses_threads() -> None:
    before = os.environ.get("OMP_THREAD_LIMIT")
    SileroVoice()
    assert os.environ.get("OMP_THREAD_LIMIT") == before
