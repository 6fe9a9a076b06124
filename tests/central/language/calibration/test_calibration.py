"""Figures against known values, and a curve that never falls."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central import cli
from central.errors import ConfigError
from central.language.calibration import agreement
from central.language.calibration.calibrate import FEWEST, calibrate
from central.language.calibration.isotonic import fit
from central.language.calibration.ratings import Rated, read

pytestmark = pytest.mark.unit

LEVELS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], 1.0),
        ([1, 5, 1, 5], [5, 1, 5, 1], -1.0),
        ([1, 2, 3, 4], [2, 1, 4, 3], 0.6),  # 1 - 4 / (40 / 4)
        ([1, 1, 2, 2], [1, 2, 1, 2], 0.0),
        ([3, 3, 3], [3, 3, 3], None),
        ([], [], None),
    ],
)
def test_kappa_with_quadratic_weights(
    one: list[float], other: list[float], expected: float | None
) -> None:
    found = agreement.qwk(one, other)
    assert found == (None if expected is None else pytest.approx(expected))


def test_pearson_is_of_the_levels_themselves() -> None:
    assert agreement.pearson([1, 2, 3, 4], [2, 1, 4, 3]) == pytest.approx(0.6)
    assert agreement.pearson([1, 2], [3, 3]) is None
    assert agreement.pearson([1], [3]) is None


@given(LEVELS)
def test_kappa_is_the_same_from_both_sides_and_never_above_one(
    pairs: list[tuple[int, int]],
) -> None:
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    found = agreement.qwk(one, other)
    assert found is None or -1 - 1e-9 <= found <= 1
    back = agreement.qwk(other, one)
    assert found == (None if back is None else pytest.approx(back))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([1, 3, 2, 4, 5], [1, 2.5, 2.5, 4, 5]),
        ([5, 4, 3, 2, 1], [3, 3, 3, 3, 3]),
        ([4, 5, 1, 2, 3], [3, 3, 3, 3, 3]),
        ([1, 2, 6, 2, 7], [1, 2, 4, 4, 7]),
        ([2, 1, 3, 5, 4], [1.5, 1.5, 3, 4.5, 4.5]),
    ],
)
def test_neighbours_that_fall_are_pooled(people: list[float], expected: list[float]) -> None:
    levels = [1.0, 2.0, 3.0, 4.0, 5.0]
    curve = fit(zip(levels, people, strict=True))
    assert [curve.at(level) for level in levels] == pytest.approx(expected)


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1, 5)), max_size=30))
def test_a_curve_never_turns_an_order_around(pairs: list[tuple[float, float]]) -> None:
    curve = fit(pairs)
    found = [curve.at(1 + step / 10) for step in range(41)]
    assert all(after >= before - 1e-9 for before, after in pairwise(found))
    assert all(1 - 1e-9 <= one <= 5 + 1e-9 for one in found)


def test_without_ratings_a_level_stays_as_it_is() -> None:
    assert fit([]).at(3.2) == 3.2


def test_figures_are_by_criterion_and_by_band_with_what_people_reach() -> None:
    rated = [
        Rated(str(number), "quality" if number % 2 else "depth", {"a": level, "b": near}, machine)
        for number, (level, near, machine) in enumerate(
            [(1, 1, 1.2), (2, 3, 2.4), (3, 3, 3.0), (4, 3, 3.6), (5, 5, 4.6), (5, 4, None)] * 12
        )
    ]
    found = calibrate(rated)
    assert (found.whole.pairs, found.whole.abstained) == (60, 12)
    assert set(found.by_criterion) == {"quality", "depth"}
    assert [found.by_band[band].pairs for band in ("low", "mid", "high")] == [12, 36, 12]
    assert found.whole.people_qwk is not None
    assert found.whole.qwk is not None
    assert found.whole.qwk > 0.9
    assert set(found.curves) == {
        name for name, one in found.by_criterion.items() if one.pairs >= FEWEST
    }


def test_wordings_and_evaluators_on_trial_have_figures_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    rows = ["answer,criterion,rater,level,wording"]
    for n in range(20):
        worded = "1" if n % 2 else "careful-1"
        rows += [
            f"{n},quality,kim,{1 + n % 5},",
            f"{n},quality,machine,{1 + n % 5},{worded}",
            f"{n},quality,machine:other,{'' if n == 0 else 1 + (n + (n == 1)) % 5},2",
        ]
    file.write_text("\n".join(rows), "utf-8")
    found = calibrate(read(file))
    assert {name: one.pairs for name, one in found.by_wording.items()} == {"1": 10, "careful-1": 10}
    assert set(found.trials) == {"machine:other"}
    other = found.trials["machine:other"]
    assert (other.pairs, other.one_alone) == (19, 1)
    assert other.exact == pytest.approx(18 / 19)
    assert other.bias == pytest.approx(1 / 19)
    instead = calibrate(read(file, "machine:other"))
    assert (instead.whole.pairs, instead.whole.abstained) == (19, 1)
    assert set(instead.trials) == {"machine"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("answer,criterion,rater\n", "level"),
        ("answer,criterion,rater,level\n1,q,a,6\n", "not from 1 to 5"),
        ("answer,criterion,rater,level\n1,q,a,x\n", "not from 1 to 5"),
        ("answer,criterion,rater,level\n1,q,a,nan\n", "not from 1 to 5"),
        ("answer,criterion,rater,level\n1,q,a,3\n1,q,a,4\n", "each rater once"),
    ],
)
def test_a_file_that_is_wrong_says_where(text: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "ratings.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=problem):
        read(file)


def test_the_command_prints_what_was_measured_and_claims_nothing_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ratings.csv"
    rows = [
        f"{n},quality,{who},{1 + n % 5}" for n in range(40) for who in ("kim", "lee", "machine")
    ]
    file.write_text("\n".join(["answer,criterion,rater,level", *rows, "41,quality,kim,3"]), "utf-8")
    assert cli.run(["language", "calibrate", str(file)]) == 0
    printed = capsys.readouterr().out
    assert "QWK" in printed
    assert "1.00" in printed
    assert cli.run(["language", "calibrate", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["whole"]["pairs"] == 40
    assert told["whole"]["abstained"] == 1
    assert math.isclose(told["whole"]["qwk"], 1.0)
    assert told["curves"]["quality"]["people"] == [1.0, 2.0, 3.0, 4.0, 5.0]
