"""`python -m edge_agent.vision FD`: the vision process; started by `process.Vision` alone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys

from edge_agent.vision.child import work

_NICENESS = -10


def main() -> int:
    # Ctrl-C reaches the whole terminal; the agent stops its child itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Frames wait for half a second at most (`ring`). Where the service may, it goes first.
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    os.environ.setdefault("GLOG_minloglevel", "2")
    with socket.socket(fileno=int(sys.argv[1])) as link:
        return work(link)


if __name__ == "__main__":
    sys.exit(main())
