"""What a candidate's word on the transcript asks of whoever reads a mark: it asks for a person, it takes
nothing from a level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from central.interview import correcting
from central.language.evaluation import reasons
from central.language.evaluator import MarkDraft
from central.storage.answers import Answer


def flagged(marks: Sequence[MarkDraft], answer: Answer) -> list[MarkDraft]:
    """The marks with the reasons that the candidate gave."""
    whole = [reasons.MISHEARD] if answer.misheard else []
    whole += [reasons.REWRITTEN] if answer.rewritten else []
    changed = {
        one.transcript_id: correcting.spans(one.heard, one.text)
        for one in answer.segments
        if one.heard is not None
    }
    return [_with(mark, [*whole, *_of_quotes(mark, changed)]) for mark in marks]


def _of_quotes(mark: MarkDraft, changed: dict[int, tuple[tuple[int, int], ...]]) -> list[str]:
    rests = any(
        correcting.touches(changed.get(one.transcript_id, ()), one.start, one.end)
        for one in mark.quotes
    )
    return [reasons.CORRECTED] if rests else []


def _with(mark: MarkDraft, why: Sequence[str]) -> MarkDraft:
    return replace(mark, needs_person=tuple(dict.fromkeys([*mark.needs_person, *why])))
