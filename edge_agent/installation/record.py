"""What `install` made, so that `uninstall` undoes that and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

PLACE: Final = "/etc/daedam/installed"
_HEAD: Final = "# What `edge-agent install` made; `edge-agent uninstall` goes by it.\n"


@dataclass(frozen=True, slots=True)
class Record:
    """`files`: the hash of each file that was written, by path; `units`: those that were enabled."""

    files: dict[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def formatted(record: Record) -> str:
    lines = [f"file {sha} {path}\n" for path, sha in sorted(record.files.items())]
    lines += [f"unit {unit}\n" for unit in sorted(record.units)]
    return _HEAD + "".join(lines)


def parsed(text: str | None) -> Record:
    """Lines that say nothing we know are passed over: an older or newer agent wrote them."""
    files, units = {}, []
    for line in (text or "").splitlines():
        match line.split(" ", 2):
            case ["file", sha, path] if path.startswith("/"):
                files[path] = sha
            case ["unit", unit]:
                units.append(unit)
    return Record(files, tuple(units))
