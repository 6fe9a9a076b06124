"""The arithmetic of emotion on numbers whose answer is known by construction."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.emotion import EmotionRest, Figures, against_rest
from edge_agent.flow import Abstention, EmotionGlance
from edge_agent.flow.emotion import CLASSES

pytestmark = pytest.mark.unit

FIGURES = Figures()
HAPPY, SAD, NEUTRAL = (CLASSES.index(name) for name in ("happy", "sad", "neutral"))


def log_p(**shares: float) -> tuple[float, ...]:
    """Log-probabilities with these classes, the rest shared by the others."""
    left = (1 - sum(shares.values())) / (len(CLASSES) - len(shares))
    return tuple(math.log(shares.get(name, left)) for name in CLASSES)


SAD_LOOKING = log_p(sad=0.8, neutral=0.05)
"""A network that calls this candidate's resting face sad, as networks do of some faces."""


def read(seen: tuple[float, ...], rest: tuple[float, ...] = SAD_LOOKING) -> list[float] | None:
    found = against_rest(EmotionGlance(7, seen), rest, FIGURES).probabilities
    return None if found is None else list(found)


def test_a_face_at_rest_is_neutral_whatever_the_network_calls_it() -> None:
    found = read(SAD_LOOKING)
    assert found is not None
    assert found[NEUTRAL] == pytest.approx(FIGURES.rest_neutral_p)
    others = [p for n, p in enumerate(found) if n != NEUTRAL]
    assert others == pytest.approx([(1 - FIGURES.rest_neutral_p) / 6] * 6)


def test_a_smile_is_happy_although_the_face_at_rest_is_called_sad() -> None:
    found = read(log_p(happy=0.9, sad=0.02, neutral=0.02))
    assert found is not None
    assert max(range(7), key=found.__getitem__) == HAPPY
    assert found[HAPPY] > 0.5


def test_the_formula_is_a_softmax_of_differences_over_the_temperature() -> None:
    """Two classes move by known amounts: odds follow by hand."""
    rest = log_p(sad=0.4, neutral=0.3)
    seen = list(rest)
    seen[HAPPY] += 6.0
    found = against_rest(EmotionGlance(0, tuple(seen)), rest, Figures(temperature=1.5))
    assert found.probabilities is not None
    odds = found.probabilities[HAPPY] / found.probabilities[NEUTRAL]
    assert odds == pytest.approx(math.exp(6.0 / 1.5) * (0.4 / 6) / 0.6)


def test_what_happens_below_the_floor_means_nothing() -> None:
    rest = log_p(neutral=0.9, disgust=1e-6)
    seen = list(rest)
    seen[CLASSES.index("disgust")] = math.log(0.009)  # nine thousand times as likely, and nothing
    assert read(tuple(seen), rest) == pytest.approx(read(rest, rest))


def test_two_classes_that_are_about_as_likely_are_not_told_apart() -> None:
    rest = log_p(neutral=0.9)
    seen = list(rest)
    seen[HAPPY] += 1.5 * math.log(0.6 / (0.4 / 6))  # exactly as likely as neutral
    found = against_rest(EmotionGlance(9, tuple(seen)), rest, FIGURES)
    assert (found.mono_ns, found.probabilities, found.abstained) == (9, None, Abstention.UNSURE)


@pytest.mark.parametrize("why", list(Abstention))
def test_a_glance_that_abstains_is_a_look_that_abstains(why: Abstention) -> None:
    found = against_rest(EmotionGlance(1, None, why), SAD_LOOKING, FIGURES)
    assert (found.probabilities, found.abstained) == (None, why)


network = st.lists(st.floats(1e-6, 1.0), min_size=7, max_size=7).map(
    lambda shares: tuple(math.log(one / sum(shares)) for one in shares)
)


@given(network, network)
def test_probabilities_are_shares_or_there_are_none(
    seen: tuple[float, ...], rest: tuple[float, ...]
) -> None:
    found = read(seen, rest)
    if found is not None:
        assert sum(found) == pytest.approx(1.0)
        assert all(0 <= p <= 1 for p in found)
        first, second = sorted(found)[:-3:-1]
        assert first - second >= FIGURES.least_margin_p


def test_the_neutral_is_the_median_of_each_class_and_outliers_do_not_move_it() -> None:
    rest = EmotionRest(FIGURES)
    for _ in range(9):
        rest.see(EmotionGlance(0, SAD_LOOKING))
    for _ in range(4):
        rest.see(EmotionGlance(0, log_p(surprise=0.99)))
    assert rest.neutral().looks == 13
    assert rest.neutral().log_p == SAD_LOOKING


def test_too_few_looks_are_no_neutral_and_those_without_an_answer_do_not_count() -> None:
    rest = EmotionRest(FIGURES)
    for _ in range(FIGURES.least_rest_looks - 1):
        rest.see(EmotionGlance(0, SAD_LOOKING))
        rest.see(EmotionGlance(0, None, Abstention.TURNED))
    assert (rest.neutral().looks, rest.neutral().log_p) == (FIGURES.least_rest_looks - 1, None)
