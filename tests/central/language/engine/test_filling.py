from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import EngineError
from central.language.engine.filling import Form, fill, most_of
from central.language.engine.steps import Tape
from central.language.engine.weighing import single_tokens, weigh
from central.language.engine.writing import LINE_ENDS, Written, write
from central.language.model import Choice, Slot, Text
from tests.fakes.paper_model import ByteWords, by_chance, run_alone, saying

pytestmark = pytest.mark.unit

WORDS = ByteWords()
PROMPT = list(b"Q: ")


def ignore(_key: str, _text: str = "") -> None:
    """Nobody listens."""


@pytest.mark.parametrize(
    ("says", "slot", "value", "cut"),
    [
        ("왜 그렇게 하셨나요?", Text("q", 40), "왜 그렇게 하셨나요?", False),
        ("first\nsecond", Text("q", 40), "first", False),
        ('a thing", more', Text("q", 40, stop='"'), "a thing", False),
        ("one END two", Text("q", 40, stop="END"), "one", False),
        ("too many words here", Text("q", 12), "too many", True),
        ("exactly ten", Text("q", 11), "exactly ten", False),
        ("끊을자리가없는글자들", Text("q", 4), "끊을자리", True),
        ("  spaces \t\x07 ", Text("q", 40), "spaces", False),
        ("", Text("q", 40), "", False),
        ("\n\n the next line\nand one", Text("q", 40), "the next line", False),
        ("\n \n" + "x" * 13, Text("q", 12), "x" * 12, True),
        ("line\u2028other", Text("q", 40), "line", False),
    ],
)
def test_a_text_ends_where_it_has_to(says: str, slot: Text, value: str, cut: bool) -> None:
    tape = Tape(PROMPT)
    program = write(slot, tape, WORDS, ignore)
    assert run_alone(program, saying(says, "Q: ")) == Written(value, cut)


def test_after_a_text_the_model_has_read_exactly_what_was_told() -> None:
    tape = Tape(PROMPT)
    run_alone(write(Text("q", 40, stop="END"), tape, WORDS, ignore), saying("one END", "Q: "))
    assert bytes(tape.tokens) == b"Q: one"


def test_the_likeliest_option_as_a_whole_wins_not_the_one_that_begins_best() -> None:
    def row(read: tuple[int, ...]) -> object:
        logits = by_chance((0,)) * 0
        said = bytes(token for token in read if token < 256).split(b"Q: ")[-1]
        if said == b"":
            logits[ord("a")], logits[ord("b")] = 3.0, 2.9
        elif said == b"b":
            logits[ord("y")] = 9.0
        return logits

    form = [Choice("c", ("ax", "by")), "."]
    assert run_alone(fill(PROMPT, form, WORDS, ignore), row).values == {"c": "by"}  # type: ignore[arg-type] # a row is enough


def test_an_option_that_begins_as_another_does_can_win() -> None:
    form: list[str | Slot] = [Choice("c", ("tech", "technical")), '"']
    for said in ("tech", "technical"):
        done = run_alone(fill(PROMPT, form, WORDS, ignore), saying(f'{said}"', "Q: "))
        assert done.values == {"c": said}


def test_a_text_of_another_seed_is_another_text() -> None:
    def values(seed: int) -> str:
        form = [Text("q", 20, temperature=1.0, seed=seed)]
        return run_alone(fill(PROMPT, form, WORDS, ignore)).values["q"]

    assert values(1) == values(1)
    assert len({values(seed) for seed in range(5)}) > 1


slots = st.one_of(
    st.builds(Text, key=st.uuids().map(str), most_characters=st.integers(1, 30)),
    st.builds(
        Choice,
        key=st.uuids().map(str),
        options=st.lists(st.text("abc가나", min_size=1, max_size=4), min_size=1, max_size=4,
                         unique=True).map(tuple),
    ),
)  # fmt: skip
forms = st.lists(st.one_of(slots, st.text(max_size=6)), min_size=1, max_size=6)


@given(forms, st.integers(0, 100))
def test_whatever_the_model_says_the_form_holds(form: list[str | Slot], prompt: int) -> None:
    done = run_alone(fill([prompt % 256], form, WORDS, ignore))
    assert isinstance(done, Form)
    asked = {part.key: part for part in form if not isinstance(part, str)}
    assert done.values.keys() == asked.keys()
    for key, value in done.values.items():
        slot = asked[key]
        if isinstance(slot, Choice):
            assert value in slot.options
        else:
            assert len(value) <= slot.most_characters
            assert not set(value) & set(LINE_ENDS)
    assert done.generated <= most_of(form, WORDS)


def test_weights_are_those_of_the_answers_alone() -> None:
    begun, answers = single_tokens("Level: ", ("1", "2", "3"), WORDS, "paper")
    assert bytes(begun) == b"Level: "
    weights = run_alone(weigh([*PROMPT, *begun], answers))
    assert sum(weights) == pytest.approx(1.0)
    assert min(weights) > 0


@pytest.mark.parametrize("answers", [("10",), ("1", "1"), ("", "1"), ("가",)])
def test_what_is_not_one_token_each_is_not_weighed(answers: tuple[str, ...]) -> None:
    with pytest.raises(EngineError, match="single token"):
        single_tokens("Level: ", answers, WORDS, "paper")
