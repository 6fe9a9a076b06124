"""What logs here as entries of the journal: structlog's events and the standard library's records.

Both sides of Daedam have this file but for its imports: they share no package.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Final

from edge_agent.service.journald import PRIORITIES, Journal
from edge_agent.service.redaction import Redact

SHORT: Final = 200
"""Longer values stand in their field only, not in the line that `journalctl` shows."""


def as_entry(
    _logger: Any, method: str, event: MutableMapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The last processor: (message, priority, fields) for `JournalLogger`."""
    fields = dict(event)
    said = str(fields.pop("event", ""))
    priority = PRIORITIES.get(str(fields.pop("level", method)), PRIORITIES["info"])
    return (_line(said, fields), priority, fields), {}


class JournalLogger:
    """What structlog calls: every method is one entry."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    @classmethod
    def factory(cls, journal: Journal) -> Callable[..., JournalLogger]:
        """For `structlog.configure`; names of loggers are not used."""
        return lambda *_: cls(journal)

    def msg(self, message: str, priority: int, fields: Mapping[str, Any]) -> None:
        self._journal.send(message, priority, fields)

    debug = info = warning = warn = error = critical = fatal = exception = log = msg


class JournalHandler(logging.Handler):
    """Other libraries' records."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(message)s"))
        self._journal = journal
        self._redact = Redact()

    def close(self) -> None:
        """At the process's end; a line after it is lost."""
        self._journal.close()
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """One entry, exception included."""
        try:
            message = self._redact.text(self.format(record))
            priority = PRIORITIES.get(record.levelname.lower(), PRIORITIES["info"])
            self._journal.send(message, priority, {"logger": record.name})
        except Exception:  # noqa: BLE001 - as every handler: a record that cannot be formatted
            self.handleError(record)


def _line(said: str, fields: Mapping[str, Any]) -> str:
    """What `journalctl` shows of an entry: the event and its short fields, an exception below."""
    shown = " ".join(
        f"{key}={value}"
        for key, value in fields.items()
        if key != "exception" and len(str(value)) <= SHORT and "\n" not in str(value)
    )
    below = f"\n{fields['exception']}" if "exception" in fields else ""
    return f"{said} {shown}".rstrip() + below
