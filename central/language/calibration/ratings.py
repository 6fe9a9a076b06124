"""Ratings of answers: `answer,criterion,rater,level`, one a row. `machine` is the evaluator."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from central.errors import ConfigError

COLUMNS: Final = ("answer", "criterion", "rater", "level")
MACHINE: Final = "machine"


@dataclass(frozen=True, slots=True)
class Rated:
    """One criterion of one answer. `people`: by rater; `machine` None: it gave no level."""

    answer: str
    criterion: str
    people: dict[str, float]
    machine: float | None


def read(file: Path) -> tuple[Rated, ...]:
    """Every answer and criterion once. An empty level is one that was not given. Raises `ConfigError`
    naming the row.
    """
    found: dict[tuple[str, str], dict[str, float | None]] = {}
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
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(str(file), f"cannot be read: {error}") from error
    return tuple(
        Rated(
            answer,
            criterion,
            {who: one for who, one in levels.items() if who != MACHINE and one is not None},
            levels.get(MACHINE),
        )
        for (answer, criterion), levels in found.items()
    )


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
