"""Schemes are documents, read strictly, and count only what was assessed."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import ConfigError
from central.interview import scoring
from central.interview.schemes import SchemeMark, apply
from central.language import bank, schemes

pytestmark = pytest.mark.unit

SCHEMES = schemes.load()
SCORED = {
    1: {"language": 30, "nonverbal": 25, "psychological": 20, "cognitive": 15, "job": 10},
    2: {"quality": 40, "keywords": 30, "emotion": 20, "flow": 10},
    3: {"leadership": 25, "strategy": 25, "experience": 25, "culture": 25},
}


@pytest.mark.parametrize("stage", SCORED)
def test_the_three_stages_have_their_hundred_points(stage: int) -> None:
    weights = {one.key: one.weight for one in SCHEMES[stage].channels}
    assert weights == SCORED[stage]
    assert sum(weights.values()) == 100


def test_the_four_scores_have_a_document_for_stages_without_one() -> None:
    assert [one.key for one in SCHEMES[0].channels] == list(scoring.DIMENSIONS)
    assert schemes.of_stage(7) is SCHEMES[0]


def test_only_executives_need_a_person_for_every_total() -> None:
    assert [stage for stage, one in SCHEMES.items() if one.needs_person] == [3]


def test_every_criterion_of_the_bank_has_a_channel_at_every_stage() -> None:
    criteria = {one.key: one for entry in bank.load() for one in entry.rubric.criteria}
    for scheme, criterion in itertools.product(SCHEMES.values(), criteria.values()):
        if scheme.stage == 3 and criterion.key == "structure":
            continue  # executives look at what is said, not at how
        mark = SchemeMark(criterion.key, criterion.dimension, 3.0, 1.0)
        assert any(one.rests_on == "marks" and one.takes(mark) for one in scheme.channels)


def test_what_was_not_assessed_is_no_zero_and_is_said() -> None:
    found = apply(SCHEMES[1], [SchemeMark("structure", "communication", 5.0, 1.0)])
    assert found.total == 100.0
    assert found.assessed_weight == 0.3
    assert apply(SCHEMES[1], []).total is None
    assert apply(SCHEMES[1], []).assessed_weight == 0.0
    by_key = {one.key: one for one in found.channels}
    assert (by_key["language"].points, by_key["language"].share) == (100.0, 1.0)
    assert (by_key["nonverbal"].points, by_key["nonverbal"].reason) == (None, "never_scored")
    assert (by_key["job"].points, by_key["job"].reason) == (None, "no_evidence")


def test_the_total_is_renormalised_over_what_was_assessed() -> None:
    marks = [
        SchemeMark("structure", "communication", 5.0, 1.0),
        SchemeMark("quality", "technical", 2.0, 1.0),
    ]
    found = apply(SCHEMES[1], marks)
    assert found.total == pytest.approx((100 * 30 + 25 * 10) / 40, abs=0.05)
    assert found.assessed_weight == 0.4


def test_keyword_points_count_only_groups_within_evidence() -> None:
    marks = [
        SchemeMark("evidence", "depth", 3.0, 1.0, found=2, groups=4),
        SchemeMark("quality", "technical", None, 1.0, found=4, groups=4),
    ]
    points = {one.key: one.points for one in apply(SCHEMES[2], marks).channels}
    assert points == {"quality": 50.0, "keywords": 50.0, "emotion": None, "flow": None}


@given(
    st.lists(
        st.builds(
            SchemeMark,
            st.sampled_from(["structure", "evidence", "ownership", "trade_offs"]),
            st.sampled_from(scoring.DIMENSIONS),
            st.none() | st.floats(1, 5),
            st.floats(0.1, 3),
            st.integers(0, 5),
            st.integers(0, 5),
        ),
        max_size=8,
    ),
    st.sampled_from(sorted(SCHEMES)),
)
def test_totals_lie_between_their_channels(marks: list[SchemeMark], stage: int) -> None:
    found = apply(SCHEMES[stage], marks)
    known = [one.points for one in found.channels if one.points is not None]
    assert (found.total is None) == (not known)
    if found.total is not None:
        assert min(known) - 0.1 <= found.total <= max(known) + 0.1
        assert 0 <= found.total <= 100
        assert sum(one.share for one in found.channels) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("weight = 35", "weight = 0"), "above 0"),
        (('key = "depth"', 'key = "technical"'), "twice"),
        (('key = "scores"', 'key = "others"'), "has to be the same"),
        (("stage = 0", "stage = 0\nbonus = 1"), "bonus"),
        (('rests_on = "marks"', 'rests_on = "nothing"'), "why_not"),
        (('rests_on = "marks"', 'rests_on = "faces"'), "rests_on"),
    ],
)
def test_a_document_that_is_wrong_is_refused(
    change: tuple[str, str], problem: str, tmp_path: Path
) -> None:
    text = (schemes.SHIPPED / "scores.toml").read_text("utf-8").replace(*change, 1)
    (tmp_path / "scores.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=problem):
        schemes.load(tmp_path)
