"""How likely each of a few single words comes next: read where the model would go on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from central.errors import EngineError
from central.language.engine.choosing import shared
from central.language.engine.steps import Program, Tape
from central.language.engine.vocabulary import Vocabulary


def weigh(prompt: Sequence[int], answers: Sequence[int]) -> Program[tuple[float, ...]]:
    """The weights of these tokens among themselves; they sum to 1."""
    rows = yield from Tape(prompt).logits()
    chosen = rows[-1][np.asarray(answers)].astype(np.float64)
    weights = np.exp(chosen - chosen.max())
    return tuple(float(weight) for weight in weights / weights.sum())


def single_tokens(
    begun: str, answers: Sequence[str], vocabulary: Vocabulary, engine: str
) -> tuple[list[int], list[int]]:
    """The tokens of `begun`, and the one that each answer adds: both as the vocabulary spells them
    together. Raises `EngineError` where an answer is not one token, or two share one.
    """
    spelt = [vocabulary.encode(begun + answer) for answer in answers]
    common = shared(spelt) if all(spelt) else 0
    added = [tokens[common:] for tokens in spelt]
    said = [b"".join(map(vocabulary.piece, tokens)).decode(errors="ignore") for tokens in added]
    alone = all(len(tokens) == 1 for tokens in added) and len({*said}) == len(answers)
    if not alone or [one.strip() for one in said] != [answer.strip() for answer in answers]:
        raise EngineError(
            engine, f"cannot weigh {list(answers)}: not each is a single token of this model"
        )
    return spelt[0][:common], [tokens[0] for tokens in added]
