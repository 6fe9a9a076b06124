"""`python -m edge_agent.models OUT [--mirror DIR]`: builds every model into OUT."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from edge_agent.errors import ModelError
from edge_agent.models.build import build
from edge_agent.models.places import models_dir
from edge_agent.models.progress import shown


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m edge_agent.models", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=None)
    parser.add_argument("--mirror", type=Path, default=None, help="a folder that holds the wheels")
    wanted = parser.parse_args()
    out = wanted.out or models_dir()
    try:
        with shown() as progress:
            build(out, wanted.mirror, progress)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
