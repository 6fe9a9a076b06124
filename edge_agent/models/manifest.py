"""The list of models: `models/onnx/MANIFEST.toml` as values."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge_agent.errors import ModelError

_PACKAGED = Path(__file__).with_name("MANIFEST.toml")
_IN_REPOSITORY = Path(__file__).parents[2] / "models" / "onnx" / "MANIFEST.toml"


@dataclass(frozen=True, slots=True)
class Wheel:
    """A registry wheel that models are made from; the tags say which of its files is pinned."""

    project: str
    version: str
    filename: str
    sha256: str
    platform: str

    @property
    def requirement(self) -> str:
        """What pip is asked for."""
        return f"{self.project}=={self.version}"


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a wheel."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """One built file. `sha256` is of the output with the library versions of constraints.txt."""

    file: str
    wheel: str
    sha256: str
    parts: dict[str, Part]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that `build` may make, keyed by name."""

    wheels: dict[str, Wheel]
    models: dict[str, Model]


def read_manifest(path: Path | None = None) -> Manifest:
    """The committed manifest (or another).

    Raises:
        ModelError: it is missing or malformed.
    """
    path = path or next((p for p in (_PACKAGED, _IN_REPOSITORY) if p.is_file()), _IN_REPOSITORY)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Manifest(
            {name: Wheel(**fields) for name, fields in raw["wheels"].items()},
            {name: _model(fields) for name, fields in raw["models"].items()},
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError("manifest", f"{path} cannot be used: {error!r}") from error


def sha256_of(data: bytes) -> str:
    """The hexadecimal digest that the manifest pins."""
    return hashlib.sha256(data).hexdigest()


def _model(fields: dict[str, Any]) -> Model:
    parts = {name: Part(**part) for name, part in fields["parts"].items()}
    return Model(fields["file"], fields["wheel"], fields["sha256"], parts)
