"""Log lines: fields for the journal where it listens, else readable on a terminal or one JSON object
each for collectors, on stderr. Secrets are taken out on the way.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import structlog

from edge_agent.config import Log
from edge_agent.service import journald
from edge_agent.service.journal_lines import JournalHandler, JournalLogger, as_entry
from edge_agent.service.redaction import Redact

IDENTIFIER = "edge-agent"


def set_up(settings: Log, address: str = journald.SOCKET) -> None:
    """Once per process, before the first line. `address` is where the journal listens."""
    # gRPC's core writes to stderr by itself; what matters of it reaches us as an error.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    first: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
    ]
    factory: Any = structlog.WriteLoggerFactory(sys.stderr)
    if journald.is_ours():
        journal = journald.Journal(IDENTIFIER, address)
        logging.basicConfig(level=_others(level), handlers=[JournalHandler(journal)], force=True)
        last: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,
            Redact(),
            as_entry,
        ]
        factory = JournalLogger.factory(journal)
    else:
        logging.basicConfig(level=_others(level), stream=sys.stderr, force=True)
        last = _on_stderr(json=settings.json)
    structlog.configure(
        processors=[*first, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )


def _on_stderr(*, json: bool) -> list[structlog.typing.Processor]:
    return [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        Redact(addresses=not json),
        structlog.processors.JSONRenderer()
        if json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        ),
    ]


def _others(level: int) -> int:
    """Other libraries' lines count from warnings up."""
    return max(level, logging.WARNING)
