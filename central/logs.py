"""Every role's log lines: fields for the journal where it listens, else for people or for collectors on
stderr. Secrets are taken out on the way.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import structlog

from central import journald
from central.journal_lines import JournalHandler, JournalLogger, as_entry
from central.redaction import Redact


def set_up_logging(role: str = "central", address: str = journald.SOCKET) -> None:
    """Once per process. Fields where stderr is the journal (which listens at `address`); else for people
    where `DAEDAM_LOG=console` or a terminal, else JSON. Other libraries' logs go the same way from
    warnings up.
    """
    factory: Any = structlog.PrintLoggerFactory(sys.stderr)
    if journald.is_ours():
        journal = journald.Journal(f"daedam-{role}", address)
        logging.basicConfig(level=logging.WARNING, handlers=[JournalHandler(journal)], force=True)
        last: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,
            Redact(),
            as_entry,
        ]
        factory = JournalLogger.factory(journal)
    else:
        logging.basicConfig(
            level=logging.WARNING,
            format="%(asctime)s [%(levelname)s] %(name)s: %(message)s",
            force=True,
        )
        last = _on_stderr()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            *last,
        ],
        logger_factory=factory,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def _on_stderr() -> list[structlog.typing.Processor]:
    wanted = os.environ.get("DAEDAM_LOG", "console" if sys.stderr.isatty() else "json")
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    if wanted == "console":
        return [
            stamp,
            structlog.processors.format_exc_info,
            Redact(addresses=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    # Without the values of local variables: keys and candidates' words would be among them.
    tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [
        stamp,
        structlog.processors.ExceptionRenderer(tracebacks),
        Redact(),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
