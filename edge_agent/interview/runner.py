"""The interview as a state machine: what was told, what to do next.

idle -> waiting -> consenting -> [checking] -> [practising] -> [calibrating]
-> (asking -> [thinking] -> answering)* -> [confirming] -> finished
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from edge_agent.flow import (
    EVERYTHING,
    AnswerEnded,
    AnswerEndReason,
    Calibration,
    CalibrationOutcome,
    Channels,
    CommandBody,
    CommandOutcome,
    EndInterview,
    HoldFollowUp,
    InterviewPlan,
    Phase,
    PushQuestion,
    RecordValue,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview import limits, presses, steps
from edge_agent.interview.agenda import Agenda
from edge_agent.interview.answer import MS
from edge_agent.interview.arrival import Arrival
from edge_agent.interview.calibrating import Calibrating, Told, calibrating_for
from edge_agent.interview.confirming import Confirming
from edge_agent.interview.measuring import Measuring
from edge_agent.interview.memory import Memory
from edge_agent.interview.obeying import pressed
from edge_agent.interview.orders import Orders
from edge_agent.interview.parts import with_parts
from edge_agent.interview.refusal import Standing
from edge_agent.interview.resuming import parts_of, repeated
from edge_agent.interview.trying import Trying
from edge_agent.interview.turn import Turn
from edge_agent.interview.view import RunnerView, view_of


class Runner:
    """One room's interviews, one after the other. `handle` never raises and never waits."""

    def __init__(self, make_id: Callable[[], str], able: Channels = EVERYTHING) -> None:
        self._make_id, self._measuring, self._orders = make_id, Measuring(able), Orders()
        self._out: list[steps.Output] = []
        self._phase, self._phase_ns, self._now_ns = Phase.IDLE, 0, 0
        self._plan: InterviewPlan | None = None
        self._agenda: Agenda | None = None
        self._turn: Turn | None = None
        self._last_interview_id, self._position, self._say_ids = "", 0, count(1)
        self._recording, self._speaking, self._begun_by = False, False, ""
        self._ending: str | None = None
        self._calibrating, self._arrival = Calibrating(), Arrival()
        self._trying, self._confirming = Trying(None, self._say_ids), Confirming()

    def handle(self, told: steps.Input, now_ns: int) -> tuple[steps.Output, ...]:
        """Everything to do because of `told`, in order. `now_ns` is CLOCK_MONOTONIC."""
        self._now_ns, self._out = max(now_ns, self._now_ns), []
        self._take(told)
        self._pass_time()
        return tuple(self._out)

    def view(self, now_ns: int) -> RunnerView:
        """The interview as it stands at `now_ns`; changes nothing."""
        waiting = self._agenda.waiting if self._agenda else 0
        return view_of(
            self._plan, self._turn, phase=self._phase, phase_ns=self._phase_ns,
            question_count=self._position + waiting, now_ns=max(now_ns, self._now_ns),
            calibrating=self._calibrating, measuring=self._measuring, arrival=self._arrival,
            trying=self._trying, confirming=self._confirming,
        )  # fmt: skip

    def memory(self) -> Memory | None:
        """What has to outlive the agent now; None where no interview is open."""
        if self._plan is None or self._agenda is None or self._phase is Phase.FINISHED:
            return None
        memory = Memory(
            self._plan, self._phase, position=self._position, ending=self._ending,
            commands=self._orders.last, begun_by=self._begun_by,
        )  # fmt: skip
        candidate = self._arrival, self._confirming
        parts = (self._agenda, self._turn, self._measuring, self._calibrating, *candidate)
        return with_parts(memory, parts)

    def _take(self, told: steps.Input) -> None:
        match told:
            case steps.CommandArrived():
                self._command(told)
            case steps.LanguageChosen():
                self._arrival.choose(told.language)
            case steps.CheckedIn():
                self._check_in(told)
            case steps.Consented():
                self._consent(told)
            case _ if isinstance(told, Told):
                self._calibrate(told)
            case steps.VoiceChanged():
                self._speaking = told.speaking
                self._turn_step(told)
            case steps.Resumed():
                self._resume(told)
            case presses.Leave() if self._phase is Phase.FINISHED:
                self._phase_ns -= limits.FINISHED_SHOWN_MS * MS
            case steps.Tick():
                pass  # time passes after every input
            case _:
                self._turn_step(told)

    def _resume(self, told: steps.Resumed) -> None:
        """Go on where the agent was killed. What may have been lost is written again."""
        if self._phase is not Phase.IDLE:
            return
        memory = told.memory
        self._orders.remember(memory.commands)
        self._begin(memory.plan, memory.begun_by)
        self._write(*repeated(told))
        self._measuring.resume(memory)
        self._agenda, self._calibrating, self._arrival, self._confirming = parts_of(memory)
        if memory.consent is not None:
            self._record(memory.plan)
        if memory.phase in {Phase.CONSENTING, Phase.CALIBRATING}:
            self._position = memory.position
            self._enter(memory.phase)
        elif memory.phase is not Phase.WAITING:
            self._ask_again(memory)

    def _ask_again(self, memory: Memory) -> None:
        """The same question is another turn, at the same position."""
        self._position = memory.position - (memory.question is not None)
        over = limits.COMPLETED if memory.phase is Phase.CONFIRMING else memory.ending
        if over is not None:
            self._finish(over)
        else:
            self._ask_next(again="break" if memory.question is not None else "")

    def _command(self, arrived: steps.CommandArrived) -> None:
        ending, last, unready = self._ending is not None, self._last_interview_id, arrived.not_ready
        standing = Standing(
            self._phase, self._agenda, self._turn, ending, last, unready, self._calibrating
        )
        results = self._orders.answer(arrived, standing)
        done = any(one.outcome is CommandOutcome.DONE for one in results)
        body = arrived.command.body if done else None
        if isinstance(body, StartInterview):
            self._begin(body.plan, arrived.command.command_id)  # first: its result belongs to it
        self._write(*results)
        if body is not None:
            self._obey(body, arrived.command.command_id)

    def _obey(self, body: CommandBody, command_id: str) -> None:
        if (same := pressed(body, command_id, self._now_ns)) is not None:
            self._take(same)
        elif isinstance(body, EndInterview):
            self._end(body.reason or "ended")
        elif isinstance(body, PushQuestion | HoldFollowUp) and self._agenda is not None:
            self._agenda.order(body)

    def _begin(self, plan: InterviewPlan, command_id: str) -> None:
        self._measuring.begin(plan)
        self._plan, self._agenda, self._turn = plan, Agenda(plan), None
        self._begun_by, self._last_interview_id = command_id, plan.interview_id
        self._position, self._ending = 0, None
        self._calibrating, self._arrival = calibrating_for(plan), Arrival(plan)
        self._trying, self._confirming = Trying(plan, self._say_ids), Confirming(plan)
        self._enter(Phase.WAITING)
        self._write(TurnEvent(TurnEventKind.INTERVIEW_STARTED))

    def _check_in(self, told: steps.CheckedIn) -> None:
        if self._phase is Phase.WAITING and self._arrival.admits(told.way, told.code):
            self._write(TurnEvent(TurnEventKind.CHECKED_IN, text=told.way))
            self._enter(Phase.CONSENTING)

    def _consent(self, told: steps.Consented) -> None:
        if self._phase is not Phase.CONSENTING or self._plan is None:
            return
        self._write(self._measuring.decide(told, self._plan, self._arrival.shown))
        if not told.recording:
            self._finish(limits.RECORDING_DECLINED)
            return
        self._try_next()

    def _try_next(self) -> None:
        """Nothing is recorded before all of it was tried."""
        self._out.extend(self._trying.begin(self._now_ns, self._arrival.shown))
        if self._trying.phase is not None:
            self._enter(self._trying.phase)
        elif self._plan is not None:
            self._record(self._plan)
            self._ask_next()

    def _record(self, plan: InterviewPlan) -> None:
        self._recording = True
        self._out.append(self._measuring.start(plan))

    def _calibrate(self, told: Told) -> None:
        came = self._calibrating.take(told, offered=self._phase is Phase.CALIBRATING)
        if isinstance(came, Calibration):
            self._write(*self._measuring.took(came, told))
            self._ask_next()
        elif came:
            self._enter(Phase.CALIBRATING)  # its time counts from the beginning

    def _turn_step(self, told: steps.Input) -> None:
        if self._turn is not None:
            self._advance(self._turn, told)
        elif self._trying.phase is self._phase:
            out, over = self._trying.handle(told, self._now_ns, self._arrival.shown)
            self._out.extend(out)
            if over:
                self._try_next()
        elif self._phase is Phase.CONFIRMING:
            self._write(*self._confirming.handle(told, self._now_ns))
            if self._confirming.over:
                self._finish(limits.COMPLETED)

    def _pass_time(self) -> None:
        elapsed_ms = (self._now_ns - self._phase_ns) // MS
        if self._turn is not None or self._phase in {self._trying.phase, Phase.CONFIRMING}:
            self._turn_step(steps.Tick())
        elif self._phase is Phase.CALIBRATING and elapsed_ms >= limits.CALIBRATION_LIMIT_MS:
            self._calibrate(steps.CalibrationEnded(CalibrationOutcome.SKIPPED))
        elif self._phase is Phase.FINISHED and elapsed_ms >= limits.FINISHED_SHOWN_MS:
            self._plan, self._agenda, self._arrival, self._position = None, None, Arrival(), 0
            self._enter(Phase.IDLE)

    def _advance(self, turn: Turn, told: steps.Input) -> None:
        """Let the turn act; go on where it is over."""
        before = turn.phase
        self._out.extend(turn.handle(told, self._now_ns, speaking=self._speaking))
        if turn.ended is not None:
            self._turn_over(turn, turn.ended)
        elif turn.phase is not before:
            self._phase, self._phase_ns = turn.phase, turn.phase_ns

    def _turn_over(self, turn: Turn, ended: AnswerEnded) -> None:
        self._write(ended)
        self._confirming.add(ended, turn.question.text)
        self._turn, again = None, "noise" if turn.answer_again else ""
        if again and self._agenda is not None:
            self._agenda.ask_again(turn.question)
            self._position = turn.position
        elif self._agenda is not None:
            self._agenda.follow(ended)
        if self._ending is not None:
            self._finish(self._ending)
        else:
            self._ask_next(again=again, paused=turn.pausing.waits)

    def _ask_next(self, *, again: str = "", paused: bool = False) -> None:
        if not again and self._agenda and self._agenda.waiting and self._calibrating.offer():
            self._enter(Phase.CALIBRATING)
            return
        question = self._agenda.take() if self._agenda else None
        if question is None or self._plan is None:
            self._finish(limits.COMPLETED)
            return
        turn_id = self._make_id()
        self._turn = Turn(
            self._plan, question, self._position, turn_id, self._say_ids, again=again, paused=paused
        )
        self._position += 1
        self._out.extend(self._turn.ask(self._now_ns))
        self._enter(self._turn.phase)

    def _end(self, reason: str) -> None:
        self._ending = reason
        if self._turn is None:
            self._finish(reason)
            return
        self._out.extend(self._turn.end(AnswerEndReason.INTERVIEW_ENDED, self._now_ns))
        if self._turn.ended is not None:
            self._turn_over(self._turn, self._turn.ended)

    def _finish(self, reason: str) -> None:
        """Stop keeping sound first, so that the farewell is the last record of the interview."""
        if self._recording:
            self._out.append(steps.StopRecording())
        self._recording, self._turn = False, None
        self._measuring.end()
        if reason == limits.COMPLETED and self._confirming.begin(self._now_ns):
            self._enter(Phase.CONFIRMING)
            return
        self._write(TurnEvent(TurnEventKind.INTERVIEW_FINISHED, text=reason))
        self._enter(Phase.FINISHED)

    def _enter(self, phase: Phase) -> None:
        self._phase, self._phase_ns = phase, self._now_ns

    def _write(self, *values: RecordValue) -> None:
        interview_id = self._plan.interview_id if self._plan else ""
        self._out.extend(steps.Write(value, interview_id) for value in values)
