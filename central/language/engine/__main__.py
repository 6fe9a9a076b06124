"""`python -m central.language.engine FD`: the process of one model, at the end of a socketpair."""

from __future__ import annotations

import sys

from central.language.engine.child import run

if __name__ == "__main__":
    run(int(sys.argv[1]))
