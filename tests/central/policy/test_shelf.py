"""Policy profiles as documents: what ships, what a site may write, what nobody may."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from central.errors import ConfigError, Refused
from central.interview.policy import CHANNELS, Channels, Policy, problem, withheld
from central.policy import load

pytestmark = pytest.mark.unit

OWN = """
version = "3"
title = { ko = "본사", en = "Head office" }
reason = { ko = "노사 합의", en = "Works agreement" }
[channels]
gaze = "with_scoring"
expression = "off"
posture = "off"
hands = "off"
people = "on"
emotion = "off"
"""


def own(folder: Path, text: str = OWN, name: str = "head-office") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_emotion_is_off_unless_a_candidate_is_asked_apart() -> None:
    shipped = load("kr").profiles
    assert {name: one.channels.emotion for name, one in shipped.items()} == {
        "kr": "with_consent",
        "eu": "off",
        "us-il": "off",
    }


def test_what_infers_inner_states_is_off_in_europe() -> None:
    eu = load("eu").named(None)
    assert (eu.profile, eu.channels.emotion, eu.channels.expression) == ("eu", "off", "off")


def test_europe_has_candidates_read_what_was_understood_and_others_switch_it_on(
    tmp_path: Path,
) -> None:
    policies = load("kr", own(tmp_path, "confirm_transcript = true\n" + OWN))
    asks = {name: policies.named(name).confirm_transcript for name in policies.profiles}
    assert asks == {"eu": True, "kr": False, "us-il": False, "head-office": True}


def test_nobody_who_refuses_scoring_is_analysed_in_illinois() -> None:
    illinois = load("kr").named("us-il")
    assert set(withheld(illinois, scoring_consent=False)) == set(CHANNELS) - {"emotion"}
    assert withheld(illinois, scoring_consent=True) == {"expression": "policy"}


def test_a_site_writes_its_own(tmp_path: Path) -> None:
    policies = load("head-office", own(tmp_path))
    found = policies.named(None)
    assert (found.profile, found.version, found.channels.posture) == ("head-office", "3", "off")
    assert policies.named("kr").profile == "kr"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('emotion = "off"', 'emotion = "on"', "asked apart"),
        ('emotion = "off"', "", "emotion"),
        ('gaze = "with_scoring"', 'gaze = "with_consent"', "emotion's alone"),
        ('gaze = "with_scoring"', 'gaze = "perhaps"', "perhaps"),
        ('version = "3"', 'version = ""', "version"),
        ('version = "3"', 'version = "3"\nage = "on"', "age"),
        ('version = "3"', 'version = "3"\nkept_days = 6', "kept_days"),
        ('version = "3"', 'version = "3"\nkept_days = 3651', "kept_days"),
        ("[channels]", "[channels", "TOML|Expected|at line"),
    ],
)
def test_what_a_site_may_not_write_names_its_file(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    with pytest.raises(ConfigError, match=why) as refused:
        load("kr", own(tmp_path, OWN.replace(old, new)))
    assert "head-office.toml" in str(refused.value)


def test_emotion_without_a_calibration_cannot_be_measured() -> None:
    channels = Channels("off", "on", "on", "on", "on", "with_consent")
    assert "calibration" in str(problem(channels))


@pytest.mark.parametrize("name", ["kr", "Head Office"])
def test_a_name_that_is_taken_or_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load("kr", own(tmp_path, name=name))


def test_a_profile_that_nobody_wrote_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"policy\.profile"):
        load("mars")
    with pytest.raises(Refused, match="policy profile"):
        load("kr").named("mars")
    with pytest.raises(ConfigError, match="no folder"):
        load("kr", tmp_path / "none")


def test_every_profile_that_ships_names_a_day() -> None:
    begun = date(2026, 12, 1)
    shipped = load("kr")
    assert {name: shipped.named(name).kept_until(begun) for name in shipped.profiles} == {
        "kr": date(2027, 5, 30),
        "eu": date(2027, 6, 3),
        "us-il": date(2028, 6, 1),
    }


def test_a_sites_own_names_none_unless_it_says_so(tmp_path: Path) -> None:
    found = load("head-office", own(tmp_path)).named(None)
    assert (found.kept_until(date(2026, 12, 1)), found.check_devices, found.practice) == (
        None,
        True,
        True,
    )


def test_an_interview_from_before_policies_withholds_nothing() -> None:
    assert withheld(None, scoring_consent=False) == {}


def test_a_policy_is_kept_as_a_document_and_read_back() -> None:
    policy = load("kr").named("kr")
    assert msgspec.convert(msgspec.to_builtins(policy), Policy) == policy
