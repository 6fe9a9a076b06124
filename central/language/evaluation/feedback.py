"""One sentence for the interviewer about why it is this level. Written when the level is settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from central.errors import EngineError
from central.interview.rubric import Criterion
from central.language import screen
from central.language.evaluation import prompts
from central.language.evaluation.asking import Asked
from central.language.evaluation.view import readable
from central.language.evaluator import Quote
from central.language.model import Text

LONGEST: Final = 200
_SENTENCES: Final = re.compile(r".*[.!?。](?=\s|$)")


async def write(asked: Asked, criterion: Criterion, anchor: str, quotes: Sequence[Quote]) -> str:
    """Empty where the model fails or speaks of what nobody may ask: the mark stands without it."""
    texts = [readable(quote.text) for quote in quotes]
    prompt = prompts.feedback(asked.words, criterion, anchor, texts)
    slot = Text("feedback", LONGEST)
    try:
        filled = await asked.model.fill(
            prompt, [slot], urgency=asked.urgency, timeout_s=asked.timeout_s
        )
    except EngineError:
        return ""
    text = " ".join(filled.values[slot.key].split())
    if slot.key in filled.cut:
        whole = _SENTENCES.match(text)
        text = whole[0] if whole else f"{text}…"
    return "" if screen.first(text) is not None else text
