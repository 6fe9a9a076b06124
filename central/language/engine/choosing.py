"""A slot for one of several options: the likeliest as a whole, by the sum of its tokens' logarithms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from central.language.engine.steps import Logits, Place, Program, Tape
from central.language.engine.vocabulary import Vocabulary
from central.language.model import Choice


def choose(slot: Choice, place: Place, tape: Tape, vocabulary: Vocabulary) -> Program[str]:
    """Picks the option and leaves the tape after it. The first token of what follows counts as the
    option's end, so that one option may begin as another does.

    The first tokens' weights say which options can still win: most are never read.
    """
    ending = vocabulary.encode(place.then)[:1] if place.then else []
    spelt = [vocabulary.encode(place.spaces + option) for option in slot.options]
    common = shared(spelt)
    tape.write(spelt[0][:common])
    spelt = [tokens[common:] for tokens in spelt]
    start = len(tape)
    first = log_softmax((yield from tape.logits())[-1])
    order = sorted(range(len(spelt)), key=lambda one: -first[spelt[one][0]])
    best, winner = -np.inf, order[0]
    for one in order:
        tokens = [*spelt[one], *ending]
        if first[tokens[0]] <= best:
            break
        total = float(first[tokens[0]])
        if len(tokens) > 1:
            total += yield from _rest(tape, start, tokens)
        if total > best:
            best, winner = total, one
    tape.rewrite(start, spelt[winner])
    return slot.options[winner]


def shared(spelt: Sequence[Sequence[int]]) -> int:
    """How many tokens all of them begin with; each keeps one of its own."""
    most = min(len(tokens) for tokens in spelt) - 1
    return next((n for n in range(most) if len({tokens[n] for tokens in spelt}) > 1), most)


def _rest(tape: Tape, start: int, tokens: Sequence[int]) -> Program[float]:
    """The logarithms of all but the first, each after those before it."""
    tape.rewind(start)
    tape.write(tokens[:-1])
    rows = yield from tape.logits(len(tokens) - 1)
    return float(sum(log_softmax(row)[token] for row, token in zip(rows, tokens[1:], strict=True)))


def log_softmax(row: Logits) -> Logits:
    """Logarithms of probabilities."""
    shifted = row - row.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)
