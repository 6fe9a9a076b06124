"""What a network says of a face, against what it says of the same face at rest."""

from __future__ import annotations

import math

from edge_agent.emotion.figures import Figures
from edge_agent.flow import Abstention, EmotionGlance, EmotionLook
from edge_agent.flow.emotion import CLASSES

NEUTRAL = CLASSES.index("neutral")


def against_rest(
    glance: EmotionGlance, rest_log_p: tuple[float, ...], figures: Figures
) -> EmotionLook:
    """With z the network's log-probabilities, n their medians at rest, both not below log `floor_p`:

        q_k = softmax_k((z_k - n_k) / temperature + log r_k)

    r is `rest_neutral_p` for neutral and an equal share for the others, so that a face exactly at rest
    reads as neutral, whatever the network calls it. Exchanging n for r is the correction of a classifier
    for a known shift of its priors (Saerens, Latinne and Decaestecker, Neural Computation 14, 2002);
    the temperature is Guo et al., On calibration of modern neural networks, ICML 2017. Below the floor a
    network's log-probabilities swing by several units for nothing.

    Abstains where the glance does, and where the two likeliest q are nearer than `least_margin_p`.
    """
    if glance.log_p is None:
        return EmotionLook(glance.mono_ns, None, glance.abstained or Abstention.UNSURE)
    floor = math.log(figures.floor_p)
    scores = [
        (max(seen, floor) - max(rest, floor)) / figures.temperature + math.log(prior)
        for seen, rest, prior in zip(glance.log_p, rest_log_p, _at_rest(figures), strict=True)
    ]
    found = _softmax(scores)
    second, first = sorted(found)[-2:]
    if first - second < figures.least_margin_p:
        return EmotionLook(glance.mono_ns, None, Abstention.UNSURE)
    return EmotionLook(glance.mono_ns, found)


def _at_rest(figures: Figures) -> list[float]:
    others = (1 - figures.rest_neutral_p) / (len(CLASSES) - 1)
    return [figures.rest_neutral_p if n == NEUTRAL else others for n in range(len(CLASSES))]


def _softmax(scores: list[float]) -> tuple[float, ...]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    whole = sum(powers)
    return tuple(power / whole for power in powers)
