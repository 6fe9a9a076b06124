"""Where a question is from and how it came to be: stored with it, shown to staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from central.language.planning.gates import Refusal

Label = Literal["bank", "generated", "template", "typed"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One source that a question used. `start` and `end`: characters of it; `text`: those, or its
    title where no span was used.
    """

    kind: str
    ref: str
    title: str = ""
    start: int | None = None
    end: int | None = None
    text: str = ""
    score: float | None = None


class Try(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model wrote and why it was not asked; no reason: it was."""

    text: str
    refused: tuple[tuple[str, str], ...] = ()
    took_ms: int = 0


class Made(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a question came to be. `why`: one word on why it is the bank's; empty where it is not."""

    why: str = ""
    tries: tuple[Try, ...] = ()
    took_ms: int = 0
    prompts: str = ""
    model: str = ""
    versions: dict[str, str] = {}


def gates(tries: Iterable[Try]) -> tuple[str, ...]:
    """What refused them, each once."""
    return tuple(dict.fromkeys(gate for one in tries for gate, _ in one.refused))


def reasons(refused: tuple[Refusal, ...]) -> tuple[tuple[str, str], ...]:
    """As they are stored."""
    return tuple((one.gate, one.detail) for one in refused)
