"""The model files: all there, and the ones that the manifest pins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edge_agent.config import Vision
from edge_agent.doctor.apart import apart
from edge_agent.doctor.finding import Finding, Visit, fail, ok, warn
from edge_agent.models.places import FACE, HAND, PEOPLE, POSE, models_dir


class ModelsCheck:
    name = "models"
    limit_s = 30.0

    async def run(self, visit: Visit) -> Finding:
        folder = str(visit.config.models.folder or models_dir())
        seen = await apart(look, folder, limit_s=self.limit_s - 2)
        return judge(folder, seen, needed(visit.config.vision))


def needed(vision: Vision) -> frozenset[str]:
    """The files without which the agent does not start: the face's, and those of what is switched on."""
    switched = {POSE: vision.posture, HAND: vision.hands, PEOPLE: vision.people}
    return frozenset({FACE, *(file for file, on in switched.items() if on)})


def look(folder: str) -> dict[str, Any]:
    """Runs apart: for each file of the manifest "same", "other", "missing" or "unreadable"."""
    from edge_agent.models.manifest import read_manifest, sha256_of

    states, size = {}, 0
    for model in read_manifest().models.values():
        path = Path(folder) / model.file
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            states[model.file] = "missing"
        except OSError as error:
            states[model.file] = f"unreadable ({error.strerror})"
        else:
            size += len(data)
            states[model.file] = "same" if sha256_of(data) == model.sha256 else "other"
    return {"states": states, "bytes": size}


def judge(
    folder: str, seen: dict[str, Any], necessary: frozenset[str] = frozenset({FACE})
) -> Finding:
    """A missing file is a failure where it is necessary, else a warning."""
    states: dict[str, str] = seen["states"]
    build = f"`edge-agent models build --out {folder}`"
    wrong = [f"{file} {state}" for file, state in states.items() if state != "same"]
    figures = {"folder": folder, **seen}
    if any(states.get(file) not in {"same", "other"} for file in necessary):
        return fail(f"{', '.join(wrong)} in {folder}", build, **figures)
    if "other" in states.values():
        others = ", ".join(file for file, state in states.items() if state == "other")
        told = f"{others}: not the sha256 that the manifest pins"
        todo = (
            f"remove it and run {build}; where its libraries are newer than constraints.txt has them, "
            "the same numbers may be laid out differently"
        )
        return warn(told, todo, **figures)
    if wrong:
        return warn(f"{', '.join(wrong)} in {folder}", build, **figures)
    told = (
        f"{len(states)} files, {seen['bytes'] / 1e6:.0f} MB, each with the sha256 of the manifest"
    )
    return ok(told, **figures)
