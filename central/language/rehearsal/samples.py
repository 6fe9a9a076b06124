"""`samples.toml` as values."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers to one question of the bank, each better than the one before it."""

    question: str
    answers: tuple[str, str, str, str]


class Samples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rehearsal in one language is about."""

    position: str
    company: str
    about: str
    papers: tuple[str, ...]
    answered: tuple[Answered, ...]


def samples() -> dict[str, Samples]:
    """By language."""
    text = files(__package__).joinpath("samples.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Samples])
