"""`central ...`"""

from __future__ import annotations

import sys

from central.cli import run


def main() -> None:
    """The console script `central`."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
