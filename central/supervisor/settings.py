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
    plain = {key: value for key, value in document.items() if not isinstance(value, dict)}
    lines = [_line(key, value) for key, value in plain.items()]
    for section, values in document.items():
        if isinstance(values, dict):
            lines += ["", f"[{section}]"]
            lines += [_line(key, value) for key, value in values.items() if value is not None]
    return "\n".join(lines) + "\n"


def _line(key: str, value: object) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _encode(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value))
