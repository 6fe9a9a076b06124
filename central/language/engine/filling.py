"""A whole form: what code wrote stands word for word, the model fills what is between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from central.language.engine.choosing import choose
from central.language.engine.steps import Program, Tape
from central.language.engine.vocabulary import Vocabulary, most_tokens
from central.language.engine.writing import write
from central.language.model import Choice, Slot, Text


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
    generated = 0
    for number, part in enumerate(form):
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
                values[part.key] = yield from choose(part, _next(form, number), tape, vocabulary)
            case _:
                assert_never(part)
        generated += len(tape) - before
    return Form(values, tuple(cut), generated)


def most_of(form: Sequence[str | Slot], vocabulary: Vocabulary) -> int:
    """How many tokens the filled form may take."""
    return sum(_most(part, vocabulary) for part in form)


def _most(part: str | Slot, vocabulary: Vocabulary) -> int:
    match part:
        case str():
            return len(vocabulary.encode(part)) if part else 0
        case Text():
            return most_tokens(vocabulary, part.most_characters)
        case Choice():
            return max(len(vocabulary.encode(option)) for option in part.options)


def _next(form: Sequence[str | Slot], number: int) -> str:
    following = form[number + 1] if number + 1 < len(form) else ""
    return following if isinstance(following, str) else ""
