"""What may be asked of the preview; loads nothing else."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

DESCRIPTION: Final = """\
Shows the camera's picture with what the room would measure in it, and says what to mend.

  dots         478 landmarks of the face, the irises larger
  red, green,  the axes of the head: to its left, up, and forwards where it looks
  blue
  yellow       the direction of the gaze, not calibrated
  figures      frames a second, size and distance of the face, angles, light, sharpness
  words        too dark, too bright, too far, too near, not in the middle, camera tilted, blurred, slow

Sit where a candidate will sit. Nothing is stored and nothing leaves this PC; only --snapshot writes a
file, and it shows whoever sits there: delete it when you are done."""

EPILOG: Final = """\
keys: q or Esc closes the window
exit status: 0 shown (with --snapshot: nothing to mend), 1 the snapshot shows something to mend,
             2 it cannot be shown; the line says why

examples:
  edge-agent preview --config edge.toml
  edge-agent preview --config edge.toml --snapshot seat.png     without a screen, over ssh"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command `preview` with its options."""
    preview = commands.add_parser(
        "preview",
        help="the camera with landmarks, head and gaze drawn over it, and what to mend",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    preview.add_argument(
        "--config", type=Path, required=True, metavar="FILE", help="the room's TOML"
    )
    preview.add_argument(
        "--snapshot", type=Path, metavar="FILE.png", help="one picture instead of a window"
    )
    preview.add_argument(
        "--seconds",
        type=float,
        default=3.0,
        metavar="N",
        help="how long to look before the snapshot; default: 3",
    )
