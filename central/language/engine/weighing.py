"""How likely each of a few single words comes next: read where the model would go on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from central.errors import EngineError
from central.language.engine.steps import Program, Tape
from central.language.engine.vocabulary import Vocabulary


def weigh(prompt: Sequence[int], answers: Sequence[int]) -> Program[tuple[float, ...]]:
    """The weights of these tokens among themselves; they sum to 1."""
    rows = yield from Tape(prompt).logits()
    chosen = rows[-1][np.asarray(answers)].astype(np.float64)
    weights = np.exp(chosen - chosen.max())
    return tuple(float(weight) for weight in weights / weights.sum())


def single_tokens(answers: Sequence[str], vocabulary: Vocabulary, engine: str) -> list[int]:
    """The token of each answer. Some vocabularies put a space of their own before a word: the last
    token is the word's. Raises `EngineError` where an answer is not one token, or two share one.
    """
    found = [vocabulary.encode(answer)[-1] for answer in answers if answer]
    said = [vocabulary.piece(token).decode(errors="ignore").strip() for token in found]
    if said != [answer.strip() for answer in answers] or len(set(found)) != len(answers):
        raise EngineError(
            engine, f"cannot weigh {list(answers)}: not each is a single token of this model"
        )
    return found
