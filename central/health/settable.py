"""What IT may set in a room from here, and which values are values. Never addresses, keys or paths.

The room has the same table in `edge_agent/settings/settable.py` and checks again; a test holds them
equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

Value: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between two, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Text of this form."""

    form: str
    about: str


Kind: TypeAlias = Number | Choice | Text

SETTABLE: Final[dict[str, Kind]] = {
    "camera.device": Text(r"\d{1,2}|/dev/video\d{1,2}", "a number, or /dev/video and a number"),
    "camera.width": Number(320, 1920),
    "camera.height": Number(240, 1080),
    "camera.fps": Number(5, 60),
    "microphone.device": Text(
        r"[^\x00-\x1f\x7f/\\]{0,100}", "a number or part of the name; empty for the system's own"
    ),
    "microphone.codec": Choice(("flac", "opus")),
    "speaker.output": Choice(("device", "silent")),
    "spool.limit_bytes": Number(134_217_728, 68_719_476_736),
    "log.level": Choice(("debug", "info", "warning", "error")),
}


def problem(key: str, value: object) -> str:
    """Why this cannot be set, in English; empty where it can."""
    kind = SETTABLE.get(key)
    match kind:
        case None:
            return f"{key} cannot be set from central; these can: {', '.join(SETTABLE)}"
        case Number(least, most):
            fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
            return "" if fits else f"{key} is a whole number from {least} to {most}"
        case Choice(words):
            fits = isinstance(value, str) and value in words
            return "" if fits else f"{key} is one of: {', '.join(words)}"
        case Text(form, about):
            fits = isinstance(value, str) and re.fullmatch(form, value) is not None
            return "" if fits else f"{key} is {about}"


def typed(key: str, text: str) -> Value:
    """What somebody typed, as the value that it means; `problem` says whether it may be set."""
    if isinstance(SETTABLE.get(key), Number) and re.fullmatch(
        r"-?\d{1,18}", text.strip(), re.ASCII
    ):
        return int(text)
    return text.strip()
