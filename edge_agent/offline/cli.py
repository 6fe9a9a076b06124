"""`edge-agent analyze`: what a person at a terminal asks of it."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from edge_agent.config import Config
from edge_agent.errors import ConfigError
from edge_agent.offline.preset import Preset

VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv"})
_CHANNELS = ("presence_ratio", "head_yaw_deg", "gaze_yaw_deg", "speech_ratio", "people_count")


def add_to(commands: Any) -> None:
    """Adds the command."""
    about = "what a room would measure, from a video file or a folder of them"
    command = commands.add_parser("analyze", help=about, description=about)
    command.add_argument("path", type=Path, nargs="?", metavar="FILE|DIR")
    command.add_argument(
        "--serve",
        action="store_true",
        help="be a virtual room: analyse what is uploaded to central, until Ctrl-C; needs --config",
    )
    command.add_argument(
        "--preset",
        choices=[one.value for one in Preset],
        default=Preset.BALANCED.value,
        help="every 3rd, 10th or 20th frame",
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", help="where results go; default: beside each file"
    )
    command.add_argument("--json", action="store_true", help="results on standard output")
    command.add_argument(
        "--config", type=Path, metavar="FILE", help="the agent's TOML, for its scoring and camera"
    )


def carry_out(wanted: argparse.Namespace) -> int:
    """0: all are analysed; 1: one was refused or is not whole. Raises `EdgeError`."""
    if wanted.serve:
        return _serve(wanted.config)
    if wanted.path is None:
        raise ConfigError("FILE|DIR", "name a video or a folder of videos, or use --serve")
    from edge_agent.config import Central, load

    config = load(wanted.config) if wanted.config else Config(central=Central(address="unused:1"))
    return asyncio.run(_each(wanted, config))


def _serve(path: Path | None) -> int:
    if path is None:
        raise ConfigError("--config", "a virtual room is enrolled: name its TOML")
    from edge_agent.config import load
    from edge_agent.service.logging import set_up

    config = load(path)
    set_up(config.log)
    from edge_agent.enrolment.renewal import recover_if_expired
    from edge_agent.offline.virtual_room import VirtualRoom

    async def live() -> None:
        await recover_if_expired(config.central)
        await VirtualRoom(config).run()

    asyncio.run(live())
    return 0


async def _each(wanted: argparse.Namespace, config: Config) -> int:
    from edge_agent.offline.analysis import SUFFIX, analyse

    how, good = _how(wanted, config), True
    for file in files_of(wanted.path):
        out = (wanted.out or file.parent) / f"{file.name}{SUFFIX}"
        with _bar(file.name) as progress:
            document, before = await analyse(file, out, how, progress)
        good = good and document["complete"]
        if wanted.json:
            print(json.dumps(document, ensure_ascii=False))
        else:
            _say(out, document, before=before)
    return 0 if good else 1


def _how(wanted: argparse.Namespace, config: Config) -> Any:
    from edge_agent.offline.analysis import How
    from edge_agent.sources import scoring_rules, vision_settings

    return How(Preset(wanted.preset), vision_settings(config, None), scoring_rules(config))


def files_of(path: Path) -> list[Path]:
    """The file, or every video directly in a folder. Raises `ConfigError` where there is none."""
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.suffix.lower() in VIDEOS and one.is_file())
    if not found:
        names = ", ".join(sorted(VIDEOS))
        raise ConfigError(str(path), f"has no video in it; files are known by {names}")
    return found


@contextmanager
def _bar(name: str) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:3.0f} %"),
    )
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(name[-40:], total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of or None)


def _say(out: Path, document: dict[str, Any], *, before: bool) -> None:
    name = document["file"]["name"]
    if "refused" in document:
        print(f"{name}: refused, {document['refused']['why']}")
        return
    frames, totals = document["frames"], document["totals"]
    state = "was there already" if before else f"{frames['analysed']} of {frames['taken']} frames"
    print(f"{name}: {document['video']['length_s']:.1f} s, {state} -> {out}")
    for channel in _CHANNELS:
        found = totals.get(channel)
        if found is not None:
            mean = "not measured" if found["mean"] is None else f"{found['mean']:.2f}"
            print(f"  {channel:20} {mean:>14}   measured {found['coverage']:.0%}")
    for problem in document["problems"]:
        print(f"  not whole: {problem}")
    print(f"  gaze is not calibrated; {len(document['not_measured'])} channels were not measured")
