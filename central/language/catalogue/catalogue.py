"""`models.toml` as values."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import msgspec


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One model that is known."""

    role: str
    file: str
    url: str
    sha256: str
    """Empty: not known."""
    bytes: int
    """0: not known."""
    context: int
    licence: str
    commercial: bool
    note: str
    template: str = ""
    pooling: str = ""


def catalogue() -> dict[str, Known]:
    """The models by name."""
    text = files(__package__).joinpath("models.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Known])


def recognised(path: Path, sha256: str) -> tuple[str, Known] | None:
    """The known model that a file is: by its sha256, else by its name."""
    known = catalogue()
    for name, one in known.items():
        if one.sha256 and one.sha256 == sha256:
            return name, one
    return next(((name, one) for name, one in known.items() if one.file == path.name), None)


def settings(name: str, known: Known, path: Path, sha256: str) -> str:
    """What to write into central.toml for it."""
    lines = [
        f"[language.models.{known.role}]  # {name}: {known.licence}",
        f'path = "{path}"',
        f'sha256 = "{sha256}"',
        *([f'template = "{known.template}"'] if known.template else []),
        *([f'pooling = "{known.pooling}"'] if known.pooling else []),
        f"context = {min(known.context, 4096)}",
    ]
    return "\n".join(lines)
