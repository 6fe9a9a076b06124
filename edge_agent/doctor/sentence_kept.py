"""What the last sentence through the room found, beside the room's identity: the doctor writes it, the
agent tells central.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec

NAME: Final = "sentence.json"


class Kept(msgspec.Struct, frozen=True):
    """The worse of both languages in each figure; None: not measured. `heard` is whether both were."""

    wall_ns: int
    heard: bool
    snr_db: float | None = None
    latency_ms: int | None = None
    error_ratio: float | None = None


def keep(folder: Path, seen: dict[str, dict[str, Any]], wall_ns: int) -> None:
    """Writes what was `seen`, by language; a folder that cannot be written to keeps nothing."""
    every = list(seen.values())
    found = Kept(
        wall_ns,
        heard=all(one["latency_ms"] is not None for one in every),
        snr_db=_worst(every, "snr_db", min),
        latency_ms=_worst(every, "latency_ms", max),
        error_ratio=_worst(every, "error_ratio", max),
    )
    with suppress(OSError):
        file = folder / f".{NAME}"
        file.write_bytes(msgspec.json.encode(found))
        file.replace(folder / NAME)


def kept(folder: Path) -> Kept | None:
    """None where no sentence was said yet, or nobody can tell."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return None


def _worst(every: list[dict[str, Any]], name: str, worse: Any) -> Any:
    known = [one[name] for one in every if one.get(name) is not None]
    return worse(known) if known else None
