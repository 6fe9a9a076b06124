"""Schemes as files: `schemes/*.toml`, read strictly. `central/interview/schemes.py` applies them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from central.errors import ConfigError, Refused
from central.interview.schemes import Label, StageScheme

SHIPPED: Final = Path(__file__).parent / "schemes"


@cache
def load(folder: Path = SHIPPED) -> Mapping[int, StageScheme]:
    """By stage; 0 is the scheme of the four scores. Raises `ConfigError` naming the file."""
    found: dict[int, StageScheme] = {}
    for file in sorted(folder.glob("*.toml")):
        scheme = _read(file)
        if scheme.stage in found:
            raise ConfigError(file.name, f"stage {scheme.stage} has another scheme already")
        found[scheme.stage] = scheme
    return found


def stages() -> Mapping[int, Label]:
    """Those that people may choose from, in order: each has a document of its own."""
    return {stage: one.label for stage, one in sorted(load().items()) if stage}


def chosen(stage: int) -> int:
    """The same. Raises `Refused` (stage_unknown)."""
    if stage not in stages():
        raise Refused("stage_unknown", 422, f"The stages are {', '.join(map(str, stages()))}.")
    return stage


def of_stage(stage: int) -> StageScheme:
    """A stage without a scheme of its own is scored by the four scores."""
    schemes = load()
    return schemes.get(stage, schemes[0])


def _read(file: Path) -> StageScheme:
    try:
        scheme = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), StageScheme)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(file.name, str(error)) from error
    if scheme.key != file.stem:
        raise ConfigError(file.name, f"its key is {scheme.key!r}, and its name has to be the same")
    if not scheme.channels or any(one.weight <= 0 for one in scheme.channels):
        raise ConfigError(file.name, "needs channels, and each a weight above 0")
    if len({one.key for one in scheme.channels}) != len(scheme.channels):
        raise ConfigError(file.name, "has a channel twice")
    for one in scheme.channels:
        if (one.rests_on == "nothing") != bool(one.why_not):
            raise ConfigError(
                file.name, f'{one.key}: "nothing" needs why_not, and nothing else does'
            )
    return scheme
