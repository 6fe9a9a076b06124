"""What may be asked of the doctor; loads nothing else."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

DESCRIPTION: Final = """\
Looks at everything that an interview needs in this room, and says what to do about what is missing.

  camera       opens, gives the pictures asked for, neither black nor frozen
  microphone   found by name, neither silent nor clipping
  speaker      a device, and a voice in Korean and English
  gpu          the graphics card, what onnxruntime can really compute on, and what analyses pictures
  models       the model files, each with the sha256 of the manifest
  disk         free space, and how long a sync takes
  encryption   an encrypted disk under the spool
  spool        held by one agent, whole, for nobody else to read
  names        central's name leads to addresses
  certificate  who this room is, how long that holds, whether its renewal is late
  gateway      a real call to central: round trip, and kB/s up and down
  sentence     with --hear: a sentence through speaker, microphone, central and recogniser
  clock        synchronised, and how far from central's
  kiosk        the port of the candidate's page
  systemd      the service: installed, enabled, active, watched
  versions     what is installed

Changes nothing and disturbs no interview: beside a running agent, camera and microphone are left to it.
Run it as the agent's user, which sees what the agent sees."""

EPILOG: Final = """\
exit status: 0 fit for an interview (warnings may be there), 1 not, 2 the settings cannot be read

examples:
  edge-agent doctor --config edge.toml
  edge-agent doctor --config edge.toml --only camera,microphone
  edge-agent doctor --config edge.toml --only speaker --hear
  edge-agent doctor --config edge.toml --quick --json

each line, and what to do: docs/doctor.md"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `doctor` with its options."""
    doctor = commands.add_parser(
        "doctor",
        help="whether this PC is fit for an interview, and what to do where it is not",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    doctor.add_argument(
        "--config", type=Path, required=True, metavar="FILE", help="the room's TOML"
    )
    doctor.add_argument("--json", action="store_true", help="one JSON object with every figure")
    doctor.add_argument(
        "--only", default="", metavar="NAME,...", help="only these, in this order; see the list"
    )
    doctor.add_argument(
        "--quick", action="store_true", help="shorter measurements, and no load on the network"
    )
    doctor.add_argument("--speak", action="store_true", help="play a tone in the room for a second")
    doctor.add_argument(
        "--hear",
        action="store_true",
        help="play it and a sentence, and listen to both",
    )
