"""`python -m edge_agent.offline LINK FILE`: looks at one file, both given as open handles; started by
`player.Player` alone.
"""

from __future__ import annotations

import os
import signal
import socket
import sys

from edge_agent.offline.child import work

_NICENESS = 5


def main() -> int:
    # Ctrl-C reaches the whole terminal; the agent ends its child itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)  # whoever waits for an answer goes first
    os.environ.setdefault("GLOG_minloglevel", "2")
    with socket.socket(fileno=int(sys.argv[1])) as link:
        return work(link, int(sys.argv[2]))


if __name__ == "__main__":
    sys.exit(main())
