"""`edge-agent enrol`: what may be said to it, and what it says. Loads gRPC only to carry it out."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any, Final

DESCRIPTION: Final = """\
Makes this PC the agent of one room: trades a token of central's admin (`central rooms token`, or the
page Rooms and agents) for a certificate, and writes it with its key to `central.identity`. The agent
renews it by itself. Told twice, it changes nothing.

The token goes by standard input or a file, so that nobody sees it in the list of processes:
  edge-agent enrol --config edge.toml --token-file -
Without --token-file it is read from the systemd credential `enrolment-token`."""


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    enrol = commands.add_parser(
        "enrol",
        help="make this PC the agent of a room, with a token of central's admin",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    enrol.add_argument("--config", type=Path, required=True, metavar="FILE", help="the room's TOML")
    token = enrol.add_mutually_exclusive_group()
    token.add_argument(
        "--token-file", type=Path, metavar="FILE", help="its first line; -: the input"
    )
    token.add_argument(
        "--token", metavar="TOKEN", help="for trials: everybody on this PC can see it"
    )


def carry_out(wanted: argparse.Namespace) -> int:
    """Enrol; the exit status. Raises `EdgeError`."""
    from edge_agent.config import load
    from edge_agent.enrolment.token import read_token
    from edge_agent.service.logging import set_up

    config = load(wanted.config)
    set_up(config.log)
    from edge_agent.enrolment.enrol import enrol  # after the logs: gRPC reads its verbosity then

    token = read_token(wanted.token, wanted.token_file)
    enrolled = asyncio.run(enrol(config.central, token))
    what = "is already" if enrolled.already else "is now"
    until = f"{enrolled.until:%Y-%m-%d %H:%M} UTC"
    print(
        f"this PC {what} room {enrolled.room_code}, until {until}; the agent renews that by itself"
    )
    print(config.central.identity)
    if enrolled.moved_from:
        print(
            f"it was room {enrolled.moved_from}, and records of that room may wait in "
            f"{config.spool.folder}: stop the agent, put that folder aside, and start the agent"
        )
    return 0
