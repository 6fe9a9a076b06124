"""An interview that lies in a video: a room's runner, told what a candidate would have done.

Consent was given with the upload. Each question is asked in the moment in which its answer begins, and
an answer ends where the next one begins.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from edge_agent.flow import (
    AnalyseVideo,
    AnswerEndReason,
    CalibrationOutcome,
    Channels,
    Command,
    EndInterview,
    InterviewPlan,
    StartInterview,
)
from edge_agent.interview import Runner
from edge_agent.interview.memory import Memory
from edge_agent.interview.presses import DonePressed
from edge_agent.interview.steps import (
    AnswerClosed,
    CalibrationEnded,
    CheckedIn,
    Consented,
    Resumed,
    Say,
    SpeechPlayed,
    Tick,
    VoiceChanged,
)
from edge_agent.offline.media_clock import MediaClock
from edge_agent.offline.playback import Playback
from edge_agent.stage import LOCAL, Hands, Keeper, Stage
from edge_agent.uplink.journal import Journal

_MS = 1_000_000
_NEVER_MS = 2**31
"""No silence and no clock ends an answer: the next one does."""
_FOR_EVER_NS = 2**62


class Conductor:
    """One interview. `begin`, `reach` and `turn_at` are for `Playback`."""

    def __init__(
        self,
        wanted: AnalyseVideo,
        journal: Journal,
        clock: MediaClock,
        keeper: Keeper,
        memory: Memory | None = None,
    ) -> None:
        """`memory`: what a killed agent left of this interview."""
        self._wanted, self._clock, self._memory = wanted, clock, memory
        self._plan = plan_of(wanted)
        self._starts_ns = [start_ms * _MS for start_ms in wanted.answer_starts_ms]
        self._asked = self._first = _resumed_at(self._plan, memory)
        self._turns: list[tuple[int, str]] = []
        self._playback: Playback | None = None
        self._begun = False
        hands = Hands(
            start_recording=self._start_recording,
            stop_recording=self._stop_recording,
            pause_recording=lambda _: None,  # nobody is there to pause
            open_answer=self._open_answer,
            close_answer=self._close_answer,
            say=self._say,
            hush=lambda: None,
            sample=self._sample,
        )
        runner = Runner(lambda: str(uuid.uuid4()))
        self._stage = Stage(runner, journal, hands, keeper, mono_ns=clock.mono_ns)

    @property
    def from_ns(self) -> int:
        """Media time from which on anything is needed."""
        return self._starts_ns[self._first]

    def begin(self, playback: Playback) -> None:
        """The listener and the recorder are there."""
        self._playback = playback

    def reach(self, media_ns: int) -> None:
        """Media time is about to be `media_ns`."""
        if media_ns < self.from_ns:
            return
        if not self._begun:
            self._begun = True
            # Not with the first chunk after it: seconds are counted from the answer's own beginning.
            self._clock.reach(self.from_ns)
            self._start()
        self._clock.reach(media_ns)
        while (
            self._asked + 1 < len(self._starts_ns) and media_ns >= self._starts_ns[self._asked + 1]
        ):
            self._asked += 1
            self._stage.tell(DonePressed())
            self._note_turn(self._starts_ns[self._asked])
        self._stage.tell(Tick())

    def turn_at(self, media_ns: int) -> str:
        """The turn that a window from `media_ns` on belongs to; that of the nearest answer after it."""
        found = ""
        for start_ns, turn_id in self._turns:
            if start_ns <= media_ns or not found:
                found = turn_id
        return found

    def speaking(self, speaking: bool) -> None:
        """Voice began or ceased."""
        self._stage.tell(VoiceChanged(speaking))

    def finish(self) -> None:
        """Nothing more will come: the open answer ends, and the interview with it."""
        self._stage.tell(DonePressed())

    def stop(self, why: str) -> None:
        """It ends before its time; what was looked at stays."""
        if self._begun:
            body = EndInterview(why)
            self._stage.command(Command(f"{LOCAL}end", _FOR_EVER_NS, body))

    @property
    def begun(self) -> bool:
        """Whether anything of the interview was written."""
        return self._begun or self._memory is not None

    def _start(self) -> None:
        tell = self._stage.tell
        if self._memory is not None:
            tell(Resumed(self._memory, self._clock.mono_ns(), self._clock.mono_ns()))
        else:
            body = StartInterview(self._plan)
            self._stage.command(Command(f"{LOCAL}start", _FOR_EVER_NS, body))
        # Whatever was told before a kill changes nothing now.
        tell(CheckedIn())
        tell(Consented(recording=True, ai_scoring=self._wanted.ai_scoring))
        tell(CalibrationEnded(CalibrationOutcome.SKIPPED))
        self._note_turn(self._starts_ns[self._asked])

    def _note_turn(self, start_ns: int) -> None:
        self._turns.append((start_ns, self._stage.view().turn_id))

    # --- hands ------------------------------------------------------------------------------------

    def _start_recording(self, interview_id: str, scored: bool, channels: Channels) -> None:
        playback = self._there()
        assert playback.listener is not None
        assert playback.recorder is not None
        playback.listener.start_recording(interview_id)
        playback.recorder.start(
            interview_id,
            self._clock.mono_ns(),
            playback.counts,
            scored=scored,
            channels=channels,
        )

    def _stop_recording(self) -> None:
        """The recorder has been stopped by whoever feeds it."""
        playback = self._there()
        assert playback.listener is not None
        playback.listener.stop_recording()

    def _open_answer(self, turn_id: str, language: str) -> None:
        playback = self._there()
        assert playback.listener is not None
        playback.listener.open_answer(turn_id, language)

    def _close_answer(self, turn_id: str, reason: AnswerEndReason) -> AnswerClosed:
        playback = self._there()
        assert playback.listener is not None
        return playback.listener.close_answer(turn_id, reason)

    def _say(self, say: Say) -> None:
        """The video has heard the question already."""
        self._stage.tell(SpeechPlayed(say.say_id))

    def _sample(self) -> int | None:
        listener = self._playback.listener if self._playback else None
        return listener.next_sample if listener and listener.next_sample else None

    def _there(self) -> Playback:
        assert self._playback is not None
        return self._playback


def plan_of(wanted: AnalyseVideo) -> InterviewPlan:
    """The plan as a video answers it: as many questions as answers, none ended by a clock."""
    questions = wanted.plan.questions[: len(wanted.answer_starts_ms)]
    return replace(
        wanted.plan,
        questions=tuple(replace(one, think_ms=0, answer_limit_ms=_NEVER_MS) for one in questions),
        answer_end_silence_ms=_NEVER_MS,
        no_answer_prompt_ms=_NEVER_MS,
        calibrate=True,
    )


def _resumed_at(plan: InterviewPlan, memory: Memory | None) -> int:
    """The answer that a killed agent was in: it is looked at anew from its beginning."""
    ids = [one.question_id for one in plan.questions]
    if memory is None or memory.question is None or memory.question.question_id not in ids:
        return 0
    return ids.index(memory.question.question_id)
