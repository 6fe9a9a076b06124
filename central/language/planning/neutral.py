"""Reviewed follow-ups, one for each missing part, word for word the same for everybody."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from central.errors import ConfigError
from central.language.bank import SHIPPED
from central.language.planning.follow_up import PRIORITY, About
from central.language.planning.gates import Around, Draft, refusals

FILE: Final = "follow_ups.toml"


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ko: str
    en: str


class FollowUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`about` one missing part."""

    key: str
    about: About
    text: _Texts
    reviewed: str

    def words(self, language: str) -> str:
        """Korean, or English for any other language."""
        return self.text.ko if language == "ko" else self.text.en


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    follow_up: tuple[FollowUp, ...]


@cache
def load(folder: Path = SHIPPED) -> dict[About, FollowUp]:
    """The folder's, or those that ship where it has none. Raises `ConfigError` naming file and key."""
    file = folder / FILE
    try:
        table = tomllib.loads((file if file.exists() else SHIPPED / FILE).read_text("utf-8"))
        found = {one.about: one for one in msgspec.convert(table, _File).follow_up}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(str(file), str(error)) from error
    missing = [about for about in PRIORITY if about not in found]
    if missing:
        raise ConfigError(str(file), f"needs a follow_up about {', '.join(missing)}")
    for one in found.values():
        _check(one)
    return found


def _check(one: FollowUp) -> None:
    for language in ("ko", "en"):
        why = refusals(Draft(one.words(language), language), Around())
        if why:
            raise ConfigError(
                f"{FILE} [{one.key}]", f"text.{language}: {why[0].gate}, {why[0].detail}"
            )
