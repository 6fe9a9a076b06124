"""Marks without a language model: keywords found and how the answer is built. Deterministic.

    content  = 0.6 * share of the criterion's keyword groups found
             + 0.4 * share of the question's keyword groups found
    form     = length, reasons, figures and story, 0 to 1 (`form.py`)
    level    = 1 + 4 * (0.75 * content + 0.25 * form), to half a level

It sees words, not meaning: every surface shows its label, and a person decides. Where none of a
criterion's words were recognised there is nothing to quote, and so no level: their absence says as
much about the recogniser as about the candidate. A short answer is not marked at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from central.interview.rubric import Criterion, Rubric
from central.language import keywords, quotes
from central.language.evaluator import MarkDraft, Quote, Said, abstain, anchors
from central.language.form import form
from central.language.keywords import Hit

NAME: Final = "rubric-baseline"
VERSION: Final = "1"
NO_EVIDENCE: Final = "none of its words were recognised in the answer"
CONTENT_SHARE: Final = 0.75
CRITERION_SHARE: Final = 0.6
FEWEST_WORDS: Final = 3
MOST_QUOTES: Final = 3


class RubricBaseline:
    """The evaluator that is always there."""

    name = NAME
    versions: dict[str, str] = {"evaluator": VERSION}

    async def evaluate(
        self, question: str, rubric: Rubric, said: Sequence[Said], language: str
    ) -> list[MarkDraft]:
        """The question's text is not looked at; its keyword groups are in the rubric."""
        del question
        return marks(rubric, said, language)


def marks(rubric: Rubric, said: Sequence[Said], language: str) -> list[MarkDraft]:
    """One mark per criterion."""
    text = " ".join(one.text for one in said)
    if not text.strip():
        return [abstain(one, "no answer was recognised") for one in rubric.criteria]
    if len(text.split()) < FEWEST_WORDS:
        return [abstain(one, "the answer is too short to mark") for one in rubric.criteria]
    answer = _Answer(
        said=said,
        on_question=keywords.found(rubric.keywords, said, language),
        question_groups=len(rubric.keywords),
        form=form(text, language),
    )
    return [
        _mark(one, keywords.found(one.keywords, said, language), answer) for one in rubric.criteria
    ]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What all criteria of an answer share."""

    said: Sequence[Said]
    on_question: list[Hit]
    question_groups: int
    form: float


def _mark(criterion: Criterion, hits: list[Hit], answer: _Answer) -> MarkDraft:
    evidence = hits if criterion.keywords else answer.on_question
    if not evidence:
        return abstain(criterion, NO_EVIDENCE)
    on_question = _share(len(answer.on_question), answer.question_groups)
    level = _level(_share(len(hits), len(criterion.keywords)), on_question, answer.form)
    anchor, next_anchor = anchors(criterion, level)
    return MarkDraft(
        criterion=criterion.key,
        label=criterion.label,
        dimension=criterion.dimension,
        level=level,
        anchor=anchor,
        next_anchor=next_anchor,
        quotes=_quotes(evidence, answer.said),
        keywords=tuple(hit.keyword for hit in hits),
    )


def _level(criterion: float | None, question: float | None, form: float) -> float:
    """Half levels; a share that does not exist (no keywords given) leaves its weight to the other."""
    if criterion is None or question is None:
        content = criterion if criterion is not None else question
    else:
        content = CRITERION_SHARE * criterion + (1 - CRITERION_SHARE) * question
    raw = form if content is None else CONTENT_SHARE * content + (1 - CONTENT_SHARE) * form
    return int((1 + 4 * raw) * 2 + 0.5) / 2


def _quotes(hits: Sequence[Hit], said: Sequence[Said]) -> tuple[Quote, ...]:
    cut = dict.fromkeys(quotes.around(hit.said, hit.start, hit.end) for hit in hits)
    return tuple(quote for quote in cut if quotes.verify(quote, said))[:MOST_QUOTES]


def _share(found: int, of: int) -> float | None:
    return found / of if of else None
