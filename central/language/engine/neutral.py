"""Untrusted text without what a chat template would read as somebody else's turn.

The tokeniser already keeps control tokens out of it. Some templates mark turns in plain text
(`### User:`), and some vocabularies know their marks as ordinary words: both are broken up here, so
that a person still reads what was said.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ROLES: Final = (
    "system", "user", "assistant", "human", "ai", "instruction", "response", "input", "output",
    "시스템", "사용자", "어시스턴트",
)  # fmt: skip
_HASHES: Final = re.compile(r"[#＃]{2,}")
_BARS: Final = re.compile(r"<(?=\s*[|｜])|(?<=[|｜])(\s*)>")
_ANGLES: Final = re.compile(r"<(?=/?\s*[A-Za-z_]+\s*>)")
_BRACKETS: Final = re.compile(r"\[(?=/?\s*(?:INST|SYS)\s*\])|<<(?=/?\s*SYS)", re.IGNORECASE)
_TURN: Final = re.compile(
    rf"^((?:[^\w\n]|_){{0,12}}(?:{'|'.join(_ROLES)}))[^\S\n]{{0,8}}[:：]",
    re.IGNORECASE | re.MULTILINE,
)


def neutral(text: str) -> str:
    """The text with such marks broken up and invisible characters gone."""
    seen = "".join(one for one in text if not _invisible(one))
    seen = _HASHES.sub(lambda found: " ".join(found.group()), seen)
    seen = _BRACKETS.sub(lambda found: " ".join(found.group()) + " ", seen)
    seen = _BARS.sub(lambda found: "< " if found.group() == "<" else f"{found.group(1)} >", seen)
    seen = _ANGLES.sub("< ", seen)
    return _TURN.sub(r"\1 -", seen)


def _invisible(one: str) -> bool:
    return unicodedata.category(one) in {"Cf", "Co", "Cn", "Cs"} or (
        unicodedata.category(one) == "Cc" and one not in "\n\t"
    )
