"""How far the analysis of a file has come, in a file beside its result: a killed one goes on there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from edge_agent.flow import Channel, Measure, ScoreWindow

SUFFIX = ".part"


class Partial:
    """One JSON line says what is analysed and how; then one line for each window. A line that was torn
    by a kill is done again; a file about something else is begun anew.
    """

    def __init__(self, result: Path, identity: dict[str, Any]) -> None:
        self._file = result.with_name(result.name + SUFFIX)
        self.windows: list[ScoreWindow] = []
        kept = self._read(identity)
        result.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("wb") as out:  # what is good of it, written anew: a torn end is gone
            out.write(_line(identity))
            for window in kept:
                out.write(_line(_plain(window)))
        self.windows = kept
        self._out = self._file.open("ab", buffering=0)

    def add(self, window: ScoreWindow) -> None:
        """Kept as soon as this returns, whatever happens to the process."""
        self.windows.append(window)
        self._out.write(_line(_plain(window)))

    def close(self, *, done: bool) -> None:
        """`done`: the result is on disk, and this is no longer needed."""
        self._out.close()
        if done:
            self._file.unlink(missing_ok=True)

    def _read(self, identity: dict[str, Any]) -> list[ScoreWindow]:
        try:
            lines = self._file.read_bytes().split(b"\n")
            if json.loads(lines[0]) != identity:
                return []
        except (OSError, ValueError):
            return []
        found: list[ScoreWindow] = []
        for line in lines[1:-1]:
            try:
                window = _window(json.loads(line))
            except (ValueError, KeyError, TypeError):
                break
            if window.start_mono_ns != len(found) * 1_000_000_000:
                break
            found.append(window)
        return found


def write_whole(file: Path, document: dict[str, Any]) -> None:
    """A JSON document: there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    with new.open("wb") as out:
        out.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(window: ScoreWindow) -> list[Any]:
    measures = [[int(one.channel), one.value, one.coverage] for one in window.measures]
    return [
        window.start_mono_ns,
        window.frames_captured,
        window.frames_analysed,
        window.variant,
        measures,
    ]


def _window(plain: list[Any]) -> ScoreWindow:
    start, captured, analysed, variant, measures = plain
    found = tuple(Measure(Channel(channel), value, share) for channel, value, share in measures)
    return ScoreWindow(int(start), 1_000, int(captured), int(analysed), "", found, str(variant))
