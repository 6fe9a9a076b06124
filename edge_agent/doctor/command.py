"""`edge-agent doctor`: the visit, and what is printed."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from edge_agent.doctor.checks import EVERY
from edge_agent.doctor.checks.spool import holders
from edge_agent.doctor.examine import Examined, examine
from edge_agent.doctor.finding import Check, Visit
from edge_agent.doctor.report import as_json, fit_for_interview, line, summary
from edge_agent.errors import ConfigError
from edge_agent.settings import sources


def carry_out(wanted: argparse.Namespace) -> int:
    """The exit status: 0 fit for an interview, 1 not. Raises `ConfigError`."""
    config = sources.load(wanted.config, os.environ, start=False).config
    checks = chosen(wanted.only)
    agents = holders(config.spool.folder)
    visit = Visit(config, wanted.quick, wanted.speak or wanted.hear, wanted.hear, agents)
    found = asyncio.run(_look(checks, visit, None if wanted.json else sys.stdout))
    if wanted.json:
        sys.stdout.write(as_json(found) + "\n")
    return 0 if fit_for_interview(found) else 1


def chosen(only: str) -> tuple[Check, ...]:
    """The checks named in a comma-separated list; all where it is empty. Raises `ConfigError`."""
    names = [one.strip() for one in only.split(",") if one.strip()]
    known = {check.name: check for check in EVERY}
    for name in names:
        if name not in known:
            raise ConfigError("--only", f"there is no check {name!r}; there are {', '.join(known)}")
    return tuple(known[name] for name in names) if names else EVERY


async def _look(checks: Sequence[Check], visit: Visit, out: TextIO | None) -> list[Examined]:
    found = []
    colours = out is not None and out.isatty() and "NO_COLOR" not in os.environ
    shown = _Progress(out)
    async for one in examine(checks, visit, shown.begins):
        shown.ends()
        found.append(one)
        if out is not None:
            out.write(line(one, colours=colours) + "\n")
            out.flush()
    if out is not None:
        out.write(summary(found) + "\n")
    return found


class _Progress:
    """Which check runs, on a terminal only, in a line that its finding takes the place of."""

    def __init__(self, out: TextIO | None) -> None:
        self._out = out if out is not None and out.isatty() else None

    def begins(self, name: str) -> None:
        if self._out is not None:
            self._out.write(f"...   {name}")
            self._out.flush()

    def ends(self) -> None:
        if self._out is not None:
            self._out.write("\r\x1b[K")
