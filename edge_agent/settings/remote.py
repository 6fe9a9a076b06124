"""Remote settings as values, and as the text of a file."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field

from edge_agent.settings.settable import Value, problem


@dataclass(frozen=True, slots=True)
class Remote:
    """One version of everything that central sets. `command_id` asked for it; `refusal` says why the
    room does not run with it.
    """

    version: int = 0
    changed_by: str = ""
    command_id: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    refusal: str = ""


def to_toml(remote: Remote) -> str:
    """JSON strings are TOML strings, and JSON numbers TOML numbers."""
    lines = [
        "# Written by the agent from what central sets. Change it there, not here.",
        f"version = {remote.version}",
        f"changed_by = {_string(remote.changed_by)}",
        f"command_id = {_string(remote.command_id)}",
        f"refusal = {_string(remote.refusal)}",
        "",
        "[settings]",
    ]
    lines += [
        f"{_string(key)} = {value if isinstance(value, int) else _string(value)}"
        for key, value in remote.values.items()
    ]
    return "\n".join(lines) + "\n"


def from_toml(text: str) -> Remote | None:
    """What `to_toml` wrote; None where it is damaged. A value that may not be set (any more) is left
    out.
    """
    try:
        document = tomllib.loads(text)
        values = document["settings"]
        return Remote(
            version=int(document["version"]),
            changed_by=str(document["changed_by"]),
            command_id=str(document["command_id"]),
            refusal=str(document["refusal"]),
            values={key: value for key, value in values.items() if not problem(key, value)},
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError, AttributeError):
        return None


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
