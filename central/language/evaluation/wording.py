"""Wordings of the evaluation's prompts as documents: `wordings/*.toml`, read strictly. Another word is
another version, and two documents never have the same one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from central.errors import ConfigError

SHIPPED: Final = Path(__file__).parent / "wordings"
PLAIN: Final = "plain"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In one language. `{quotes}` in `wanted` is how many passages the model may copy."""

    extract_system: str
    score_system: str
    feedback_system: str
    question: str
    criterion: str
    strongest: str
    anchors: str
    words: str
    quotes: str
    rule: str
    wanted: str
    level: str
    feedback: str


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document. `version` is stored with every mark that was made with it."""

    key: str
    version: str
    ko: Words
    en: Words

    def in_language(self, language: str) -> Words:
        """Languages without words of their own are asked in English."""
        return self.ko if language == "ko" else self.en


@cache
def load(folder: Path = SHIPPED) -> Mapping[str, Wording]:
    """By key. Raises `ConfigError` naming the file."""
    found: dict[str, Wording] = {}
    for file in sorted(folder.glob("*.toml")):
        one = _read(file)
        if one.version in {other.version for other in found.values()}:
            raise ConfigError(file.name, f"its version {one.version!r} is another document's")
        found[one.key] = one
    return found


def named(setting: str, key: str) -> Wording:
    """Raises `ConfigError` naming the setting."""
    known = load()
    if key not in known:
        raise ConfigError(setting, f"{key!r} is not known; there are {', '.join(known)}")
    return known[key]


def _read(file: Path) -> Wording:
    try:
        one = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Wording)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(file.name, str(error)) from error
    if one.key != file.stem:
        raise ConfigError(file.name, f"its key is {one.key!r}, and its name has to be the same")
    for words in (one.ko, one.en):
        if not all(text.strip() for text in msgspec.structs.astuple(words)):
            raise ConfigError(file.name, "says nothing where words are needed")
        if "{quotes}" not in words.wanted:
            raise ConfigError(file.name, "`wanted` has to say {quotes}")
    return one
