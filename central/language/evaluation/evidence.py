"""Quotes: the model proposes, code finds them in the transcript or refuses them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from central.interview.rubric import Criterion
from central.language.evaluation import prompts
from central.language.evaluation.asking import Asked, together
from central.language.evaluation.cleaning import CleanAnswer
from central.language.evaluation.matching import FEWEST_CHARACTERS, locate
from central.language.evaluation.view import View, pieces, view
from central.language.evaluator import Quote
from central.language.model import Excerpt, Slot, letters

LONGEST_QUOTE: Final = 160
MOST_AT_ONCE: Final = 1600
"""Characters of an answer that one prompt shows: small models read 4,096 tokens."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`quotes` stand in the transcript where they say. `refused`: how many proposals did not, by why."""

    quotes: tuple[Quote, ...]
    refused: dict[str, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the model wrote, and the part of the answer that it had before it."""

    text: str
    shown: View


async def gather(asked: Asked, answer: CleanAnswer, shown: View, criterion: Criterion) -> Evidence:
    """The evidence for one criterion in what the model may read. Raises `EngineError`."""
    parts = pieces(shown, MOST_AT_ONCE)
    found = await together(*(_propose(asked, part, criterion) for part in parts))
    return verify(answer, [one for proposals in found for one in proposals])


def verify(answer: CleanAnswer, proposals: Iterable[Proposal]) -> Evidence:
    """Keeps what was said, cut out of the transcript letter by letter; each passage once."""
    kept: list[Quote] = []
    refused: Counter[str] = Counter()
    for proposal in proposals:
        span = locate(proposal.text, proposal.shown.text)
        if span is None:
            refused[_why(answer, proposal.text)] += 1
            continue
        indices = proposal.shown.indices[span[0] : span[1]]
        for quote in answer.quotes(indices, proposal.shown.withheld):
            if letters(quote.text) >= FEWEST_CHARACTERS and not _overlaps(quote, kept):
                kept.append(quote)
    return Evidence(tuple(kept[: prompts.MOST_QUOTES]), dict(refused))


async def _propose(asked: Asked, part: View, criterion: Criterion) -> list[Proposal]:
    slots = [
        Excerpt(f"quote{number}", (part.text,), LONGEST_QUOTE, FEWEST_CHARACTERS)
        for number in range(1, prompts.MOST_QUOTES + 1)
    ]
    form: list[str | Slot] = []
    for slot in slots:
        form += ["“", slot, "”\n"]
    prompt = prompts.extraction(asked.words, asked.question, criterion, part.text)
    filled = await asked.model.fill(prompt, form, urgency=asked.urgency, timeout_s=asked.timeout_s)
    written = (filled.values[slot.key].strip() for slot in slots)
    return [Proposal(text, part) for text in written if text]


def _why(answer: CleanAnswer, text: str) -> str:
    if letters(text) < FEWEST_CHARACTERS:
        return "too_short"
    # Said, but not to be read by the model: it speaks to whoever marks.
    return "not_said" if locate(text, view(answer, ()).text) is None else "withheld"


def _overlaps(quote: Quote, kept: Sequence[Quote]) -> bool:
    return any(
        one.transcript_id == quote.transcript_id and one.start < quote.end and quote.start < one.end
        for one in kept
    )
