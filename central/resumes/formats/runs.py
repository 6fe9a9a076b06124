"""Runs of text in one look, as DOCX, HWPX and HWP have them: which of them nobody sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from central.resumes.flow import Hidden

SMALLEST_PT: Final = 4.0
NEAR: Final = 24
"""Of 255: two colours that differ by less in red, green and blue are one to the eye."""
EXCERPT: Final = 160
WHITE: Final = (255, 255, 255)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown. `ink` None: the reader's own colour; `paper`: what is behind it."""

    is_hidden: bool = False
    size_pt: float = 10.0
    ink: Colour | None = None
    paper: Colour = WHITE

    def hides(self) -> str | None:
        """How it is hidden: a key of `findings.HOW`; None: it is seen."""
        if self.is_hidden:
            return "marked"
        if self.size_pt < SMALLEST_PT:
            return "tiny"
        if self.ink is not None and is_near(self.ink, self.paper):
            return "background"
        return None


@dataclass(slots=True)
class Found:
    """Gathers what was hidden: text that follows in the same way becomes one finding."""

    all: list[tuple[str, int | None, list[str]]] = field(default_factory=list)

    def add(self, how: str, text: str, page: int | None = None) -> None:
        """Text that nobody sees."""
        if self.all and self.all[-1][:2] == (how, page):
            self.all[-1][2].append(text)
        else:
            self.all.append((how, page, [text]))

    def hidden(self) -> tuple[Hidden, ...]:
        """One for each way on each page, in order; blanks alone hide nothing."""
        joined: dict[tuple[str, int | None], list[str]] = {}
        for how, page, texts in self.all:
            joined.setdefault((how, page), []).append("".join(texts))
        found = []
        for (how, page), texts in joined.items():
            said = " ".join(_printable(" ".join(texts)).split())
            if said:
                found.append(Hidden(how, page, len(said), said[:EXCERPT]))
        return tuple(found)


def _printable(text: str) -> str:
    """Halves of characters put together, and nothing that a database or a page stumbles over."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(one for one in whole if one.isprintable() or one.isspace())


def is_near(one: Colour, other: Colour) -> bool:
    """Whether nobody tells them apart."""
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def colour(text: str | None) -> Colour | None:
    """`FF00aa` or `#FF00aa`; None for "auto", "none" and what is no colour."""
    digits = (text or "").removeprefix("#")
    if len(digits) != 6:
        return None
    try:
        value = int(digits, 16)
    except ValueError:
        return None
    return value >> 16, value >> 8 & 0xFF, value & 0xFF
