"""A slot for text: the model writes until the text ends, runs into its limit or onto its stop."""

from __future__ import annotations

import re
import unicodedata
from codecs import getincrementaldecoder
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from central.language.engine.steps import Logits, Program, Tape
from central.language.engine.vocabulary import Vocabulary, most_tokens
from central.language.model import Text

LINE_ENDS: Final = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_CANDIDATES: Final = 40
_LAST_WORD: Final = re.compile(r"\s+\S*\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """`value` as it is told; `cut`: it ran into its limit."""

    value: str
    cut: bool


class _Draft:
    """What has been written: the text, and how many bytes of it stood after each token."""

    def __init__(self) -> None:
        self.text = ""
        self.bytes_after: list[int] = []
        self._decoder = getincrementaldecoder("utf-8")("ignore")

    def add(self, piece: bytes) -> None:
        self.text += self._decoder.decode(piece)
        self.bytes_after.append(len(self.text.encode()))


def write(
    slot: Text,
    tape: Tape,
    vocabulary: Vocabulary,
    tell: Callable[[str], None],
) -> Program[Written]:
    """Fills the slot and leaves the tape at the end of exactly its value."""
    start, draft = len(tape), _Draft()
    random = Random(slot.seed)  # noqa: S311 - a text, not a secret
    end: int | None = None
    for _ in range(most_tokens(vocabulary, slot.most_characters)):
        rows = yield from tape.logits()
        token = pick(rows[-1], vocabulary, slot.temperature, random)
        if vocabulary.ends(token):
            end = len(draft.text)
            break
        tape.write([token])
        before = len(draft.text)
        draft.add(vocabulary.piece(token))
        blank = _blank(draft.text)
        end = _end(draft.text, slot.stop, before, blank)
        if end is not None or len(draft.text) - blank > slot.most_characters:
            break
        tell(draft.text[max(before, blank) :])
    raw, cut = _whole(draft.text, end, slot.most_characters)
    _settle(tape, start, draft, raw, vocabulary)
    return Written(_clean(raw), cut)


def pick(row: Logits, vocabulary: Vocabulary, temperature: float, random: Random) -> int:
    """The next token: the likeliest, or, with a temperature, one of the likeliest."""
    row[vocabulary.unwritable] = -np.inf
    if temperature <= 0:
        return int(row.argmax())
    best = np.argpartition(row, -_CANDIDATES)[-_CANDIDATES:] if len(row) > _CANDIDATES else None
    tokens = np.arange(len(row)) if best is None else best
    tokens = tokens[np.argsort(-row[tokens], kind="stable")]
    weights = np.exp((row[tokens] - row[tokens[0]]).astype(np.float64) / temperature)
    return int(random.choices(tokens.tolist(), weights.tolist())[0])


def _blank(text: str) -> int:
    """How much of it stands before the first word."""
    return len(text) - len(text.lstrip())


def _end(text: str, stop: str, grown_from: int, blank: int) -> int | None:
    """Where the text ends: at its stop or at a line break, whichever comes first. What is `blank` before
    the first word is no end: many a model goes to the next line before it writes.
    """
    since = max(blank, grown_from - len(stop) + 1)
    found = [text.find(mark, since) for mark in (stop, *LINE_ENDS) if mark]
    return min((at for at in found if at >= 0), default=None)


def _whole(text: str, end: int | None, most: int) -> tuple[str, bool]:
    """The text without what came after its end; one that is too long is cut at its last whole word."""
    most += _blank(text)
    if end is not None and end <= most:
        return text[:end].rstrip(), False
    kept = text[:most]
    if len(text) > most and not text[most].isspace():
        kept = _LAST_WORD.sub("", kept) or kept
    return kept.rstrip(), True


def _settle(tape: Tape, start: int, draft: _Draft, raw: str, vocabulary: Vocabulary) -> None:
    """Makes the tape say `raw`: whole tokens stay, the rest of a token that went too far is new."""
    size = len(raw.encode())
    tokens = tape.tokens[start:]
    kept = sum(1 for after in draft.bytes_after if after <= size)
    while kept and draft.bytes_after[kept - 1] == _before(draft, kept - 1):
        kept -= 1  # a token that added nothing yet began a character that is not part of it
    rest = raw.encode()[_before(draft, kept) :].decode()
    tape.rewrite(start, [*tokens[:kept], *(vocabulary.encode(rest) if rest else [])])


def _before(draft: _Draft, count: int) -> int:
    return draft.bytes_after[count - 1] if count else 0


def _clean(raw: str) -> str:
    kept = (one for one in raw if unicodedata.category(one) != "Cc" or one == "\t")
    return "".join(kept).replace("\t", " ").strip()
