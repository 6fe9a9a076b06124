"""Log lines: readable on a terminal, one JSON object each for collectors. Always on stderr."""

from __future__ import annotations

import logging
import os
import sys

import structlog

from edge_agent.config import Log


def set_up(settings: Log) -> None:
    """Once per process, before the first line."""
    # gRPC's core writes to stderr by itself; what matters of it reaches us as an error.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    logging.basicConfig(level=max(level, logging.WARNING), stream=sys.stderr, force=True)
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if settings.json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
