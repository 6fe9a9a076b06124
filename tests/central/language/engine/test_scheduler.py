from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language.engine.scheduler import (
    PATIENCE_S,
    SHORT_READ,
    Limits,
    Running,
    Share,
    Waiting,
    admit,
    compose,
)
from central.language.model import Urgency

pytestmark = pytest.mark.unit

QUESTION, EVALUATION, BACKGROUND = Urgency.QUESTION, Urgency.EVALUATION, Urgency.BACKGROUND
LIMITS = Limits(sequences=3, reserved=1, tokens=64, outputs=8)


def waiting(number: int, urgency: Urgency, since_s: float = 0.0, head: str = "") -> Waiting:
    return Waiting(number, urgency, since_s, tuple(head.encode()))


def running(number: int, urgency: Urgency, unread: int = 1, scored: int = 1) -> Running:
    return Running(number, urgency, 0.0, unread, scored, None)


def test_a_question_begins_before_an_evaluation_that_came_first() -> None:
    one = Limits(1, 0, 64, 8)
    assert admit([waiting(1, EVALUATION), waiting(2, QUESTION, 5.0)], [], one, 6.0) == [2]


def test_the_reserved_sequence_is_for_questions() -> None:
    evaluations = [waiting(number, EVALUATION) for number in range(3)]
    assert admit(evaluations, [], LIMITS, 0.0) == [0, 1]
    at_work = [running(0, EVALUATION), running(1, EVALUATION)]
    assert admit([waiting(9, QUESTION)], at_work, LIMITS, 0.0) == [9]


def test_who_waits_long_is_as_urgent_as_a_question() -> None:
    one = Limits(1, 0, 64, 8)
    both = [waiting(1, EVALUATION), waiting(2, QUESTION, PATIENCE_S)]
    assert admit(both, [], one, PATIENCE_S + 1) == [1]


def test_whose_head_is_being_read_waits_for_it() -> None:
    both = [waiting(1, EVALUATION, head="rubric"), waiting(2, EVALUATION, head="rubric")]
    assert admit(both, [], LIMITS, 0.0) == [1]
    reading = Running(1, EVALUATION, 0.0, 50, 1, tuple(b"rubric"))
    assert admit(both[1:], [reading], LIMITS, 0.0) == []
    assert admit(both[1:], [running(1, EVALUATION)], LIMITS, 0.0) == [2]


def test_a_long_read_waits_for_a_question_and_a_text_that_is_written_does_not() -> None:
    at_work = [running(1, EVALUATION, 500), running(2, EVALUATION), running(3, QUESTION, 40)]
    assert compose(at_work, LIMITS, 0.0) == [Share(2, 1), Share(3, 40)]


def test_a_long_read_comes_in_pieces() -> None:
    assert compose([running(1, EVALUATION, 500)], LIMITS, 0.0) == [Share(1, 64)]


def test_rows_beyond_the_limit_come_in_the_next_batch() -> None:
    assert compose([running(1, EVALUATION, 20, 20)], LIMITS, 0.0) == [Share(1, 8)]


urgencies = st.sampled_from(list(Urgency))
runs = st.lists(
    st.tuples(urgencies, st.integers(1, 300), st.integers(1, 40), st.floats(0, 60)), max_size=6
)
limits = st.builds(
    Limits, sequences=st.integers(1, 6), reserved=st.just(0), tokens=st.integers(1, 64),
    outputs=st.integers(1, 16),
)  # fmt: skip


@given(runs, limits, st.floats(60, 120))
def test_a_batch_keeps_its_limits_and_somebody_always_goes_on(
    raw: list[tuple[Urgency, int, int, float]], limits: Limits, now_s: float
) -> None:
    at_work = [
        Running(number, urgency, since_s, unread, min(scored, unread), None)
        for number, (urgency, unread, scored, since_s) in enumerate(raw)
    ]
    shares = compose(at_work, limits, now_s)
    assert bool(shares) == bool(at_work)
    assert sum(share.tokens for share in shares) <= limits.tokens
    by_id = {one.id: one for one in at_work}
    rows = 0
    for share in shares:
        one = by_id[share.id]
        assert 0 < share.tokens <= one.unread
        rows += max(0, share.tokens - (one.unread - one.scored))
    assert rows <= limits.outputs
    assert len({share.id for share in shares}) == len(shares)


@given(runs, limits)
def test_the_most_urgent_is_never_left_out_for_long_reads_of_others(
    raw: list[tuple[Urgency, int, int, float]], limits: Limits
) -> None:
    others = [
        Running(number, urgency, 0.0, max(unread, SHORT_READ + 1), 1, None)
        for number, (urgency, unread, _, _) in enumerate(raw, start=1)
        if urgency is not QUESTION
    ]
    question = Running(0, QUESTION, 5.0, 100, 1, None)
    assert compose([*others, question], limits, 6.0)[0].id == 0
