"""The port to what a question may be made of, and the pieces that come from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from central.language.planning import private
from central.language.planning.likeness import covered, plain

Kind = Literal["resume", "company", "posting", "bank", "answer"]
FROM_CANDIDATE: Final[frozenset[Kind]] = frozenset({"resume", "answer"})
MOST_CHARACTERS: Final = 400
MOST_PIECES: Final = 4
_SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?。](?=\s|$)|(?=\n)|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a source. `ref`: its id there; `start`: the place of the text's first character in
    the whole source; `score`: how near it was found to be, None where nothing was searched for.
    """

    kind: Kind
    ref: str
    title: str
    text: str
    start: int = 0
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """What pieces are looked for: an interview's, about a competency in a posting."""

    interview_id: int
    language: str
    position: str
    company: str | None
    about: str


class Sources(Protocol):
    """Where pieces come from."""

    async def pieces(self, looking: Looking) -> Sequence[Piece]:
        """The best first, the candidate's own before others; none where there is nothing to use."""


def usable(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """At most four short pieces, without any sentence that tells something private: what a model never
    saw it cannot ask about.
    """
    short = (part for piece in pieces for part in _cut(piece))
    return tuple(piece for piece in short if plain(piece.text))[:MOST_PIECES]


def nearest_first(pieces: Iterable[Piece], about: str) -> list[Piece]:
    """By how many of `about`'s letters they have: where nothing better has ranked them."""
    scored = [replace(one, score=round(covered(one.text, about), 3)) for one in pieces]
    return sorted(scored, key=lambda one: -(one.score or 0.0))


def span_in(piece: Piece, span: str) -> tuple[int, int] | None:
    """The characters of the source that hold these words, whatever their spacing; None: nowhere."""
    letters = [(letter, at) for at, letter in enumerate(piece.text) if plain(letter)]
    text = "".join(plain(letter) for letter, _ in letters)
    places = [at for letter, at in letters for _ in plain(letter)]
    wanted = plain(span)
    found = text.find(wanted) if wanted else -1
    if found < 0:
        return None
    return piece.start + places[found], piece.start + places[found + len(wanted) - 1] + 1


def _cut(piece: Piece) -> Iterator[Piece]:
    """Runs of harmless sentences, each at most `MOST_CHARACTERS` long."""
    begin = end = -1
    for match in _SENTENCE.finditer(piece.text):
        too_long = begin >= 0 and match.end() - begin > MOST_CHARACTERS
        secret = private.told(match[0])
        if begin >= 0 and (too_long or secret):
            yield _part(piece, begin, end)
            begin = -1
        if not secret:
            begin = match.start() if begin < 0 else begin
            end = match.end()
    if begin >= 0:
        yield _part(piece, begin, end)


def _part(piece: Piece, begin: int, end: int) -> Piece:
    text = piece.text[begin : min(end, begin + MOST_CHARACTERS)]
    return replace(piece, text=text, start=piece.start + begin)
