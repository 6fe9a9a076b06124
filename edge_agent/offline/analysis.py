"""One file on this machine, from the first look to its result document."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edge_agent.flow import (
    AnswerEndReason,
    RecordValue,
    ScoreWindow,
    Utterance,
    VisionCounts,
)
from edge_agent.hearing.codec import PcmCodec
from edge_agent.offline import result
from edge_agent.offline.limits import Limits
from edge_agent.offline.partial import Partial, write_whole
from edge_agent.offline.playback import WINDOW_NS, Playback
from edge_agent.offline.player import Player, VideoRefused
from edge_agent.offline.preset import Preset
from edge_agent.scoring import Rules
from edge_agent.service.about import version
from edge_agent.vision.settings import VisionSettings

SUFFIX = ".analysis.json"
_LOCAL = "file"
_READ_BYTES = 1 << 20

Progress = Callable[[int, int], None]
"""Told how many frames of how many were looked at."""


@dataclass(frozen=True, slots=True)
class How:
    """How files are looked at; the same for all of them."""

    preset: Preset
    settings: VisionSettings
    rules: Rules
    limits: Limits = field(default_factory=Limits)

    @property
    def looks(self) -> frozenset[str]:
        """Kinds of looks that are switched on."""
        kinds = {
            "posture": self.settings.posture,
            "hands": self.settings.hands,
            "people": self.settings.people,
        }
        return frozenset(kind for kind, on in kinds.items() if on)


class _Notes:
    """A journal that keeps what a result needs: windows and what was said when."""

    def __init__(self, partial: Partial) -> None:
        self._partial = partial
        self._seq = 0
        self.utterances: list[Utterance] = []

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        del interview_id
        if isinstance(value, ScoreWindow):
            self._partial.add(value)
        elif isinstance(value, Utterance):
            self.utterances.append(value)
        self._seq += 1
        return self._seq


async def analyse(
    file: Path, out: Path, how: How, progress: Progress = lambda _done, _of: None
) -> tuple[dict[str, Any], bool]:
    """The result, which lies in `out` too, and whether it was there before. A refused file has a result
    that says so. Raises `EdgeError` where this machine is not ready, which no other file will mend.
    """
    identity = await asyncio.to_thread(_identity, file, how)
    if (there := _finished(out, identity)) is not None:
        return there, True
    partial = await asyncio.to_thread(Partial, out, identity)
    done = False
    try:
        document = await _look(file, identity, how, partial, progress)
        await asyncio.to_thread(write_whole, out, document)
        done = True
    finally:
        partial.close(done=done)
    return document, False


async def _look(
    file: Path, identity: dict[str, Any], how: How, partial: Partial, progress: Progress
) -> dict[str, Any]:
    from_ns = len(partial.windows) * WINDOW_NS
    notes, stopped = _Notes(partial), ""
    playback = Playback(
        notes,
        how.rules,
        codec=PcmCodec(),
        looks_share=how.preset.looks_share,
        begin=_begin,
        from_ns=from_ns,
    )
    player = Player(file, how.settings, preset=how.preset, limits=how.limits, from_ns=from_ns)
    try:
        async for message in player.messages():
            playback.take(message)
            progress(playback.seen + playback.count(0, from_ns), playback.taken)
    except VideoRefused as error:
        if error.code == "not_ready":
            raise
        if playback.about is None or (playback.seen == 0 and not partial.windows):
            return result.refused(identity, error.code, error.why)
        stopped = error.why
    playback.finish()
    if playback.listener is not None:
        _end(playback)
    assert playback.about is not None
    assert playback.cadence is not None
    if playback.seen == 0 and not partial.windows:
        why = (playback.ended and playback.ended.problem) or "none of its pictures can be decoded"
        return result.refused(identity, "damaged", why)
    about, ended = playback.about, playback.ended
    found = result.Found(about, ended, playback.cadence, partial.windows, notes.utterances, stopped)
    return result.document(identity, found, how.preset, how.looks)


def _begin(playback: Playback) -> None:
    """Everything is one answer: speech belongs to it from the first sample on."""
    assert playback.listener is not None
    assert playback.recorder is not None
    playback.listener.start_recording(_LOCAL)
    playback.listener.open_answer(_LOCAL, "")
    playback.recorder.start(_LOCAL, playback.at_ns, VisionCounts(0, 0, 0, 0))


def _end(playback: Playback) -> None:
    assert playback.listener is not None
    assert playback.recorder is not None
    playback.listener.close_answer(_LOCAL, AnswerEndReason.DONE)
    playback.listener.stop_recording()
    playback.recorder.stop()


def _identity(file: Path, how: How) -> dict[str, Any]:
    """What a result is of: another file, preset or version has another one."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as data:
            while piece := data.read(_READ_BYTES):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise VideoRefused("not_readable", f"{file} cannot be read ({error.strerror})") from error
    return {
        "file": {"name": file.name, "bytes": size, "sha256": digest.hexdigest()},
        "preset": how.preset.value,
        "looks": sorted(how.looks),
        "agent_version": version(),
    }


def _finished(out: Path, identity: dict[str, Any]) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    same = all(found.get(name) == value for name, value in identity.items())
    return found if same and found.get("schema") == result.SCHEMA else None
