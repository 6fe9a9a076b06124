"""`central language calibrate | ratings | retest`."""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from msgspec import structs

from central.config import Config
from central.language.calibration.calibrate import FEWEST, Calibration, Figures, calibrate
from central.language.calibration.ratings import COLUMNS, MACHINE, read
from central.language.calibration.retest import Repeated, retest


def add(group: Any, settings: Any) -> None:
    """Add the commands. `settings` reads `--config` or `--data`."""
    _add_calibrate(group)
    _add_ratings(group, settings)
    _add_retest(group, settings)


def _add_calibrate(group: Any) -> None:
    about = "how well an evaluator's marks agree with people's ratings of the same answers"
    command = group.add_parser(
        "calibrate",
        help=about,
        description=f"{about}. FILE has the columns answer,criterion,rater,level (1 to 5), one rating a"
        ' row; the rater "machine" is the evaluator, "machine:NAME" one on trial. An optional'
        " column wording says with which prompts it marked.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="ratings (CSV)")
    command.add_argument(
        "--machine", default=MACHINE, metavar="RATER", help="whom to compare with people"
    )
    command.add_argument("--json", action="store_true", help="one JSON document, with the curves")
    command.set_defaults(act=_calibrate)


def _add_ratings(group: Any, settings: Any) -> None:
    about = "write what machines and people gave the same answers, for `calibrate` (CSV)"
    command = _with_settings(group, "ratings", about)
    command.set_defaults(act=lambda given: asyncio.run(_ratings(settings(given))))


def _add_retest(group: Any, settings: Any) -> None:
    about = (
        "mark the same answers several times in other orders, and say how far the levels are apart"
    )
    command = _with_settings(group, "retest", about)
    command.add_argument(
        "--answers", type=Path, metavar="FILE",
        help="CSV with question (the bank's key), language, text; else answers of past interviews",
    )  # fmt: skip
    command.add_argument("--most", type=int, default=50, help="answers of past interviews")
    command.add_argument("--times", type=int, default=5)
    command.add_argument("--seed", type=int, default=0, help="of the orders")
    command.add_argument("--json", action="store_true", help="one JSON document")
    command.set_defaults(act=lambda given: asyncio.run(_retest(settings(given), given)))


def _with_settings(group: Any, name: str, about: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = group.add_parser(name, help=about, description=about)
    where = command.add_mutually_exclusive_group(required=True)
    where.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    where.add_argument("--data", type=Path, metavar="DIR", help="data folder of `central up`")
    return command


async def _ratings(config: Config) -> None:
    from central.storage import compared
    from central.storage.pool import open_pool

    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            rows = await compared.ratings(conn)
    finally:
        await pool.close()
    out = csv.writer(sys.stdout)
    out.writerow([*COLUMNS, "wording"])
    out.writerows(rows)


async def _retest(config: Config, given: argparse.Namespace) -> None:
    from central.language import evaluators
    from central.language.calibration import repeating
    from central.language.engine.opening import open_models

    if given.answers is not None:
        answers = repeating.read(given.answers)
    else:
        answers = await repeating.of_interviews(config, given.most)
    # Only the model that marks.
    models = structs.replace(config.language.models, question=None, embedding=None)
    language = structs.replace(config.language, models=models)
    async with open_models(structs.replace(config, language=language)) as opened:
        for evaluator in evaluators.counted(config, opened):
            found = retest(await repeating.rounds(evaluator, answers, given.times, given.seed))
            _print_retest(f"{evaluator.name} {evaluator.versions}", found, as_json=given.json)


def _print_retest(name: str, found: dict[str, Repeated], *, as_json: bool) -> None:
    if as_json:
        told = {key: asdict(one) for key, one in found.items()}
        print(json.dumps({"evaluator": name, "criteria": told}, ensure_ascii=False))
        return
    print(name)
    heads = ("answers", "rounds", "spread", "widest", "exact", "QWK", "r", "unsure")
    print(f"{'':<24}" + "".join(f"{head:>8}" for head in heads))
    for key, one in found.items():
        figures = (one.spread, one.widest, one.exact, one.qwk, one.pearson, one.unsure)
        shown = "".join(f"{_number(figure):>8}" for figure in figures)
        print(f"{key:<24}{one.answers:>8}{one.rounds:>8}{shown}")
    print(
        "spread: mean standard deviation of an answer's levels. unsure: share with and without one."
    )


def _calibrate(given: argparse.Namespace) -> None:
    found = calibrate(read(given.file, given.machine))
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
    for name, one in found.trials.items():
        both = ", ".join(
            f"{label} {_number(figure)}"
            for label, figure in (
                ("exact", one.exact),
                ("QWK", one.qwk),
                ("±1", one.within_one),
                ("bias", one.bias),
            )
        )
        print(
            f"{name} beside {given.machine}: {one.pairs} pairs, {one.one_alone} of one alone; {both}"
        )
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
    yield from ((f"wording {name}", figures) for name, figures in found.by_wording.items())
    yield from ((f"band {name}", figures) for name, figures in found.by_band.items())


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
