"""Whoever else is there: everyone gets what they would get alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language.engine.filling import Form, fill
from central.language.engine.messages import Answer, Begun, FormFilled, NotDone, Up
from central.language.engine.prefixes import WORTH_TOKENS, Prefixes
from central.language.engine.scheduler import Limits
from central.language.engine.steps import Program
from central.language.engine.work import Finish, Job, Work
from central.language.model import Choice, Slot, Text, Urgency
from tests.fakes.paper_model import ByteWords, PaperMemory, run_alone

pytestmark = pytest.mark.unit

WORDS = ByteWords()
FORM: list[str | Slot] = ["a", Text("t", 8), "b", Choice("c", ("xy", "xz", "z"))]
HEADS = [tuple(b"%d" % number * WORTH_TOKENS) for number in range(3)]


@dataclass(slots=True)
class Bench:
    """Work over a model on paper, and what it told."""

    memory: PaperMemory = field(default_factory=PaperMemory)
    told: list[Up] = field(default_factory=list[Up])

    def work(self, limits: Limits) -> Work:
        kept = range(limits.sequences, limits.sequences + 2)
        return Work(self.memory, limits, Prefixes(kept, 100), self.told.append)

    def answers(self) -> dict[int, Answer]:
        return {one.id: one for one in self.told if isinstance(one, FormFilled | NotDone)}


def program(number: int, prompt: tuple[int, ...]) -> Program[Finish]:
    form: Form = yield from fill(prompt, FORM, WORDS, lambda _key, _text: None)
    return lambda reused: FormFilled(
        number, form.values, form.cut, len(prompt), reused, form.generated
    )


def job(
    number: int,
    prompt: tuple[int, ...],
    head: tuple[int, ...] = (),
    urgency: Urgency = Urgency.QUESTION,
    until_s: float = 1000.0,
) -> Job:
    return Job(number, program(number, prompt), head, urgency, 0.0, until_s)


jobs = st.lists(
    st.tuples(
        st.sampled_from(HEADS),
        st.binary(min_size=1, max_size=40).map(tuple),
        st.sampled_from(list(Urgency)),
        st.integers(0, 12),  # asked after so many steps
        st.one_of(st.none(), st.integers(0, 12)),  # cancelled so many steps later
    ),
    min_size=1,
    max_size=8,
)
limits = st.builds(
    Limits, sequences=st.integers(1, 4), reserved=st.just(0), tokens=st.integers(1, 50),
    outputs=st.integers(1, 6),
)  # fmt: skip


@given(jobs, limits)
def test_together_everyone_gets_what_they_would_get_alone(
    raw: list[tuple[tuple[int, ...], tuple[int, ...], Urgency, int, int | None]], limits: Limits
) -> None:
    bench = Bench()
    work = bench.work(limits)
    step = 0
    while work.busy or step <= 24:
        for number, (head, own, urgency, asked, cancelled) in enumerate(raw):
            if asked == step:
                work.add(job(number, head + own, head, urgency))
            if cancelled is not None and asked + cancelled == step:
                work.cancel(number)
        work.step(float(step) / 10)
        step += 1
        assert step < 5000, "nobody goes on"
    answers = bench.answers()
    for number, (head, own, _, _, cancelled) in enumerate(raw):
        alone = run_alone(fill(head + own, FORM, WORDS, lambda _key, _text: None))
        if cancelled is None or number in answers:
            found = answers[number]
            assert isinstance(found, FormFilled)
            assert found.values == alone.values
    assert max(bench.memory.batches, default=0) <= limits.tokens


def test_the_second_of_two_that_begin_alike_reads_only_its_own() -> None:
    bench = Bench()
    work = bench.work(Limits(2, 0, 512, 64))
    for number in range(2):
        work.add(job(number, HEADS[0] + (number,), HEADS[0]))
    while work.busy:
        work.step(0.0)
    reused = [one.reused_tokens for one in bench.told if isinstance(one, FormFilled)]
    assert sorted(reused) == [0, WORTH_TOKENS]


def test_who_is_out_of_time_is_told_and_leaves_room() -> None:
    bench = Bench()
    work = bench.work(Limits(1, 0, 4, 4))
    work.add(job(1, HEADS[0], until_s=1.0))
    work.add(job(2, HEADS[1], until_s=1.0))
    work.add(job(3, HEADS[2]))
    work.step(0.0)
    work.step(1.0)
    assert {1, 2} == bench.answers().keys()
    while work.busy:
        work.step(2.0)
    assert isinstance(bench.answers()[3], FormFilled)


def test_it_says_what_is_at_work_before_the_model_reads_it() -> None:
    bench = Bench()
    work = bench.work(Limits(1, 0, 64, 4))
    work.add(job(1, HEADS[0]))
    work.add(job(2, HEADS[1]))
    work.step(0.0)
    assert [one.id for one in bench.told if isinstance(one, Begun)] == [1]


def test_a_program_that_fails_ends_alone() -> None:
    def broken(prompt: tuple[int, ...]) -> Program[Finish]:
        yield from program(1, prompt)
        raise ValueError("of its own")

    bench = Bench()
    work = bench.work(Limits(2, 0, 64, 4))
    work.add(Job(1, broken(HEADS[0]), (), Urgency.QUESTION, 0.0, 1000.0))
    work.add(job(2, HEADS[1]))
    while work.busy:
        work.step(0.0)
    first, second = bench.answers()[1], bench.answers()[2]
    assert first == NotDone(1, "ValueError: of its own")
    assert isinstance(second, FormFilled)
