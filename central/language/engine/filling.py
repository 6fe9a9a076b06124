"""A whole form: what code wrote stands word for word, the model fills what is between.

A vocabulary has its words with the space before them: after one that is written already no model goes on
as it learnt to. So spaces before a slot are left to the slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from central.language.engine.choosing import choose
from central.language.engine.copying import Source, copy
from central.language.engine.steps import Place, Program, Tape
from central.language.engine.vocabulary import Vocabulary, most_tokens
from central.language.engine.writing import write
from central.language.model import Choice, Excerpt, Slot, Text


@dataclass(frozen=True, slots=True)
class Form:
    """The values by key; `cut`: keys of texts that ran into their limit."""

    values: dict[str, str]
    cut: tuple[str, ...]
    generated: int
    """Tokens of the slots; the form's own are not among them."""


def fill(
    prompt: Sequence[int],
    form: Sequence[str | Slot],
    vocabulary: Vocabulary,
    tell: Callable[[str, str], None],
) -> Program[Form]:
    """`tell(key, piece)` hears texts while they are written (also what is cut off in the end)."""
    tape = Tape(prompt)
    values: dict[str, str] = {}
    cut: list[str] = []
    sources: dict[tuple[str, ...], Source] = {}
    generated = 0
    for part, place in _placed(form):
        before = len(tape)
        match part:
            case str():
                tape.write(vocabulary.encode(part) if part else [])
                before = len(tape)
            case Text():
                written = yield from write(part, tape, vocabulary, partial(tell, part.key))
                values[part.key] = written.value
                if written.cut:
                    cut.append(part.key)
            case Choice():
                values[part.key] = yield from choose(part, place, tape, vocabulary)
            case Excerpt():
                source = sources.setdefault(part.texts, Source(part.texts))
                values[part.key] = yield from copy(part, place, source, tape, vocabulary)
            case _:
                assert_never(part)
        generated += len(tape) - before
    return Form(values, tuple(cut), generated)


def most_of(form: Sequence[str | Slot], vocabulary: Vocabulary) -> int:
    """How many tokens the filled form may take."""
    return sum(_most(part, place, vocabulary) for part, place in _placed(form))


def _most(part: str | Slot, place: Place, vocabulary: Vocabulary) -> int:
    match part:
        case str():
            return len(vocabulary.encode(part)) if part else 0
        case Text() | Excerpt():
            return most_tokens(vocabulary, part.most_characters)
        case Choice():
            return max(len(vocabulary.encode(place.spaces + option)) for option in part.options)


def _placed(form: Sequence[str | Slot]) -> Iterator[tuple[str | Slot, Place]]:
    """Each part and where it stands. Texts have lost the spaces in front of a slot."""
    spaces = ""
    for part, following in zip(form, [*form[1:], ""], strict=True):
        match part:
            case str():
                kept = part if isinstance(following, str) else part.rstrip(" ")
                yield kept, Place("", "")
                spaces = part[len(kept) :]
            case _:
                yield part, Place(spaces, following if isinstance(following, str) else "")
                spaces = ""
