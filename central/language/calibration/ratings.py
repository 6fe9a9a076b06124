"""Ratings of answers: `answer,criterion,rater,level`, one a row. `machine` is the evaluator that counts,
`machine:NAME` one on trial beside it; an optional column `wording` says with which prompts it marked.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from central.errors import ConfigError

COLUMNS: Final = ("answer", "criterion", "rater", "level")
MACHINE: Final = "machine"
TRIAL: Final = "machine:"


@dataclass(frozen=True, slots=True)
class Rated:
    """One criterion of one answer. `people`: by rater; `machine` None: it gave no level; `trials`: what
    evaluators on trial gave, by name; `wording`: of the machine's prompts, where the file says it.
    """

    answer: str
    criterion: str
    people: dict[str, float]
    machine: float | None
    trials: dict[str, float | None] = field(default_factory=dict[str, "float | None"])
    wording: str = ""


def read(file: Path, machine: str = MACHINE) -> tuple[Rated, ...]:
    """Every answer and criterion once. An empty level is one that was not given. `machine`: the rater
    that is compared with people. Raises `ConfigError` naming the row.
    """
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    worded: dict[tuple[str, str], str] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise ConfigError(str(file), f"has no column {', '.join(missing)}")
            for number, row in enumerate(rows, start=2):
                answer, criterion, rater, level = (str(row[name] or "").strip() for name in COLUMNS)
                levels = found.setdefault((answer, criterion), {})
                if not answer or not rater or rater in levels:
                    raise ConfigError(f"{file}:{number}", "needs an answer, and each rater once")
                levels[rater] = _level(level, f"{file}:{number}")
                if rater == machine:
                    worded[answer, criterion] = str(row.get("wording") or "").strip()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(str(file), f"cannot be read: {error}") from error
    return tuple(
        Rated(
            answer,
            criterion,
            {who: one for who, one in levels.items() if not _is_machine(who) and one is not None},
            levels.get(machine),
            {who: one for who, one in levels.items() if _is_machine(who) and who != machine},
            worded.get((answer, criterion), ""),
        )
        for (answer, criterion), levels in found.items()
    )


def _is_machine(who: str) -> bool:
    return who == MACHINE or who.startswith(TRIAL)


def _level(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        level = float(text)
    except ValueError:
        level = math.nan
    if not 1 <= level <= 5:
        raise ConfigError(where, f"level {text!r} is not from 1 to 5")
    return level
