"""Settings as TOML: what `central up` writes for its children."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from central.config import Config


def as_toml(config: Config) -> str:
    """`config` as `central.config.load` reads it. Settings without a value are left out."""
    document: dict[str, Any] = msgspec.to_builtins(config, enc_hook=_encode)
    return "\n".join(_table("", document)) + "\n"


def _table(name: str, values: dict[str, Any]) -> list[str]:
    """Its values, then the tables inside it."""
    told = {key: value for key, value in values.items() if value is not None}
    plain = [_line(key, value) for key, value in told.items() if not isinstance(value, dict)]
    lines = ["", f"[{name}]", *plain] if name and plain else plain
    for key, value in told.items():
        if isinstance(value, dict):
            lines += _table(f"{name}.{key}" if name else key, value)
    return lines


def _line(key: str, value: object) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _encode(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value))
