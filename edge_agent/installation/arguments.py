"""What may be asked of the installation; loads nothing else."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

INSTALL: Final = """\
Makes the agent a service of this PC, and the kiosk browser with it. Asks nothing.

What it does, each only where it is not so already:
  accounts   daedam (the agent), daedam-kiosk (the browser)         /etc/sysusers.d
  folders    /var/lib/daedam (0700), /run/daedam-kiosk              /etc/tmpfiles.d
  units      daedam-edge, daedam-enrol, daedam-kiosk                /etc/systemd/system
  drop-ins   what the settings of this room change (other paths)    *.service.d/10-room.conf
  settings   an example, where there are none                       /etc/daedam/edge.toml
and enables daedam-edge and daedam-kiosk at boot. Starts nothing: a room that is not enrolled stays
still. Run it again after a change of paths in the settings; a second run says "nothing to change"."""

INSTALL_EXAMPLES: Final = """\
examples:
  edge-agent install --dry-run                 what would change, as a diff; needs no root
  sudo edge-agent install
  sudo edge-agent install --no-kiosk           no screen, or a browser of your own
  sudo edge-agent install --root /mnt/image    into an image that is not running"""

UNINSTALL: Final = """\
Stops the services and removes what `edge-agent install` made. What was changed by hand since then is
kept beside as *.saved. Records that wait for central and the room's identity stay, unless --purge."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The commands `install` and `uninstall`."""
    install = commands.add_parser(
        "install",
        help="make the agent a service of this PC (systemd)",
        description=INSTALL,
        epilog=INSTALL_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    install.add_argument(
        *("--config", "-c"), type=Path, metavar="FILE", help="default: /etc/daedam/edge.toml"
    )
    install.add_argument(
        "--kiosk", action=argparse.BooleanOptionalAction, default=True, help="the browser too"
    )
    uninstall = commands.add_parser(
        "uninstall",
        help="take the service off this PC again",
        description=UNINSTALL,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    uninstall.add_argument(
        "--purge", action="store_true", help="remove records, identity, models and settings too"
    )
    uninstall.add_argument("--force", action="store_true", help="also while an interview is on")
    for one in (install, uninstall):
        one.add_argument(
            "--dry-run", action="store_true", help="say what would be done, do nothing"
        )
        one.add_argument(
            "--root",
            type=Path,
            default=Path("/"),
            metavar="DIR",
            help="an image in a folder, not this PC",
        )


def carry_out(wanted: argparse.Namespace) -> int:
    """Do it; the exit status. Raises `EdgeError`."""
    from edge_agent.installation.command import carry_out as do

    return do(wanted, " ".join(["edge-agent", *sys.argv[1:]]))
