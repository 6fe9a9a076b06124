"""Who is weighed how: the same always, and as often as was asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from edge_agent.errors import ConfigError
from edge_agent.scoring import Variant, assign
from edge_agent.scoring_section import Scoring, check_scoring
from edge_agent.scoring_section import Variant as Section
from tests.edge_agent.scoring.gazing import RULES

pytestmark = pytest.mark.unit

THIRDS = (
    Variant("a", 0.4, 0.6, 50),
    Variant("b", 0.3, 0.7, 25),
    Variant("c", 0.5, 0.5, 25),
)


@pytest.mark.parametrize(("key", "name"), [("1", "a"), ("14", "b"), ("16", "b"), ("2", "c")])
def test_an_interview_keeps_its_variant_for_ever(key: str, name: str) -> None:
    """Places by `sha256sum`: 0.42, 0.52, 0.69, 0.83. A release that draws anew would change the
    weights of a running study.
    """
    assert assign(THIRDS, key).name == name


def test_another_process_draws_the_same() -> None:
    code = (
        "from edge_agent.scoring import Variant, assign;"
        "two = (Variant('a', 1, 1, 1), Variant('b', 1, 1, 1));"
        "print(''.join(assign(two, str(n)).name for n in range(64)))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
            timeout=50,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert set(runs[0].strip()) == {"a", "b"}


def test_shares_are_kept() -> None:
    drawn = [assign(THIRDS, f"interview-{n}").name for n in range(4_000)]
    assert drawn.count("a") / 4_000 == pytest.approx(0.5, abs=0.03)
    assert drawn.count("b") / 4_000 == pytest.approx(0.25, abs=0.03)


def test_by_default_all_are_weighed_alike() -> None:
    assert {assign(RULES.variants, str(n)).name for n in range(500)} == {"a"}


@pytest.mark.parametrize(
    ("scoring", "key"),
    [
        (Scoring(steady_gaze_deg=6.0), "scoring.restless_gaze_deg"),
        (Scoring(restless_head_deg=float("nan")), "scoring.restless_head_deg"),
        (Scoring(restless_posture_ratio=0.0), "scoring.restless_posture_ratio"),
        (Scoring(full_smile_ratio=0.0), "scoring.full_smile_ratio"),
        (Scoring(least_coverage=0.0), "scoring.least_coverage"),
        (Scoring(variants=()), "scoring.variants"),
        (
            Scoring(variants=(Section(name="a", jitter=0, compliance=0, share=1),)),
            "scoring.variants",
        ),
        (
            Scoring(variants=(Section(name="a", jitter=1, compliance=1, share=0),)),
            "scoring.variants",
        ),
        (
            Scoring(variants=(Section(name="", jitter=1, compliance=1, share=1),)),
            "scoring.variants",
        ),
        (
            Scoring(variants=(Section(name="a", jitter=1, compliance=-1, share=1),)),
            "scoring.variants",
        ),
    ],
)
def test_figures_that_are_no_scale_are_refused_by_name(scoring: Scoring, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_scoring(scoring)
    assert caught.value.key == key
