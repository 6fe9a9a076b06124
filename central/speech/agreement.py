"""Which part of a live caption will not change any more: LocalAgreement on characters.

Two guesses in a row that begin with the same characters agree on them. Spaces, punctuation and case
do not count: a recogniser moves them from one guess to the next, and Korean spacing more than any.
After Macháček et al. 2023 (arXiv 2307.14743), which compares whole words.
"""

from __future__ import annotations

import unicodedata

SEAM_CHARACTERS = 6
"""So many characters of what stands already are looked for in a guess that was revised."""


class Agreement:
    """The captions of one utterance."""

    def __init__(self) -> None:
        self._stable = ""
        self._stable_key = ""
        self._previous = ""

    def update(self, text: str) -> tuple[str, str]:
        """The next guess at the whole utterance so far becomes (stable, tail).

        `stable` only ever grows; `stable + tail` reads as one text.
        """
        text = unicodedata.normalize("NFC", text).strip()
        key, places = _key(text)
        seam = _seam(self._stable_key, key)
        agreed = seam + _common(key[seam:], self._previous)
        agreed = max(seam, _whole_word(text, places, agreed))
        cut = _end(places, agreed)
        self._stable = (self._stable + text[_end(places, seam) : cut]).lstrip()
        self._stable_key += key[seam:agreed]
        self._previous = key[agreed:]
        tail = text[cut:]
        return self._stable, tail if self._stable else tail.lstrip()

    def reset(self) -> None:
        """The next guess is about another utterance."""
        self._stable = self._stable_key = self._previous = ""


def _key(text: str) -> tuple[str, list[int]]:
    """Letters and digits of `text` in lower case, and where in `text` each of them stands."""
    pairs = [(c.lower(), place) for place, c in enumerate(text) if c.isalnum()]
    # "İ".lower() is two characters: each one that counts keeps the place of its letter.
    spread = [(lower, place) for letter, place in pairs for lower in letter]
    return "".join(c for c, _ in spread), [place for _, place in spread]


def _seam(stable: str, key: str) -> int:
    """How much of `key` is covered by what stands already."""
    if key.startswith(stable):
        return len(stable)
    wanted = stable[-SEAM_CHARACTERS:]
    found = [
        place + len(wanted)
        for place in range(len(key) - len(wanted) + 1)
        if key.startswith(wanted, place)
    ]
    nearest = min(found, key=lambda place: abs(place - len(stable)), default=len(stable))
    return min(nearest, len(key))


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _whole_word(text: str, places: list[int], agreed: int) -> int:
    """Step back so that no Latin word is cut: "go" may become "gone" or "going"."""
    while 0 < agreed < len(places) and _same_word(text, places[agreed - 1], places[agreed]):
        agreed -= 1
    return agreed


def _same_word(text: str, left: int, right: int) -> bool:
    return right - left <= 1 and text[left].isascii() and text[right].isascii()


def _end(places: list[int], count: int) -> int:
    """Where in the text its first `count` key characters end."""
    return places[count - 1] + 1 if count else 0
