"""An answer in plain characters, and the way back to what was said. Pure.

NFKC, without anything invisible (zero width, direction marks, tags, private use) and without what a
model's template is made of. The transcript stays as it is: quotes are cut out of it, never out of this.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from central.language.evaluator import Quote, Said

MOST_CHARACTERS: Final = 4800
"""Of one answer, about twelve minutes of Korean. What comes after is not read, and a person is told."""
JOINT: Final = "\n"
"""Between two utterances; there is no other line break in a clean answer."""
MARKERS: Final = re.compile(
    r"<\|[^<>]{0,40}\|>(?:\s*(?:system|assistant|user)\b)?|</?s>|\[/?(?:INST|SYS|system|assistant|user)\]|<</?SYS>>|"
    r"<(?:start|end)_of_turn>|"
    r"#{2,}\s*(?:(?:user|assistant|system|instructions?|response|input|사용자|시스템|지시|응답)\b\s*:?)?|"
    r"(?:(?<=^)|(?<=[.!?\n])|(?<=[.!?] ))(?:system|assistant|user|시스템|사용자)\s*:",
    re.IGNORECASE,
)
CLOSING: Final = re.compile(r"</s>|\[/|<</|<\|(?:im_end|eot|end_of|end\b)|<end_", re.IGNORECASE)
"""Markers after which the candidate's own words go on."""
_HIDING: Final = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
"""Direction overrides and tags. Nobody types them by accident, as they do with a zero-width space."""
_INVISIBLE: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u180e")
_INVISIBLE_KINDS: Final = frozenset({"Cf", "Co", "Cs", "Cn", "Cc"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters [start, end) of utterance number `said`."""

    said: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CleanAnswer:
    """`origins[i]` is what character i of `text` was. `closed`, `opened`: where control text was taken
    out, without or with a text of its own after it; `hiding`: where something was meant to be invisible.
    `is_cut`: it was longer than `MOST_CHARACTERS`.
    """

    text: str
    origins: tuple[Origin, ...]
    said: tuple[Said, ...]
    closed: tuple[int, ...]
    opened: tuple[int, ...]
    hiding: tuple[int, ...]
    is_cut: bool

    def quotes(self, indices: Sequence[int], withheld: frozenset[int]) -> tuple[Quote, ...]:
        """The transcript's own characters behind those of this text: one quote for each stretch of one
        utterance that has nothing withheld in it.
        """
        pieces: list[list[int]] = []
        for index in indices:
            if self.text[index] == JOINT:
                continue
            last = pieces[-1][-1] if pieces else None
            if last is not None and self._together(last, index, withheld):
                pieces[-1].append(index)
            else:
                pieces.append([index])
        return tuple(quote for piece in pieces for quote in self._quote(piece))

    def _together(self, last: int, index: int, withheld: frozenset[int]) -> bool:
        between = range(last + 1, index)
        same = self.origins[last].said == self.origins[index].said
        return same and not any(one in withheld for one in between)

    def _quote(self, piece: Sequence[int]) -> Iterator[Quote]:
        said = self.said[self.origins[piece[0]].said]
        start, end = self.origins[piece[0]].start, self.origins[piece[-1]].end
        while start < end and said.text[start].isspace():
            start += 1
        while end > start and said.text[end - 1].isspace():
            end -= 1
        if start < end:
            yield Quote(said.text[start:end], said.transcript_id, start, end)


def clean(said: Sequence[Said], most: int = MOST_CHARACTERS) -> CleanAnswer:
    """All utterances as one text."""
    characters = [*_joined(said)]
    text = "".join(character for character, _ in characters)
    closed: list[int] = []
    opened: list[int] = []
    kept: list[tuple[str, Origin]] = []
    at = 0
    for marker in MARKERS.finditer(text):
        kept += characters[at : marker.start()]
        (closed if CLOSING.match(marker[0]) else opened).append(len(kept))
        kept.append((" ", characters[marker.start()][1]))
        at = marker.end()
    kept += characters[at:]
    hiding = [
        _place(kept, number, found.start())
        for number, one in enumerate(said)
        for found in _HIDING.finditer(one.text)
    ]
    read = kept[:most]
    return CleanAnswer(
        text="".join(character for character, _ in read),
        origins=tuple(origin for _, origin in read),
        said=tuple(said),
        closed=tuple(one for one in closed if one < len(read)),
        opened=tuple(one for one in opened if one < len(read)),
        hiding=tuple(one for one in hiding if one < len(read)),
        is_cut=len(kept) > most,
    )


def _joined(said: Sequence[Said]) -> Iterator[tuple[str, Origin]]:
    for number, one in enumerate(said):
        if number:
            yield JOINT, Origin(number, 0, 0)
        blank = True
        for start, end, plain in _clusters(one.text):
            for character in plain:
                if character.isspace():
                    if not blank:
                        yield " ", Origin(number, start, end)
                    blank = True
                else:
                    yield character, Origin(number, start, end)
                    blank = False


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each base character with what is written onto it, in its plainest form."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (
            unicodedata.combining(text[end]) or "\u1160" < text[end] < "\u1200"
        ):
            end += 1
        shown = "".join(_shown(character) for character in text[start:end])
        plain = "".join(map(_shown, unicodedata.normalize("NFKC", shown)))
        yield start, end, plain
        start = end


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    if character in _INVISIBLE or unicodedata.category(character) in _INVISIBLE_KINDS:
        return ""
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    return "'" if character in '"“”„«»' else character


def _place(kept: Sequence[tuple[str, Origin]], said: int, at: int) -> int:
    """The first character that came from there or later."""
    return next(
        (i for i, (_, one) in enumerate(kept) if (one.said, one.start) >= (said, at)), len(kept)
    )
