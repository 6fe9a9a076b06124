"""Whether a recognised text is believed. Pure; measured traps in the tests.

A recogniser that hears noise writes subtitle credits and loops, often with high confidence. What is
refused is kept with its reason for an auditor, and goes no further.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from typing import Final

LEAST_VOICED_MS: Final = 250
SHORT_MS: Final = 1000
LEAST_CONFIDENCE: Final = -1.0
LEAST_CONFIDENCE_SHORT: Final = -0.8
MOST_COMPRESSION: Final = 2.4
"""Whisper's own limit on len(utf-8) / len(zlib(utf-8))."""
SYLLABLES_PER_SECOND: Final = 9
SYLLABLES_SPARE: Final = 4
MOST_FOREIGN: Final = 0.2
WEAK_MS: Final = 500

CREDIT_PHRASES: Final = (
    r"(한글)?\s*자막\s*(by\s.{0,30}|제공.{0,12})",
    r"번역\s*by\s.{0,30}",
    r"(끝까지\s*)?시청\s*해\s*주셔서\s*감사합니다",
    r"구독과\s*좋아요.{0,20}",
    r"다음\s*(영상|시간|이\s*시간)에.{0,10}(만나요|뵙겠습니다|만나겠습니다)",
    r"오늘\s*영상은\s*여기까지입니다",
    r"(mbc|kbs|sbs|ytn)\s*뉴스\s*(\S{2,4}(입니다|였습니다))?",
    r".{0,10}광고를\s*포함하고\s*있습니다",
    r"\d+부에서\s*계속\s*됩니다",
    r"thank(s| you)( so much| very much)? for watching.{0,30}",
    r"(please )?(like and )?subscribe( to (my|our|the|this) channel)?",
    r"subtitles by .{0,40}",
    r".{0,30}amara\.?org.{0,20}",
)
CREDITS: Final = re.compile("|".join(CREDIT_PHRASES), re.IGNORECASE)
"""Only where they are all that was "said": "감사합니다" and "자막" are also words of real answers."""
WEAK: Final = frozenset({"감사합니다", "네", "예", "음", "thank you", "thanks", "you", "bye", "so"})
"""What noise turns into, but people say it too: refused only where there was next to no voice."""


def refuse(text: str, *, language: str, voiced_ms: int, confidence: float | None) -> str | None:
    """Why the text is not believed, as one English sentence; None: it is.

    `voiced_ms` is the voice activity detector's, `confidence` a mean log-probability or None.
    """
    text = unicodedata.normalize("NFC", text).strip()
    words = text.strip(" .,!?…\"'").lower()
    floor = LEAST_CONFIDENCE if voiced_ms >= SHORT_MS else LEAST_CONFIDENCE_SHORT
    limit = SYLLABLES_PER_SECOND * voiced_ms / 1000 + SYLLABLES_SPARE
    checks = (
        (not _letters(text), "nothing was recognised"),
        (voiced_ms < LEAST_VOICED_MS, "too little voice"),
        (CREDITS.fullmatch(words) is not None, "a phrase that recognisers make up from noise"),
        (words in WEAK and voiced_ms < WEAK_MS, "a phrase that recognisers make up from noise"),
        (_repeats(text), "the text repeats itself"),
        (_compression(text) > MOST_COMPRESSION, "the text repeats itself"),
        (_foreign(text, language) > MOST_FOREIGN, "another script than the interview's language"),
        (_syllables(text) > limit, "more text than the voice has time for"),
        (confidence is not None and confidence < floor, "the recogniser itself is not sure"),
    )
    return next((reason for failed, reason in checks if failed), None)


def _letters(text: str) -> str:
    return "".join(c.lower() for c in text if c.isalpha())


def _repeats(text: str) -> bool:
    """A unit of 2 to 12 letters four times in a row, or any in a row that fills half of the text."""
    letters = _letters(text)
    if re.search(r"(.{2,12}?)\1{3,}", letters):
        return True
    loops = re.finditer(r"(.{1,12}?)\1{3,}|(.{4,12}?)\2{2,}", letters)
    return any(len(loop.group()) * 2 > len(letters) for loop in loops)


def _compression(text: str) -> float:
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def _foreign(text: str, language: str) -> float:
    """Share of letters in neither Latin nor, for Korean, Hangul."""
    known = ("LATIN", "HANGUL") if language == "ko" else ("LATIN",)
    letters = _letters(text)
    if not letters:
        return 0.0
    return sum(not unicodedata.name(c, "").startswith(known) for c in letters) / len(letters)


def _syllables(text: str) -> int:
    hangul = sum("가" <= c <= "힣" for c in text)
    latin = re.findall(r"[a-z]+", text.lower())
    return hangul + sum(max(1, len(re.findall(r"[aeiouy]+", word))) for word in latin)
