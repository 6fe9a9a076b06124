"""Marks by a language model. The model proposes words and weighs levels; code decides the rest.

sentences that ask for marks                       nobody reads them; a person is told
sentences that may                                 marked with and without them: where the level
                                                   depends on them, the one without stands
quotes that nobody said                            refused
no verified quote                                  no level, and a person looks
levels weighed alike                               no level, and a person looks
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from central.interview.rubric import Criterion, Rubric
from central.language import keywords, rubric_baseline
from central.language.evaluation import evidence, feedback, reasons, scoring, suspicion
from central.language.evaluation.asking import Asked, together
from central.language.evaluation.cleaning import CleanAnswer, clean
from central.language.evaluation.evidence import Evidence
from central.language.evaluation.lexicon import lexicon
from central.language.evaluation.scoring import Scored
from central.language.evaluation.view import View, view
from central.language.evaluation.wording import PLAIN, Wording, load
from central.language.evaluator import Judgement, MarkDraft, Said, abstain, anchors
from central.language.model import LanguageModel, Urgency

VERSION: Final = "model-2"
TIMEOUT_S: Final = 30.0
"""Of each call; three of them follow one another."""
MOST_DIFFERENCE: Final = 0.25
"""Levels that sentences under suspicion may add before the mark is taken without them."""
ONLY_SUSPECTS: Final = "its only evidence may be addressed to the grader"
NOTHING_FOUND: Final = "no evidence for it was found in the answer"
LEVELS_ALIKE: Final = "the model could not tell the levels apart"


class ModelEvaluator:
    """The evaluator over one model."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        wording: Wording | None = None,
        urgency: Urgency = Urgency.EVALUATION,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._wording = wording or load()[PLAIN]
        self.name = model.name
        self.versions = {
            "evaluator": VERSION,
            "prompt": self._wording.version,
            "lexicon": lexicon().version,
            **model.versions,
        }
        self._model = model
        self._urgency = urgency
        self._timeout_s = timeout_s

    async def evaluate(
        self, question: str, rubric: Rubric, said: Sequence[Said], language: str
    ) -> list[MarkDraft]:
        """Where the baseline finds too little to mark, so does this."""
        by_words = rubric_baseline.marks(rubric, said, language)
        answer = clean(said)
        if len(answer.text.split()) < rubric_baseline.FEWEST_WORDS:
            return by_words
        asked = Asked(
            self._model,
            question,
            language,
            self._wording.in_language(language),
            self._urgency,
            self._timeout_s,
        )
        read = _read(answer, suspicion.find(answer, rubric))
        return await together(
            *(
                _mark(asked, read, criterion, words)
                for criterion, words in zip(rubric.criteria, by_words, strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """`shown`: all but what certainly asks for marks; `plain`: without anything suspicious, None where
    that is the same. `reasons` hold for every criterion.
    """

    answer: CleanAnswer
    shown: View
    plain: View | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    evidence: Evidence
    scored: Scored | None


def _read(answer: CleanAnswer, suspects: Sequence[suspicion.Suspect]) -> _Read:
    certain = [one for one in suspects if one.certain]
    return _Read(
        answer=answer,
        shown=view(answer, certain),
        plain=view(answer, suspects) if len(certain) < len(suspects) else None,
        reasons=(
            *reasons.of_suspects(suspects),
            *((reasons.CUT,) if answer.is_cut else ()),
        ),
    )


async def _mark(asked: Asked, read: _Read, criterion: Criterion, words: MarkDraft) -> MarkDraft:
    if read.plain is None:
        found, judged = await _find(asked, read.answer, read.shown, criterion), None
    else:
        whole, plain = await together(
            _find(asked, read.answer, read.shown, criterion),
            _find(asked, read.answer, read.plain, criterion),
        )
        found, judged = _choose(whole, plain), (_level(whole), _level(plain))
    return await _drafted(asked, read, criterion, words, found, judged)


async def _find(asked: Asked, answer: CleanAnswer, shown: View, criterion: Criterion) -> _Found:
    found = await evidence.gather(asked, answer, shown, criterion)
    if not found.quotes:
        return _Found(found, None)
    return _Found(found, await scoring.score(asked, criterion, found.quotes))


def _choose(whole: _Found, plain: _Found) -> _Found:
    """The level with everything stands only where the suspicious sentences hardly change it."""
    if whole.scored is None or plain.scored is None:
        return plain
    near = abs(whole.scored.level - plain.scored.level) <= MOST_DIFFERENCE
    return whole if near else plain


def _level(found: _Found) -> float | None:
    return None if found.scored is None else found.scored.level


async def _drafted(  # noqa: PLR0917 - the steps' results, in their order
    asked: Asked,
    read: _Read,
    criterion: Criterion,
    words: MarkDraft,
    found: _Found,
    judged: tuple[float | None, float | None] | None,
) -> MarkDraft:
    depends = judged is not None and _differ(*judged)
    why = [*read.reasons, *((reasons.SUSPECTS,) if depends else ())]
    scored, quotes = found.scored, found.evidence.quotes
    if scored is None:
        reason = ONLY_SUSPECTS if depends else NOTHING_FOUND
        return abstain(criterion, reason, (*why, reasons.NO_EVIDENCE))
    why += [*reasons.of_score(scored, words), *reasons.of_quotes(quotes, read.answer.said)]
    with_suspects, without_suspects = judged or (None, None)
    judgement = Judgement(
        orders=scored.orders,
        spread=scored.spread,
        weights=scored.weights,
        with_suspects=with_suspects,
        without_suspects=without_suspects,
        refused=found.evidence.refused,
    )
    if scored.is_a_guess:
        none = abstain(criterion, LEVELS_ALIKE, (*dict.fromkeys(why), reasons.LEVELS_ALIKE))
        return replace(none, quotes=quotes, judged=judgement)
    anchor, next_anchor = anchors(criterion, scored.level)
    written = await feedback.write(asked, criterion, anchor, quotes)
    quoted = [Said(quote.transcript_id, quote.text) for quote in quotes]
    hits = keywords.found(criterion.keywords, quoted, asked.language)
    return MarkDraft(
        criterion=criterion.key,
        label=criterion.label,
        dimension=criterion.dimension,
        level=scored.level,
        anchor=anchor,
        next_anchor=next_anchor,
        quotes=quotes,
        keywords=tuple(hit.keyword for hit in hits),
        needs_person=tuple(dict.fromkeys(why)),
        judged=replace(judgement, feedback=written),
    )


def _differ(whole: float | None, plain: float | None) -> bool:
    if whole is None or plain is None:
        return whole is not plain
    return abs(whole - plain) > MOST_DIFFERENCE
