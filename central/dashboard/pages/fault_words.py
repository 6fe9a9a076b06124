"""A room's faults in words, and what it refuses. Every sentence is a key of the catalogues."""

from __future__ import annotations

from typing import Final

from central.dashboard import i18n
from central.dashboard.pages import words
from central.dashboard.pages.room_refusals import NOT_READY
from central.health.faults import fault_of

FAULTS: Final = {
    "camera_not_yet": "The camera has given no picture yet",
    "camera_frozen": "The camera's picture has not changed for {seconds} s",
    "camera_slow": "The camera gives {fps} of {wanted} pictures a second",
    "camera_lost": "The camera is lost",
    "microphone_none": "The microphone gives no sound",
    "microphone_silent": "The microphone has been silent for {seconds} s",
    "microphone_lost": "The microphone is lost",
    "speaker_unheard": "The last test sentence was not heard",
    "speaker_lost": "The speaker does not play",
    "vision_stuck": "Picture analysis has said nothing for {seconds} s and begins anew",
    "vision_ended": "Picture analysis ended and begins anew",
    "vision_lost": "Picture analysis does not run",
    "certificate_ends": "The room's certificate ends in {minutes} min",
    "disk_clear": "The room's disk is not encrypted",
    "disk_memory": "The room keeps its records in memory alone",
    "disk_unknown": "Whether the room's disk is encrypted is not known",
    "disk_slow": "The room's disk is too slow",
    "disk_full": "The room's disk cannot keep an interview",
    "clock_ahead": "The room's clock is {seconds} s ahead",
    "clock_behind": "The room's clock is {seconds} s behind",
    "check_in_locked": "Too many wrong codes: let the candidate in",
}


_DETAILS: Final = ("_lost", "disk_full")
"""Codes beside which the room's own words help who mends it: which devices there are, what is free."""


def in_words(line: str, language: str, *, details: bool = False) -> str:
    """What a room says is wrong. What is not known keeps the room's own English words; `details` keeps
    them beside what is known, where they say more.
    """
    fault = fault_of(line)
    if fault.code:
        sentence = i18n.translate(language, FAULTS[fault.code])
        figures = {name: f"{value:g}" for name, value in fault.figures.items()}
        own = line.partition(":")[2].strip() if details and fault.code.endswith(_DETAILS) else ""
        return sentence.format_map(figures) + (f" ({own})" if own else "")
    device, colon, detail = line.partition(":")
    known = words.DEVICES.get(device)
    return line if known is None else i18n.translate(language, known) + colon + detail


def refusal_in_words(detail: str, language: str) -> str:
    """Why a room did not do what it was told. One that is not ready says after that what is wrong."""
    if not detail.startswith(f"{NOT_READY} "):
        return i18n.translate(language, detail)
    faults = detail.removeprefix(NOT_READY).strip().removesuffix(".").split("; ")
    told = "; ".join(in_words(fault, language, details=True) for fault in faults)
    return f"{i18n.translate(language, NOT_READY)} {told}."
