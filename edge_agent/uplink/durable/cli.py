"""`edge-agent spool ...`: what can be asked about the records that wait on disk."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FSCK = "one line a segment; exit status 1 where one is damaged. Changes nothing."
DUMP = "one line a record. Changes nothing."
VERIFY = (
    "one verdict on all of it; exit status 1 where anything is damaged. Reads everything, checks every "
    "crc and that no number is missing. Changes nothing; the agent may be running."
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `spool` and what can be asked of it."""
    spool = commands.add_parser("spool", help="look at the records that wait on disk")
    actions = spool.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, what in (("fsck", FSCK), ("dump", DUMP), ("verify", VERIFY)):
        action = actions.add_parser(name, help=what.split(";")[0].rstrip("."), description=what)
        place = action.add_mutually_exclusive_group(required=True)
        place.add_argument("--config", type=Path, metavar="FILE", help="the room's TOML")
        place.add_argument("--folder", type=Path, metavar="DIR", help="the spool's folder")
        if name == "verify":
            action.add_argument("--json", action="store_true", help="one JSON object for programs")


def look(wanted: argparse.Namespace) -> int:
    """Print what was asked for; the exit status. Raises `EdgeError`."""
    from edge_agent.config import load

    folder = wanted.folder or load(wanted.config).spool.folder
    asked: dict[str, Callable[[Path], bool]] = {"fsck": _fsck, "dump": _dump}
    whole = (
        _verify(folder, wanted.json) if wanted.action == "verify" else asked[wanted.action](folder)
    )
    return 0 if whole else 1


def _fsck(folder: Path) -> bool:
    from edge_agent.uplink.durable.fsck import fsck

    lines, whole = fsck(folder)
    print("\n".join(lines))
    return whole


def _dump(folder: Path) -> bool:
    from edge_agent.uplink.durable.fsck import dump

    for line in dump(folder):
        print(line)
    return True


def _verify(folder: Path, as_json: bool) -> bool:
    from edge_agent.uplink.durable.verify import verify

    verdict = verify(folder)
    print(verdict.json() if as_json else verdict.line())
    return verdict.ok
