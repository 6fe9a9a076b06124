"""Which question comes next: pushed ones first, then the plan's, each at most once."""

from __future__ import annotations

from collections import deque

from edge_agent.flow import InterviewPlan, PlannedQuestion
from edge_agent.interview.memory import Memory


class Agenda:
    """The questions that wait, and the ids of those already asked."""

    def __init__(self, plan: InterviewPlan) -> None:
        self._planned = deque(plan.questions)
        self._pushed: deque[PlannedQuestion] = deque()
        self._asked: set[str] = set()

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
