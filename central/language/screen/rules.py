"""The shape of the rules of one topic in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Regular expressions. `asked` asks wherever it stands, unless it is about somebody else; `named`
    only in a sentence that is not about work; `harmless` is taken out before either looks.
    """

    asked: tuple[str, ...]
    named: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
