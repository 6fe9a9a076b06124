"""`central language calibrate`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from central.language.calibration.calibrate import FEWEST, Calibration, Figures, calibrate
from central.language.calibration.ratings import read


def add(group: Any) -> None:
    """Add the command. It needs no settings: it reads a file and prints."""
    about = "how well an evaluator's marks agree with people's ratings of the same answers"
    command = group.add_parser(
        "calibrate",
        help=about,
        description=f"{about}. FILE has the columns answer,criterion,rater,level (1 to 5), one rating a"
        ' row; the rater "machine" is the evaluator.',
    )
    command.add_argument("file", type=Path, metavar="FILE", help="ratings (CSV)")
    command.add_argument("--json", action="store_true", help="one JSON document, with the curves")
    command.set_defaults(act=_calibrate)


def _calibrate(given: argparse.Namespace) -> None:
    found = calibrate(read(given.file))
    if given.json:
        print(json.dumps(asdict(found), ensure_ascii=False))
        return
    print(f"{'':<24}{'pairs':>7}{'none':>6}{'QWK':>7}{'people':>8}{'r':>7}{'±1':>7}{'bias':>7}")
    for name, figures in _rows(found):
        numbers = (
            figures.qwk,
            figures.people_qwk,
            figures.pearson,
            figures.within_one,
            figures.bias,
        )
        shown = "".join(f"{_number(one):>{7 if at != 1 else 8}}" for at, one in enumerate(numbers))
        print(f"{name:<24}{figures.pairs:>7}{figures.abstained:>6}{shown}")
    print("none: rated by people, no level by the machine. people: QWK of people among themselves.")
    for name, curve in found.curves.items():
        points = ", ".join(
            f"{machine:.2f}→{people:.2f}"
            for machine, people in zip(curve.machine, curve.people, strict=True)
        )
        print(f"curve {name}: {points}")
    if len(found.curves) < len(found.by_criterion):
        print(f"A curve needs {FEWEST} pairs of a criterion; without one, levels stay as they are.")


def _rows(found: Calibration) -> Iterable[tuple[str, Figures]]:
    yield "all", found.whole
    yield from found.by_criterion.items()
    yield from ((f"band {name}", figures) for name, figures in found.by_band.items())


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
