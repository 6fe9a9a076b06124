"""Why a person has to look at a mark: stable codes, kept with it. For sentences see `pages/words.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from central.language.evaluation.scoring import Scored
from central.language.evaluation.suspicion import STUFFING, Suspect
from central.language.evaluator import MarkDraft, Quote, Said

ORDERS_DISAGREE: Final = "orders_disagree"
"""The anchors read upwards and downwards gave levels more than one apart."""
ADDRESSED: Final = "addressed_grader"
"""Something in the answer asks for marks. It was left out."""
STUFFED: Final = "stuffed_words"
"""Words of the rubric in a row, with nothing said about them. They were left out."""
SUSPECTS: Final = "suspicious_words"
"""Sentences that may speak to the grader change the level: the one without them stands."""
LOW_RECOGNITION: Final = "low_recognition"
"""The recogniser was not sure of the words that the mark rests on."""
NO_EVIDENCE: Final = "no_evidence"
"""A full answer in which no evidence was found."""
LEVELS_ALIKE: Final = "levels_alike"
"""The model weighed the levels as if by lot: none is given, its evidence is shown."""
CUT: Final = "answer_cut"
"""The answer was too long to be read to its end."""
FAR_ABOVE: Final = "far_above_words"
"""The level is far above what the words of the rubric that were found would give."""
VERSIONS_DIFFER: Final = "versions_differ"
"""Other answers of this interview were marked by another model, prompt or scheme."""
FOLLOW_UP_UNREAD: Final = "follow_up_unread"
"""What followed the answer could not be marked: the mark rests on what was said before."""
CORRECTED: Final = "corrected_words"
"""It quotes words that the candidate wrote in the place of what was recognised."""
MISHEARD: Final = "misheard"
"""The candidate says that something in the answer was misheard."""
REWRITTEN: Final = "rewritten"
"""The candidate changed more than a correction does: what was recognised was marked."""

MOST_GAP: Final = 1.0
LOW_CONFIDENCE: Final = -0.7
"""Mean log-probability per token: half of the tokens were near a coin's toss."""
MOST_ABOVE: Final = 2.5


def of_suspects(suspects: Sequence[Suspect]) -> list[str]:
    """What was left out of the answer in any case."""
    families = {one.family for one in suspects if one.certain}
    asks = [ADDRESSED] if families - {STUFFING} else []
    return [*asks, STUFFED] if STUFFING in families else asks


def of_quotes(quotes: Sequence[Quote], said: Sequence[Said]) -> list[str]:
    """What the recogniser's confidence says: it asks for a person, it takes nothing from a level."""
    sure = {one.transcript_id: one.confidence for one in said}
    heard = [sure.get(quote.transcript_id) for quote in quotes]
    return (
        [LOW_RECOGNITION] if any(one is not None and one < LOW_CONFIDENCE for one in heard) else []
    )


def of_score(scored: Scored, by_words: MarkDraft) -> list[str]:
    """What the level itself says, beside what a count of words would give."""
    found = [ORDERS_DISAGREE] if scored.gap > MOST_GAP else []
    words = 1.0 if by_words.level is None else by_words.level
    return [*found, FAR_ABOVE] if scored.level - words > MOST_ABOVE else found
