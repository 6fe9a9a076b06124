"""Text that means what it shows: one spelling, no characters that nobody sees; or the finding that it
has no meaning outside the file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from central.errors import ResumeError
from central.resumes.flow import Hidden
from central.resumes.formats.runs import EXCERPT

LEAST_LETTERS: Final = 20
"""With fewer a file holds no résumé, but pictures."""
MOST_BAD: Final = 0.05
"""Of its characters: with more that mean nothing, the rest is not believed either."""
LEAST_LETTERS_SHARE: Final = 0.4
MOST_FOREIGN: Final = 0.2
_TAGS: Final = range(0xE0000, 0xE0080)
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FEW: Final = 3
"""Zero-width characters that an editor leaves by itself."""
_SYMBOLS: Final = range(0xF020, 0xF100)
"""Private use, as the Symbol and Wingdings fonts have bullets."""
_OURS: Final = re.compile(r"[A-Za-zÀ-ɏ가-힣ㄱ-ㆎ]")
_TAB_RUNS: Final = re.compile(r"[^\S\t]*\t\s*")
_BLANKS: Final = re.compile(r"[^\S\t]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Lines without blanks around them, none empty."""

    lines: tuple[str, ...]
    hidden: tuple[Hidden, ...]


def clean(lines: tuple[str, ...]) -> Cleaned:
    """The lines as they are seen. Raises `ResumeError` (no_text, encoding)."""
    joined = unicodedata.normalize("NFKC", "\n".join(lines))
    _check(joined)
    dropped = [one for one in joined if _is_unseen(one)]
    seen = "".join(
        "•" if ord(one) in _SYMBOLS else "" if _is_unseen(one) else one for one in joined
    )
    kept = (_BLANKS.sub(" ", _TAB_RUNS.sub("\t", line)).strip() for line in seen.split("\n"))
    return Cleaned(tuple(line for line in kept if line), _hidden(dropped))


def _check(text: str) -> None:
    said = [one for one in text if not one.isspace() and not _is_zero_width(one)]
    letters = [one for one in said if one.isalpha()]
    bad = sum(map(_is_bad, said))
    if bad > MOST_BAD * len(said) and bad > LEAST_LETTERS // 2:
        raise ResumeError("encoding")
    if len(letters) < LEAST_LETTERS:
        raise ResumeError("encoding" if len(said) > LEAST_LETTERS * 10 else "no_text")
    ours = sum(_OURS.match(one) is not None for one in letters)
    han = sum("CJK" in unicodedata.name(one, "") for one in letters)
    if len(letters) - ours - han > MOST_FOREIGN * len(letters):
        raise ResumeError("encoding")
    if len(letters) < LEAST_LETTERS_SHARE * len(said) or han > ours:
        raise ResumeError("encoding")


def _is_bad(one: str) -> bool:
    if ord(one) in _SYMBOLS or ord(one) in _TAGS:
        return False
    return one == "\ufffd" or unicodedata.category(one) in {"Co", "Cn", "Cs", "Cc"}


def _is_zero_width(one: str) -> bool:
    return unicodedata.category(one) == "Cf"


def _is_unseen(one: str) -> bool:
    if one in "\n\t":
        return False
    if ord(one) in _SYMBOLS:
        return False
    return one == "\ufffd" or unicodedata.category(one) in {"Cf", "Cc", "Co", "Cn", "Cs"}


def _hidden(dropped: list[str]) -> tuple[Hidden, ...]:
    """Tags spell words and marks turn them around; a zero-width character or two is an editor's."""
    marks = [one for one in dropped if ord(one) in _TAGS or one in _BIDI]
    widthless = [one for one in dropped if _is_zero_width(one)]
    if not marks and len(widthless) <= _FEW:
        return ()
    spelt = "".join(chr(ord(one) - _TAGS.start) for one in marks if ord(one) in _TAGS)
    shown = "".join(one for one in spelt if one.isprintable())
    return (Hidden("characters", None, len(widthless), shown[:EXCERPT]),)
