"""A model words questions; the gates decide."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import EngineError
from central.interview.rubric import Rubric
from central.language.model import Choice, Filled, Prompt, Slot, Urgency
from central.language.planning import following, private
from central.language.planning.likeness import plain
from central.language.planning.prompts import Heard, Wish
from central.language.planning.sources import MOST_CHARACTERS, Piece, span_in, usable
from central.language.planning.writing import Writer, Written, main_question
from tests.fakes.scripted_model import HashedEmbedder, ScriptedModel, read

pytestmark = pytest.mark.unit

GOOD = "결제 서버를 옮기실 때 가장 어려웠던 점을 어떻게 풀어 가셨나요?"
RESUME = Piece(
    "resume", "7", "경력", "2024년에 결제 서버를 옮겼습니다. 저는 결혼했습니다.", start=100
)
WISH = Wish(
    "ko", "백엔드 개발자", "한빛", "서버를 운영합니다", "문제 해결",
    "가장 어려웠던 기술적 문제 하나를 말씀해 주시겠어요?",
)  # fmt: skip


def writes(*questions: str, span: str = "결제 서버를") -> ScriptedModel:
    """One question after the other, the last one for ever."""
    left: Iterator[str] = iter(questions)
    last = questions[-1]

    def write(_: Prompt, slot: Slot) -> str:
        return span if slot.key == "span" else next(left, last)

    return ScriptedModel(write)


async def written(model: ScriptedModel, *, asked: tuple[str, ...] = ()) -> Written:
    wish = Wish(**{name: getattr(WISH, name) for name in Wish.__slots__} | {"asked": asked})
    return await main_question(Writer(model), wish, [RESUME], Rubric("1", ()))


async def test_a_question_says_which_words_of_the_resume_it_is_about() -> None:
    found = await written(writes(GOOD))
    (source,) = found.sources
    assert found.text == GOOD
    assert (source.kind, source.ref, source.text) == ("resume", "7", "결제 서버를")
    assert (source.start, source.end) == (107, 113)


@pytest.mark.parametrize(
    ("model", "gates"),
    [
        (writes("짧은가요?"), ["length"]),
        (writes("결혼은 하셨는지 편하게 말씀해 주시겠어요?"), ["prohibited"]),
        (writes(GOOD, span="구글에서 일한 경력"), ["span"]),
        (writes("결제 서버를 옮긴 경험이 있으신가요?"), ["open"]),
    ],
)
async def test_after_two_tries_there_is_none(model: ScriptedModel, gates: list[str]) -> None:
    found = await written(model)
    assert (found.text, found.sources, len(found.tries)) == ("", (), 2)
    assert [gate for gate, _ in found.tries[0].refused] == gates
    assert gates[0] not in read(model.asked[0])
    assert gates[0] in read(model.asked[1])


async def test_the_second_try_may_pass() -> None:
    found = await written(writes("짧은가요?", GOOD))
    assert (found.text, len(found.tries)) == (GOOD, 2)


async def test_a_question_that_was_cut_off_is_none() -> None:
    found = await written(writes("결제 서버를 옮기실 때 " * 20))
    assert found.text == ""
    assert found.tries[0].refused[0][0] == "length"


async def test_the_reviewed_question_word_for_word_is_the_banks() -> None:
    found = await written(writes(WISH.sample))
    assert (found.text, found.sources, len(found.tries)) == ("", (), 1)
    assert [gate for gate, _ in found.tries[0].refused] == ["reviewed"]


async def test_without_papers_nothing_is_quoted() -> None:
    model = writes(GOOD)
    found = await main_question(Writer(model), WISH, [], Rubric("1", ()))
    assert (found.text, found.sources) == (GOOD, ())


async def test_what_is_private_is_not_shown_to_a_model() -> None:
    model = writes(GOOD)
    await written(model)
    assert "결제 서버를 옮겼습니다" in read(model.asked[0])
    assert "결혼했습니다" not in read(model.asked[0])


async def test_meaning_counts_where_there_is_an_embedder() -> None:
    writer = Writer(writes(GOOD), HashedEmbedder(64))
    asked = "결제 서버를 옮기실 때 가장 힘들었던 점을 어떻게 풀어 가셨나요?"
    wish = Wish(**{name: getattr(WISH, name) for name in Wish.__slots__} | {"asked": (asked,)})
    found = await main_question(writer, wish, [], Rubric("1", ()))
    assert found.tries[0].refused[0][0] == "repeated"


HEARD = Heard("en", "How did you fix it?", "I added an index to the orders table.", "result")
ANSWER = Piece("answer", "3", "", HEARD.answer)
NEXT = "How did the orders table behave after you added the index?"


async def test_a_follow_up_quotes_what_was_said() -> None:
    found = await following.question(Writer(writes(NEXT, span="an index")), HEARD, ANSWER, ())
    assert found.text == NEXT
    assert [one.text for one in found.sources] == ["an index"]


async def test_the_second_try_of_a_follow_up_is_told_why_and_may_say_something_else() -> None:
    model = writes("How?", NEXT, span="an index")
    found = await following.question(Writer(model), HEARD, ANSWER, ())
    assert (found.text, len(found.tries)) == (NEXT, 2)
    assert ("length" in read(model.asked[0]), "length" in read(model.asked[1])) == (False, True)


def _fails(_: Prompt, __: Slot) -> str:
    raise EngineError("scripted", "it died")


class Slow(ScriptedModel):
    """Never answers."""

    async def fill(
        self, prompt: Prompt, form: Sequence[str | Slot], *, urgency: Urgency, timeout_s: float
    ) -> Filled:
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize(
    "model",
    [lambda: ScriptedModel(_fails), Slow, lambda: writes(NEXT, span="what nobody said")],
    ids=["dead", "slow", "inventing"],
)
async def test_a_follow_up_never_waits_longer_than_its_deadline(
    model: Callable[[], ScriptedModel],
) -> None:
    writer = Writer(model())
    found = await following.question(writer, HEARD, ANSWER, (), deadline_s=0.05)
    assert found.text == ""
    assert found.tries[-1].refused
    assert await following.is_said(Writer(Slow()), HEARD, deadline_s=0.05) is False


async def test_a_model_may_find_what_the_rules_miss() -> None:
    yes = ScriptedModel(lambda _, slot: slot.options[-1] if isinstance(slot, Choice) else "")
    assert await following.is_said(Writer(yes), HEARD) is True
    assert await following.is_said(Writer(ScriptedModel()), HEARD) is False


@given(text=st.text(alphabet="가나 다AB\n.!?１", max_size=900), start=st.integers(0, 50))
def test_pieces_are_cut_out_of_their_source(text: str, start: int) -> None:
    source = " " * start + text
    for piece in usable([Piece("resume", "1", "", text, start)]):
        assert len(piece.text) <= MOST_CHARACTERS
        assert source[piece.start : piece.start + len(piece.text)] == piece.text
        assert not private.told(piece.text)


@given(text=st.text(max_size=60), data=st.data())
def test_a_span_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    span = text[begin:end]
    found = span_in(Piece("resume", "1", "", text, 10), span)
    if not plain(span):
        assert found is None
    elif found is not None:
        assert plain(text[found[0] - 10 : found[1] - 10]) == plain(span)
