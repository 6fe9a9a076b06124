"""What is there against what has to be: pure."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from edge_agent.installation.record import Record
from edge_agent.installation.rendering import File


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is written (`after`) or removed (None)."""

    path: str
    before: str | None
    after: str | None
    mode: int = 0o644

    def diff(self) -> str:
        """As `diff -u` has it."""
        lines = difflib.unified_diff(
            (self.before or "").splitlines(),
            (self.after or "").splitlines(),
            "/dev/null" if self.before is None else self.path,
            "/dev/null" if self.after is None else self.path,
            lineterm="",
        )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an installation does, in order. `ours`: every file that is ours when it is done."""

    files: tuple[Change, ...]
    enable: tuple[str, ...]
    disable: tuple[str, ...]
    ours: tuple[File, ...]

    def __bool__(self) -> bool:
        return bool(self.files or self.enable or self.disable)


def changes(
    wanted: Iterable[File],
    units: tuple[str, ...],
    record: Record,
    read: Callable[[str], str | None],
    is_enabled: Callable[[str], bool],
) -> Changes:
    """From what `read` finds to `wanted`. What an earlier installation made and nobody wants any more
    goes; a file that a package has in the same words is the package's.
    """
    ours = tuple(one for one in wanted if not _vendor_has(one, record, read))
    written = [
        Change(one.path, before, one.text, one.mode)
        for one in ours
        if (before := read(one.path)) != one.text
    ]
    keep = {one.path for one in ours}
    removed = [
        Change(path, before, None)
        for path in sorted(record.files.keys() - keep)
        if (before := read(path)) is not None
    ]
    return Changes(
        files=(*written, *removed),
        enable=tuple(unit for unit in units if not is_enabled(unit)),
        disable=tuple(unit for unit in record.units if unit not in units and is_enabled(unit)),
        ours=ours,
    )


def _vendor_has(file: File, record: Record, read: Callable[[str], str | None]) -> bool:
    if file.vendor:
        return read(file.vendor) == file.text
    # Where ours and a package's place are the same, what we did not write is the package's.
    return file.path not in record.files and read(file.path) == file.text
