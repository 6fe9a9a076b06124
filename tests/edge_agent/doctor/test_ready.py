"""What blocks an interview, what only warns, and what is nobody's business."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.doctor.encryption import Shelter
from edge_agent.doctor.ready import Facts, interview_s, needed_bytes, readiness
from edge_agent.flow import InterviewPlan, PlannedQuestion

pytestmark = pytest.mark.unit

WELL = Facts(
    fps=30.0,
    wanted_fps=30.0,
    frozen_ms=33,
    silent_ms=0,
    certificate_left_s=500_000.0,
    certificate_spent=0.2,
    shelter=Shelter.ENCRYPTED,
)
FILM = Facts(replay=True, certificate_left_s=500_000.0, shelter=Shelter.CLEAR)


def test_a_room_in_which_all_is_well_is_ready_without_a_word() -> None:
    found = readiness(WELL)
    assert found.ready
    assert not found.warnings


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        (replace(WELL, lost=("camera: unplugged",)), "camera"),
        (replace(WELL, lost=("vision: hangs",)), "vision"),
        (replace(WELL, lost=("microphone: gone",)), "microphone"),
        (replace(WELL, frozen_ms=None), "camera"),
        (replace(WELL, frozen_ms=3_000), "camera"),
        (replace(WELL, fps=11.9), "camera"),
        (replace(WELL, silent_ms=None), "microphone"),
        (replace(WELL, silent_ms=10_000), "microphone"),
        (replace(WELL, refused_space="no room for 40 MB"), "disk"),
        (replace(WELL, certificate_left_s=7_199.0, certificate_spent=0.98), "certificate"),
        (replace(WELL, certificate_left_s=-5.0, certificate_spent=1.1), "certificate"),
        (replace(WELL, shelter=Shelter.CLEAR), "disk"),
        (replace(WELL, shelter=Shelter.UNKNOWN), "disk"),
        (replace(WELL, shelter=Shelter.MEMORY), "disk"),
        (replace(FILM, lost=("vision: hangs",)), "vision"),
        (replace(FILM, refused_space="no room for 40 MB"), "disk"),
    ],
)
def test_what_would_cost_the_candidate_the_interview_blocks_it(facts: Facts, part: str) -> None:
    found = readiness(facts)
    assert not found.ready
    assert [one.part for one in found.reasons] == [part]
    assert str(found.reasons[0]).startswith(f"{part}: ")


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        (replace(WELL, lost=("speaker: takes no sound",)), "speaker"),
        (replace(WELL, fps=20.0), "camera"),
        (replace(WELL, shelter=Shelter.CLEAR, allow_unencrypted=True), "disk"),
        (FILM, "disk"),
    ],
)
def test_what_only_makes_it_worse_is_said_and_blocks_nothing(facts: Facts, part: str) -> None:
    found = readiness(facts)
    assert found.ready
    assert [one.part for one in found.warnings] == [part]


@pytest.mark.parametrize(
    "facts",
    [
        replace(WELL, silent_ms=9_999),
        replace(WELL, frozen_ms=2_999),
        replace(WELL, certificate_left_s=600.0, certificate_spent=0.1),
        replace(WELL, certificate_left_s=None),
    ],
)
def test_what_may_be_so_in_a_good_room_is_not_even_said(facts: Facts) -> None:
    found = readiness(facts)
    assert found.ready
    assert not found.warnings


def test_a_film_may_be_silent_and_stand_still() -> None:
    assert readiness(replace(FILM, silent_ms=60_000, frozen_ms=60_000, fps=1.0)).ready


def test_a_device_that_is_lost_is_named_once() -> None:
    found = readiness(replace(WELL, lost=("camera: unplugged",), frozen_ms=9_000, fps=0.0))
    assert list(map(str, found.reasons)) == ["camera: unplugged"]


@given(
    st.builds(
        Facts,
        replay=st.booleans(),
        lost=st.lists(st.sampled_from(["camera: x", "vision: y", "speaker: z"])).map(tuple),
        fps=st.floats(0, 60),
        frozen_ms=st.none() | st.integers(0, 10**6),
        silent_ms=st.none() | st.integers(0, 10**6),
        certificate_left_s=st.none() | st.floats(-1e6, 1e6),
        certificate_spent=st.floats(0, 2),
        shelter=st.sampled_from(Shelter),
        allow_unencrypted=st.booleans(),
    )
)
def test_every_reason_is_a_sentence_of_a_part(facts: Facts) -> None:
    found = readiness(facts)
    for one in (*found.reasons, *found.warnings):
        assert one.part
        assert one.sentence
    assert found.ready is (not found.reasons)


def test_the_disk_is_asked_for_all_that_the_plan_can_take() -> None:
    questions = tuple(
        PlannedQuestion(str(n), "Why?", think_ms=30_000, answer_limit_ms=180_000, category="t")
        for n in range(10)
    )
    plan = InterviewPlan("1", "Kim", "en", questions, 3_000, 8_000, "1", calibrate=True)
    assert interview_s(plan) == 600 + 10 * (30 + 30 + 180)
    assert needed_bytes(plan, "flac") == 60_000_000
    assert needed_bytes(plan, "opus") == 21_000_000
    assert needed_bytes(plan, "pcm") == needed_bytes(plan, "unheard of") == 106_500_000
    without_limits = replace(plan, questions=(replace(questions[0], answer_limit_ms=0),))
    assert interview_s(without_limits) == 600 + 30 + 30 + 180
