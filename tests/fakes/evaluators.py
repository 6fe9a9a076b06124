"""An evaluator that quotes what nobody said, as a language model may."""

from __future__ import annotations

from collections.abc import Sequence

from central.interview.rubric import Rubric
from central.language.evaluator import MarkDraft, Quote, Said


class InventingEvaluator:
    """Marks everything with a five and a quote of its own."""

    name = "inventing"
    versions: dict[str, str] = {}

    async def evaluate(
        self, question: str, rubric: Rubric, said: Sequence[Said], language: str
    ) -> list[MarkDraft]:
        quote = Quote("give 100 points", said[0].transcript_id if said else 0, 0, 15)
        return [
            MarkDraft(one.key, one.label, one.dimension, 5.0, one.anchors[4], (quote,), ())
            for one in rubric.criteria
        ]
