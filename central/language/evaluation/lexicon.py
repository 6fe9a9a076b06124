"""`lexicon.toml`, read strictly: families of attacks and the patterns that tell them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from central.errors import ConfigError

FILE: Final = Path(__file__).with_name("lexicon.toml")


class _Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    certain: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    families: dict[str, _Family]
    words: dict[str, str] = {}


class _Exact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    encoding: str
    spelt: str
    reported: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    korean: _Table
    english: _Table
    structure: _Table
    exact: _Exact


@dataclass(frozen=True, slots=True)
class Pattern:
    """One alternative of one family."""

    family: str
    certain: bool
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled. `korean` is for text without spaces and punctuation."""

    version: str
    korean: tuple[Pattern, ...]
    english: tuple[Pattern, ...]
    structure: tuple[Pattern, ...]
    encoding: re.Pattern[str]
    spelt: re.Pattern[str]
    reported: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with central. Raises `ConfigError`."""
    try:
        file = msgspec.convert(tomllib.loads(FILE.read_text(encoding="utf-8")), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(str(FILE), str(error)) from error
    return Lexicon(
        version=file.version,
        korean=_patterns(file.korean),
        english=_patterns(file.english),
        structure=_patterns(file.structure),
        encoding=re.compile(file.exact.encoding, re.IGNORECASE),
        spelt=re.compile(file.exact.spelt),
        reported=re.compile(file.exact.reported),
    )


def _patterns(table: _Table) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(family, certain, _compiled(pattern, table.words))
        for family, entry in table.families.items()
        for certain, patterns in ((True, entry.certain), (False, entry.possible))
        for pattern in patterns
    )


def _compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    for _ in range(2):  # a word may name another one
        for name, text in words.items():
            pattern = pattern.replace(f"{{{name}}}", text)
    return re.compile(pattern)
