"""Which question comes next: what a person pushed, else what follows the answer that has just ended,
else the plan's; each at most once.
"""

from __future__ import annotations

from collections import deque

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    HoldFollowUp,
    InterviewPlan,
    PlannedQuestion,
    PushQuestion,
)
from edge_agent.interview.memory import Memory

ANSWERED = frozenset({AnswerEndReason.SILENCE, AnswerEndReason.DONE, AnswerEndReason.TIME_LIMIT})
"""Ends of an answer that may be followed up: who skipped, or said nothing, is left in peace."""


class Agenda:
    """The questions that wait, and the ids of those already asked."""

    def __init__(self, plan: InterviewPlan) -> None:
        self._planned = deque(plan.questions)
        self._pushed: deque[PlannedQuestion] = deque()
        self._asked: set[str] = set()
        self._held: HoldFollowUp | None = None

    @classmethod
    def resumed(cls, memory: Memory) -> Agenda:
        """As it was; the question that was being asked comes first, and again."""
        agenda = cls(memory.plan)
        agenda._asked = set(memory.asked)
        agenda._pushed = deque(memory.pushed)
        if memory.question is not None:
            agenda._asked.discard(memory.question.question_id)
            agenda._pushed.appendleft(memory.question)
        gone = agenda._asked | {one.question_id for one in agenda._pushed}
        agenda._planned = deque(one for one in memory.plan.questions if one.question_id not in gone)
        return agenda

    @property
    def asked(self) -> tuple[str, ...]:
        """Ids of the questions that were asked, sorted."""
        return tuple(sorted(self._asked))

    @property
    def pushed(self) -> tuple[PlannedQuestion, ...]:
        """Questions that wait before those of the plan."""
        return tuple(self._pushed)

    @property
    def waiting(self) -> int:
        """How many questions have not been asked."""
        return len(self._pushed) + len(self._planned)

    def may_ask(self, question: PlannedQuestion) -> bool:
        """False where this question has been asked: answers are told apart by its id."""
        return question.question_id not in self._asked

    def push(self, question: PlannedQuestion) -> None:
        """Ask this after what was pushed before; one that the plan holds moves forward."""
        if question.question_id in self._asked | {one.question_id for one in self._pushed}:
            return
        self._planned = deque(
            one for one in self._planned if one.question_id != question.question_id
        )
        self._pushed.append(question)

    def order(self, body: PushQuestion | HoldFollowUp) -> None:
        """What central wants asked. Of what it has us hold, the latest counts."""
        if isinstance(body, HoldFollowUp):
            self._held = body
        else:
            self.push(body.question)

    def follow(self, ended: AnswerEnded) -> None:
        """An answer is over: what is held comes next if it was made of all that was said, and nobody
        pushed anything. Whatever is not asked now is forgotten.
        """
        held, self._held = self._held, None
        if held is None or held.question is None or self._pushed:
            return
        whole = held.utterances >= ended.utterances
        answered = ended.reason in ANSWERED and held.after_question_id == ended.question_id
        if whole and answered and self.may_ask(held.question):
            self.push(held.question)

    def ask_again(self, question: PlannedQuestion) -> None:
        """This one comes next once more: its answer was disturbed."""
        self._asked.discard(question.question_id)
        self._pushed.appendleft(question)

    def take(self) -> PlannedQuestion | None:
        """The next question; None when all were asked."""
        source = self._pushed or self._planned
        if not source:
            return None
        question = source.popleft()
        self._asked.add(question.question_id)
        return question


def plan_problem(plan: InterviewPlan) -> str | None:
    """A sentence on why this plan cannot be held; None where it can."""
    if not plan.interview_id:
        return "The plan has no interview id."
    if not plan.questions:
        return "The plan has no questions."
    ids = [one.question_id for one in plan.questions]
    if "" in ids or len(set(ids)) < len(ids):
        return "Every question of the plan needs an id of its own."
    if any(not one.text.strip() for one in plan.questions):
        return "A question of the plan has no text."
    return None
