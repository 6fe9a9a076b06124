"""A slot for words out of texts: the model says where they begin and where they end, and can write
nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from central.language.engine.steps import Logits, Place, Program, Tape
from central.language.engine.vocabulary import Vocabulary, most_tokens
from central.language.model import Excerpt, letters

_SPACE: Final = ord(" ")
_GONE: Final = 0


class Head(NamedTuple):
    """Bytes [begin, at) of the source are what was copied, or one of the places where it stands."""

    begin: int
    at: int


class Source:
    """Texts that words are copied out of, each word once."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = (" ".join(text.replace("\0", " ").split()) for text in texts)
        text = "\0".join(f" {line}" for line in lines) + "\0"
        self.data = bytearray(text.encode())
        self._ends = _word_ends(text)

    def begin(self, *, spaced: bool) -> list[Head]:
        """Before every word, or `spaced`: before the space in front of it."""
        return [
            Head(at - spaced, at - spaced)
            for at in range(1, len(self.data))
            if self.data[at - 1] == _SPACE and self.data[at] not in {_SPACE, _GONE}
        ]

    def finished(self, heads: Sequence[Head]) -> Head | None:
        """The first that stands at the end of a word."""
        return next((head for head in heads if head.at in self._ends), None)

    def said(self, head: Head) -> str:
        """The words; of a letter that is not whole nothing."""
        return self.data[head.begin : head.at].decode(errors="ignore").strip()

    def take(self, head: Head) -> None:
        """Nobody else gets these words."""
        self.data[head.begin : head.at] = bytes(head.at - head.begin)


def copy(
    slot: Excerpt, place: Place, source: Source, tape: Tape, vocabulary: Vocabulary
) -> Program[str]:
    """The words that the model copies, likeliest token by likeliest token; the tape is left after them.
    It ends where the model would end the answer or go on with what follows.
    """
    start = len(tape)
    most = start + most_tokens(vocabulary, slot.most_characters)
    endings = vocabulary.spelling.ending(place.then)
    heads = source.begin(spaced=bool(place.spaces))
    kept: tuple[int, Head] | None = None
    while len(tape) < most and (ahead := _ahead(heads, source, vocabulary)):
        row = (yield from tape.logits())[-1]
        token = max(ahead, key=lambda one: float(row[one]))
        may_end = len(tape) == (kept[0] if kept else start)
        if may_end and _would_end(row, endings, token):
            break
        heads = [head for head in ahead[token] if len(source.said(head)) <= slot.most_characters]
        if not heads:
            break
        tape.write([token])
        whole = source.finished(heads)
        if whole is not None and letters(source.said(whole)) >= slot.least_letters:
            kept = len(tape), whole
    tape.rewind(kept[0] if kept else start)
    if kept is None:
        return ""
    words = source.said(kept[1])
    source.take(kept[1])
    return words


def _ahead(heads: Sequence[Head], source: Source, vocabulary: Vocabulary) -> dict[int, list[Head]]:
    """What may come next, and where that leads."""
    found: dict[int, list[Head]] = {}
    data = bytes(source.data)
    for head in heads:
        for token, end in vocabulary.spelling.next(data, head.at):
            if data[end - 1] != _GONE:
                found.setdefault(token, []).append(Head(head.begin, end))
    return found


def _would_end(row: Logits, endings: NDArray[np.int64], token: int) -> bool:
    return bool(len(endings)) and float(row[endings].max()) > float(row[token])


def _word_ends(text: str) -> frozenset[int]:
    """Bytes after which a word is whole: what follows is neither a letter nor a digit."""
    ends, at = set[int](), 0
    for one, following in zip(text, f"{text[1:]}\0", strict=True):
        at += len(one.encode())
        if not one.isspace() and one != "\0" and not following.isalnum():
            ends.add(at)
    return frozenset(ends)
