"""What a room says is wrong has words in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from central.dashboard.pages.fault_words import FAULTS, in_words
from central.health.faults import CODES, fault_of
from edge_agent.doctor.encryption import Shelter
from edge_agent.doctor.ready import Facts, Reason, readiness
from edge_agent.flow import Phase
from edge_agent.interview import Runner
from edge_agent.interview.arrival import CheckInView
from edge_agent.uplink.room_clock import RoomClock
from edge_agent.views import for_staff

pytestmark = pytest.mark.unit

FACTS = (
    Facts(frozen_ms=None, silent_ms=None),
    Facts(frozen_ms=12_000, fps=30.0, silent_ms=60_000),
    Facts(frozen_ms=0, fps=3.0, silent_ms=0, sentence_heard=False),
    Facts(refused_space="the disk did not give the space within 15 s"),
    Facts(refused_space="/var/spool: 3 GB are free of 9 GB that are needed"),
    Facts(certificate_left_s=600.0, shelter=Shelter.CLEAR),
    Facts(shelter=Shelter.MEMORY),
    Facts(shelter=Shelter.UNKNOWN),
    Facts(
        lost=(
            "camera: camera 0: cannot be opened",
            "microphone: USB gives no sound; looking for it",
            "speaker: no output",
            "vision: no reading for 10 s; the vision process is restarted",
        )
    ),
    Facts(lost=("vision: the vision process ended; it is restarted", "vision: model x: broken")),
)

LOCKED = replace(
    Runner(lambda: "").view(0), phase=Phase.WAITING, check_in=CheckInView(True, 0, wrong=True)
)


def off(by_ns: int) -> str:
    clock = RoomClock()
    clock.welcomed(10**18, mono_ns=0, hello_mono_ns=0)
    return clock.fault(10**18 + by_ns, 0) or ""


def _judged(facts: Facts) -> tuple[Reason, ...]:
    found = readiness(facts)
    return (*found.reasons, *found.warnings)


SAID = sorted(
    {
        *(
            str(one)
            for facts in FACTS
            for one in (*readiness(facts).reasons, *readiness(facts).warnings)
        ),
        off(5_000_000_000),
        off(-5_000_000_000),
        *for_staff(LOCKED),
    }
)


@pytest.mark.parametrize("line", SAID)
def test_what_an_agent_can_say_is_known_and_said_in_korean(line: str) -> None:
    assert fault_of(line).code, line
    told = in_words(line, "ko")
    assert re.search(r"[가-힣]", told)
    assert "{" not in told
    assert not re.search(r"[A-Za-z]{3,}", told), "no English is left"


def test_every_code_has_words_and_an_agent_that_says_it() -> None:
    assert {fault_of(line).code for line in SAID} == set(CODES) == set(FAULTS)


@pytest.mark.parametrize(
    ("line", "korean", "english"),
    [
        (
            "microphone: no sound for 6 s",
            "마이크가 6초째 조용합니다",
            "The microphone has been silent for 6 s",
        ),
        ("camera: on fire", "카메라 연결이 끊겼습니다", "The camera is lost"),
        ("printer: out of paper", "printer: out of paper", "printer: out of paper"),
    ],
)
def test_a_fault_is_said_in_the_language_of_the_page(line: str, korean: str, english: str) -> None:
    assert (in_words(line, "ko"), in_words(line, "en")) == (korean, english)


def test_who_mends_it_reads_the_rooms_own_words_too() -> None:
    told = in_words("camera: camera 0: cannot be opened", "ko", details=True)
    assert told == "카메라 연결이 끊겼습니다 (camera 0: cannot be opened)"
