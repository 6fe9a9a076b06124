"""Whether an interview may begin, from what the running agent sees anyway. Pure.

What blocks is what would cost the candidate the interview: no picture, no sound, no room for records, a
certificate that ends before the interview does, records in the clear on a disk that can be carried off.
What only makes it worse warns. No link blocks nothing: the command to begin came over it, and a room
holds an interview without central. A wrong clock is told by the uplink, and lets commands expire. A
replayed film has no candidate: its silence is meant, and its records may lie anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from edge_agent.doctor.encryption import Shelter
from edge_agent.flow import InterviewPlan

SILENT_MS: Final = 10_000
"""For so long less than an open microphone's own noise: it is muted."""
FROZEN_MS: Final = 3_000
TOO_SLOW_RATIO: Final = 0.4
SLOW_RATIO: Final = 0.8
LATE: Final = 2 / 3
INTERVIEW_S: Final = 7_200.0
"""What an interview may take where its plan is not known yet."""

SCORES_BYTES_A_SECOND: Final = 2_500
"""Readings and windows at 30 pictures a second."""
SOUND_BYTES_A_SECOND: Final = {"flac": 17_500, "opus": 4_500, "pcm": 33_000}
"""In continuous speech, by codec."""
AROUND_S: Final = 600.0
"""Waiting, consent and calibration, and what is pushed beside the plan."""
ASKING_S: Final = 30.0
ANSWER_S: Final = 180.0
"""An answer whose plan gives no limit."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The room as its agent sees it; None: not known."""

    replay: bool = False
    lost: tuple[str, ...] = ()
    """Devices that are lost, as "camera: why"."""
    fps: float = 0.0
    wanted_fps: float = 30.0
    frozen_ms: int | None = None
    """For how long the picture has been the same, or none came."""
    silent_ms: int | None = None
    """For how long an open microphone has given nothing; None where it gives no sound at all."""
    certificate_left_s: float | None = None
    certificate_spent: float = 1.0
    """Share of its life that is over: with less than `LATE` its renewal is not late yet."""
    interview_s: float = INTERVIEW_S
    refused_space: str = ""
    """Why the disk cannot keep a whole interview; empty where it can."""
    sentence_heard: bool | None = None
    """Whether the last test sentence was heard; None where none was said."""
    shelter: Shelter = Shelter.UNKNOWN
    allow_unencrypted: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """`part` is what the kiosk has a word for; `sentence` is English, for staff."""

    part: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.part}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Readiness:
    """`reasons` block; `warnings` are shown and block nothing."""

    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.reasons


def readiness(facts: Facts) -> Readiness:
    """What stands against an interview now."""
    blocking: list[Reason] = []
    warnings: list[Reason] = []
    for blocks, part, sentence in (*_devices(facts), *_keeping(facts)):
        (blocking if blocks else warnings).append(Reason(part, sentence))
    return Readiness(tuple(blocking), tuple(warnings))


def interview_s(plan: InterviewPlan) -> float:
    """The longest that the interview can take, in seconds."""
    answers_s = sum(
        ASKING_S + one.think_ms / 1e3 + (one.answer_limit_ms / 1e3 or ANSWER_S)
        for one in plan.questions
    )
    return AROUND_S + answers_s


def needed_bytes(plan: InterviewPlan, codec: str, channels: int = 1) -> int:
    """The most that the interview can write with so many channels of sound in this codec."""
    sound = SOUND_BYTES_A_SECOND.get(codec, SOUND_BYTES_A_SECOND["pcm"])
    return round(interview_s(plan) * (SCORES_BYTES_A_SECOND + channels * sound))


Judged = tuple[bool, str, str]
"""Whether it blocks, the part, the sentence."""


def _devices(facts: Facts) -> Iterator[Judged]:
    parts = set()
    for lost in facts.lost:
        part, _, why = lost.partition(": ")
        parts.add(part)
        yield part != "speaker", part, why  # questions stand on the screen as well
    if facts.replay:
        return
    if not parts & {"camera", "vision"}:
        yield from _picture(facts)
    if "microphone" not in parts:
        yield from _sound(facts)
    if facts.sentence_heard is False:
        told = "the last test sentence was not heard; `edge-agent doctor --only sentence --hear`"
        yield False, "speaker", told


def _picture(facts: Facts) -> Iterator[Judged]:
    if facts.frozen_ms is None:
        yield True, "camera", "no picture has come yet"
    elif facts.frozen_ms >= FROZEN_MS:
        since_s = facts.frozen_ms / 1e3
        yield True, "camera", f"the picture has not changed for {since_s:.0f} s; connect it anew"
    elif facts.fps < SLOW_RATIO * facts.wanted_fps:
        told = f"{facts.fps:.0f} pictures a second of {facts.wanted_fps:.0f}; more light helps"
        yield facts.fps < TOO_SLOW_RATIO * facts.wanted_fps, "camera", told


def _sound(facts: Facts) -> Iterator[Judged]:
    if facts.silent_ms is None:
        yield True, "microphone", "it gives no sound"
    elif facts.silent_ms >= SILENT_MS:
        yield True, "microphone", f"dead silent for {facts.silent_ms / 1e3:.0f} s; is it muted?"


def _keeping(facts: Facts) -> Iterator[Judged]:
    if facts.refused_space:
        yield True, "disk", facts.refused_space
    left_s = facts.certificate_left_s
    if left_s is not None and left_s < facts.interview_s and facts.certificate_spent > LATE:
        told = f"it ends in {max(0.0, left_s) / 60:.0f} minutes, before the interview does"
        yield True, "certificate", f"{told}; its renewal fails, see `edge-agent doctor`"
    if facts.shelter is not Shelter.ENCRYPTED:
        yield _in_the_clear(facts)


def _in_the_clear(facts: Facts) -> Judged:
    told = {
        Shelter.CLEAR: "the disk under the spool is not encrypted",
        Shelter.MEMORY: "the spool lies in memory: a power cut takes every record",
    }.get(facts.shelter, "whether the disk under the spool is encrypted cannot be told")
    if facts.replay:
        return False, "disk", f"{told} (a film is replayed)"
    if facts.allow_unencrypted:
        return False, "disk", f"{told} (spool.allow_unencrypted)"
    return True, "disk", f"{told}; see `edge-agent doctor`"
