"""What a model is asked for. Code writes all but the slots; what others wrote is marked untrusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from central.language.model import (
    Choice,
    Excerpt,
    Part,
    Prompt,
    Slot,
    Text,
    Trusted,
    Untrusted,
)
from central.language.planning.follow_up import About
from central.language.planning.gates import SHORTEST_SPAN
from central.language.planning.prompt_texts import MISSING, SYSTEM, WORDS
from central.language.planning.sources import Piece

LONGEST_QUESTION: Final = 140
LONGEST_SPAN: Final = 80
AGAIN_TEMPERATURE: Final = 0.4
"""Of a second try: the likeliest words were refused."""

Form = Sequence[str | Slot]


@dataclass(frozen=True, slots=True)
class Wish:
    """A main question to be worded. `sample`: the reviewed question that asks for the same."""

    language: str
    position: str
    company: str | None
    about: str
    competency: str
    sample: str
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that something is missing from."""

    language: str
    question: str
    answer: str
    about: About


def main(wish: Wish, pieces: Sequence[Piece], refused: Sequence[str]) -> tuple[Prompt, Form]:
    """For a main question. `refused`: why what was written before is not asked."""
    words = _words(wish.language)
    shared: list[Part] = [Trusted(f"{words['posting']}: "), Untrusted(wish.position)]
    if wish.company:
        shared += [Trusted(f"\n{words['company']}: "), Untrusted(wish.company)]
    if wish.about:
        shared += [Trusted(f"\n{words['about']}: "), Untrusted(wish.about)]
    own: list[Part] = []
    for number, piece in enumerate(pieces, start=1):
        own += [Trusted(f"\n[{words['paper']} {number}] "), Untrusted(piece.text)]
    own.append(Trusted(f"\n{words['competency']}: {wish.competency}"))
    own.append(Trusted(f"\n{words['sample']}: {wish.sample}"))
    for one in wish.asked:
        own += [Trusted(f"\n{words['asked']}: "), Untrusted(one)]
    own += _again(words, refused)
    papers = tuple(piece.text for piece in pieces)
    span = Excerpt("span", papers, LONGEST_SPAN, SHORTEST_SPAN)
    form: list[str | Slot] = [words["span"], span, "\n"] if pieces else []
    form += [words["question"], _question(refused)]
    return Prompt(_system(wish.language), tuple(shared), tuple(own)), form


def follow_up(heard: Heard, refused: Sequence[str] = ()) -> tuple[Prompt, Form]:
    """For a follow-up about one missing part. `refused`: as in `main`."""
    words, missing = _words(heard.language), _missing(heard)
    own = (
        Trusted(f"\n{words['missing']}: {missing}\n{words['follow']}"),
        *_again(words, refused),
    )
    form = (
        words["said"], Excerpt("span", (heard.answer,), LONGEST_SPAN, SHORTEST_SPAN), "\n",
        words["follow_up"], _question(refused),
    )  # fmt: skip
    return Prompt(_system(heard.language), _said(heard), own), form


def is_there(heard: Heard) -> tuple[Prompt, Form, str]:
    """Whether what the rules miss is in the answer after all; and the option that says it is."""
    words = _words(heard.language)
    own = (Trusted(f"\n{words['missing']}: {_missing(heard)}"),)
    form = (words["there"], Choice("there", (words["no"], words["yes"])))
    return Prompt(_system(heard.language), _said(heard), own), form, words["yes"]


def _again(words: dict[str, str], refused: Sequence[str]) -> tuple[Part, ...]:
    return (Trusted(f"\n{words['again']}: {'; '.join(refused)}"),) if refused else ()


def _question(refused: Sequence[str]) -> Text:
    return Text("question", LONGEST_QUESTION, temperature=AGAIN_TEMPERATURE if refused else 0.0)


def _said(heard: Heard) -> tuple[Part, ...]:
    words = _words(heard.language)
    return (
        Trusted(f"{words['main']}: "),
        Untrusted(heard.question),
        Trusted(f"\n{words['answer']}: "),
        Untrusted(heard.answer),
    )


def _missing(heard: Heard) -> str:
    return MISSING["ko" if heard.language == "ko" else "en"][heard.about]


def _system(language: str) -> str:
    return SYSTEM["ko" if language == "ko" else "en"]


def _words(language: str) -> dict[str, str]:
    return WORDS["ko" if language == "ko" else "en"]
