"""Words copied out of texts: whole ones, as they stand there, each once, whatever the model says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language.engine.filling import Form, fill, most_of
from central.language.model import Choice, Excerpt, Slot
from tests.fakes.paper_model import ByteWords, run_alone, saying

pytestmark = pytest.mark.unit

WORDS = ByteWords()
SAID = "I measured first, then I added an index.  It took 3 days."
KOREAN = "먼저 원인을 측정했고, 그다음 색인을 추가했습니다."


def ignore(_key: str, _text: str = "") -> None:
    """Nobody listens."""


def copied(says: str, *slots: Excerpt, before: str = "“", after: str = "”\n") -> list[str]:
    form: list[str | Slot] = [part for slot in slots for part in (before, slot, after)]
    done = run_alone(fill(list(b"Q"), form, WORDS, ignore), saying(says, f"Q{before}".rstrip(" ")))
    return list(done.values.values())


@pytest.mark.parametrize(
    ("says", "texts", "words"),
    [
        ("then I added an index”", (SAID,), "then I added an index"),
        ("then I added an index", (SAID,), "then I added an index"),
        ("index. It took”", (SAID,), "index. It took"),
        ("원인을 측정했고”", (KOREAN,), "원인을 측정했고"),
        ("색인을 추가했습니다. 그리고”", (SAID, KOREAN), "색인을 추가했습니다."),
        ("”", (SAID,), ""),
        ("anything", ("", " \n\0"), ""),
    ],
)
def test_the_model_says_where_the_words_begin_and_end(
    says: str, texts: tuple[str, ...], words: str
) -> None:
    assert copied(says, Excerpt("q", texts, 60)) == [words]


def test_what_nobody_wrote_cannot_be_copied() -> None:
    (words,) = copied("I grew sales tenfold”", Excerpt("q", (SAID,), 60))
    assert words
    assert words in " ".join(SAID.split())


@pytest.mark.parametrize(
    ("least", "words"), [(1, "It"), (3, "It took"), (7, "It took 3"), (99, "")]
)
def test_too_little_is_gone_on_with(least: int, words: str) -> None:
    slot = Excerpt("q", (SAID,), 60, least)
    assert copied("It", slot, after="\n") == [words]


def test_too_much_is_cut_at_the_last_whole_word() -> None:
    assert copied("measured first, then I added an", Excerpt("q", (SAID,), 18)) == [
        "measured first,"
    ]


def test_a_slot_after_a_space_begins_with_it() -> None:
    slot = Excerpt("q", (SAID,), 60)
    assert copied(" measured first\n", slot, before="Words: ", after="\n") == ["measured first"]


def test_no_word_is_copied_twice() -> None:
    slots = [Excerpt(f"q{number}", ("one two",), 20) for number in range(4)]
    form: list[str | Slot] = [part for slot in slots for part in ("[", slot, "]")]
    eager = saying("one two", "[")  # at every slot anew
    done = run_alone(fill(list(b"Q"), form, WORDS, ignore), eager)
    words = [word for value in done.values.values() for word in value.split()]
    assert sorted(words) == ["one", "two"]


def test_it_takes_no_more_tokens_than_were_reserved_for_it() -> None:
    slot = Excerpt("q", ("가" * 60,), 60)
    form: list[str | Slot] = ["“", slot, "”"]
    done = run_alone(fill(list(b"Q"), form, WORDS, ignore), saying("가" * 60, "Q“"))
    assert done.values == {"q": ""}, "a byte is a token here: no whole word fits"
    assert done.generated <= most_of(form, WORDS)


texts = st.lists(st.text("ab 가나,.\n\0é", max_size=30), min_size=1, max_size=3).map(tuple)
excerpts = st.lists(
    st.builds(
        Excerpt,
        key=st.uuids().map(str),
        texts=st.just(("",)),
        most_characters=st.integers(1, 20),
        least_letters=st.integers(1, 6),
    ),
    min_size=1,
    max_size=4,
)


@given(texts, excerpts, st.integers(0, 100), st.sampled_from(["", " ", "“", "x: "]))
def test_whatever_the_model_says_the_words_stand_there(
    said: tuple[str, ...], slots: list[Excerpt], prompt: int, before: str
) -> None:
    slots = [Excerpt(one.key, said, one.most_characters, one.least_letters) for one in slots]
    form: list[str | Slot] = [part for slot in slots for part in (before, slot, "\n")]
    done = run_alone(fill([prompt], form, WORDS, ignore))
    assert isinstance(done, Form)
    lines = [f" {' '.join(text.replace(chr(0), ' ').split())} " for text in said]
    for slot in slots:
        words = done.values[slot.key]
        if not words:
            continue
        assert len(words) <= slot.most_characters
        assert sum(one.isalnum() for one in words) >= slot.least_letters
        at = [line for line in lines if f" {words}" in line]
        assert at, "it begins where a word does"
        assert any(
            not line.partition(f" {words}")[2][:1].isalnum() or line.count(words) > 1 for line in at
        )
    assert done.generated <= most_of(form, WORDS)


def test_options_with_a_space_before_them_are_one_choice() -> None:
    form: list[str | Slot] = ["There: ", Choice("c", ("no", "yes")), "\n"]
    done = run_alone(fill(list(b"Q"), form, WORDS, ignore), saying(" yes\n", "QThere:"))
    assert done.values == {"c": "yes"}
