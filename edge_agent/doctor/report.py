"""What a person reads, and what a program reads."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Final

from edge_agent.doctor.examine import Examined
from edge_agent.doctor.finding import Status
from edge_agent.service import about

MARKS: Final = {
    Status.OK: "ok  ",
    Status.WARN: "warn",
    Status.FAIL: "FAIL",
    Status.SKIPPED: "-   ",
}
COLOURS: Final = {Status.OK: "32", Status.WARN: "33", Status.FAIL: "1;31", Status.SKIPPED: "2"}
INDENT: Final = " " * 21
WIDTH: Final = 100


def line(one: Examined, *, colours: bool = False) -> str:
    """One check: its mark, its name, what was seen; below it what to do."""
    mark = MARKS[one.finding.status]
    if colours:
        mark = f"\x1b[{COLOURS[one.finding.status]}m{mark}\x1b[0m"
    told = _wrapped(f"{mark}  {one.name:12}  ", one.finding.seen, hidden=len(mark) - 4)
    if one.finding.todo:
        told += "\n" + _wrapped(f"{INDENT[:-2]}> ", one.finding.todo)
    return told


def summary(found: Sequence[Examined]) -> str:
    """The last line."""
    count = {status: sum(one.finding.status is status for one in found) for status in Status}
    fit = "fit for an interview" if fit_for_interview(found) else "NOT fit for an interview"
    parts = [f"{count[status]} {status.value}" for status in Status if count[status]]
    took_s = sum(one.took_s for one in found)
    return f"{fit}: {', '.join(parts)} in {took_s:.1f} s"


def fit_for_interview(found: Sequence[Examined]) -> bool:
    """No check failed."""
    return not any(one.finding.status is Status.FAIL for one in found)


def as_json(found: Sequence[Examined]) -> str:
    """Everything, figures included."""
    checks = [
        {
            "name": one.name,
            "status": one.finding.status.value,
            "seen": one.finding.seen,
            "todo": one.finding.todo,
            "figures": dict(one.finding.figures),
            "took_s": round(one.took_s, 3),
        }
        for one in found
    ]
    report = {"ok": fit_for_interview(found), "version": about.version(), "checks": checks}
    return json.dumps(report, ensure_ascii=False, indent=1)


def _wrapped(head: str, text: str, *, hidden: int = 0) -> str:
    """`head` may hold `hidden` bytes that take no place on the screen."""
    lines = textwrap.wrap(text, WIDTH - len(INDENT), break_long_words=False) or [""]
    first = f"{head}{' ' * max(0, len(INDENT) - len(head) + hidden)}{lines[0]}"
    return "\n".join([first, *(INDENT + more for more in lines[1:])])
