"""The report says what was measured, and why the rest is missing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from central.interview import report, summary
from central.interview.report import MarkFact, SpokenFact, TurnFact
from central.language import schemes

pytestmark = pytest.mark.unit

ENGINE = "openai-whisper/turbo"
MARK = MarkFact(
    criterion="problem_solving",
    label="Problem solving",
    dimension="technical",
    weight=1.0,
    level=4.0,
    anchor="four",
    quotes=({"text": "the cause", "transcript_id": 1, "start": 0, "end": 9},),
    abstained_reason=None,
    evaluator="rubric-baseline",
    versions={"evaluator": "1"},
)
STAGE = schemes.of_stage(1)
TURN = TurnFact(
    turn_id=7,
    position=0,
    question="Why?",
    category="technical",
    source="bank",
    end_reason="silence",
    rubric_version="abc",
    spoken=(SpokenFact("the cause was", ENGINE), SpokenFact("x", ENGINE, "too little voice")),
    marks=(MARK,),
    windows=(),
)


def test_a_marked_answer_has_its_points_quotes_and_versions() -> None:
    built = report.build([TURN], scoring_consent=True, stage=STAGE)
    (question,) = built.details["questions"]
    assert question["answer"] == "the cause was"
    assert question["refused"] == ["too little voice"]
    assert question["score"] == 75.0
    assert question["marks"][0]["quotes"][0]["text"] == "the cause"
    assert question["not_marked"] is None
    assert (built.scores["technical"], built.total.total) == (75.0, 75.0)
    assert built.total.assessed_weight == 0.15, "problem solving is a part of reasoning"
    assert built.versions["stage_scheme"] == built.total.name
    assert built.versions["speech"] == [ENGINE]
    json.dumps([built.details, built.versions])


@pytest.mark.parametrize(
    ("turn", "consent", "reason"),
    [
        (replace(TURN, marks=()), False, "scoring_declined"),
        (replace(TURN, marks=(), spoken=()), True, "no_answer"),
        (replace(TURN, marks=(), spoken=TURN.spoken[1:]), True, "refused_recognition"),
        (replace(TURN, marks=()), True, "no_rubric"),
        (replace(TURN, marks=(), end_reason="does_not_know"), True, "does_not_know"),
        (replace(TURN, marks=(), end_reason="disturbed"), True, "disturbed"),
        (replace(TURN, marks=(), spoken=(), end_reason="does_not_know"), False, "does_not_know"),
        (replace(TURN, marks=(), follows=6), True, "marked_with_main"),
        (replace(TURN, marks=(replace(MARK, level=None),)), True, "abstained"),
    ],
)
def test_what_is_not_marked_says_why(turn: TurnFact, consent: bool, reason: str) -> None:
    built = report.build([turn], scoring_consent=consent, stage=STAGE)
    assert built.details["questions"][0]["not_marked"] == reason
    assert (built.total.total, built.total.assessed_weight) == (None, 0.0)
    assert all(value is None for value in built.scores.values())


def test_channels_are_medians_over_what_was_measured_with_honest_coverage() -> None:
    windows: tuple[report.Measures, ...] = (
        {"head_yaw_deg": (2.0, 1.0), "blinks_count": (1.0, 1.0), "faces_count": (1.0, 1.0)},
        {"head_yaw_deg": (None, 0.0), "blinks_count": (2.0, 1.0), "faces_count": (2.0, 1.0)},
        {"head_yaw_deg": (10.0, 0.5), "blinks_count": (0.0, 1.0), "level_dbfs": (None, 0.0)},
        {"head_yaw_deg": (4.0, 0.5)},
    )
    found = report.channels(windows)
    assert found["head_yaw_deg"] == {"value": 4.0, "how": "median", "coverage": 0.5, "windows": 4}
    assert found["blinks_count"]["value"] == 3.0
    assert found["faces_count"]["value"] == 2.0
    assert found["level_dbfs"]["value"] is None
    assert found["level_dbfs"]["coverage"] == 0


@pytest.mark.parametrize(
    ("language", "word", "number"), [("en", "technical 75", "1 of 1"), ("ko", "기술 75", "1개")]
)
def test_the_summary_is_in_the_interviews_language(language: str, word: str, number: str) -> None:
    built = report.build([TURN], scoring_consent=True, stage=STAGE)
    said = summary.text(
        [TURN], built, language=language, scoring_consent=True, evaluator="rubric-baseline"
    )
    assert word in said
    assert number in said
    assert "rubric-baseline" in said
    assert "Problem solving" in said


def test_a_summary_without_consent_says_so_and_gives_no_points() -> None:
    turn = replace(TURN, marks=())
    built = report.build([turn], scoring_consent=False, stage=STAGE)
    said = summary.text([turn], built, language="en", scoring_consent=False, evaluator="x")
    assert "declined" in said
    assert "Points" not in said
