"""Secrets never reach a log: values of telling keys are replaced, and so is what looks like one in text.

Both sides of Daedam have this file word for word: they share no package.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any, Final

HIDDEN: Final = "[redacted]"
TELLING: Final = re.compile(
    r"token|passw|passphrase|secret|private_?key|authorization|cookie|credential|api_?key|csrf"
    r"|(?<![a-z])(nkey|seed)",
    re.IGNORECASE,
)
"""In the name of a key. A length of a token is hidden as well: that is the cheaper mistake."""
IN_TEXT: Final = (
    (
        re.compile(
            r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL
        ),
        HIDDEN,
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(r"(\w://[^\s:/@]+:)[^\s/@]+@"), rf"\1{HIDDEN}@"),
)
"""Keys in PEM, headers, and passwords in URLs."""
ADDRESS_TOKEN: Final = re.compile(r"([?&](?:token|key|password)=)[^\s&\"']+")
"""The kiosk's address holds its key; a person before a terminal needs it, a log does not."""
DEEPEST: Final = 8


class Redact:
    """A structlog processor. With `addresses` an address in text keeps its key: for terminals only."""

    def __init__(self, *, addresses: bool = False) -> None:
        self._addresses = addresses

    def __call__(
        self, _logger: Any, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        for key in event:
            event[key] = HIDDEN if TELLING.search(key) else self.value(event[key])
        return event

    def value(self, value: Any, depth: int = 0) -> Any:
        """`value` without secrets, as deep as it is looked into; deeper is hidden."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bytes):
            return self.text(value.decode("utf-8", "backslashreplace"))
        if not isinstance(value, (dict, list, tuple, set, frozenset)):
            return value
        if depth >= DEEPEST:
            return HIDDEN
        if isinstance(value, dict):
            return {
                key: HIDDEN if TELLING.search(str(key)) else self.value(one, depth + 1)
                for key, one in value.items()
            }
        return [self.value(one, depth + 1) for one in value]

    def text(self, text: str) -> str:
        """Text with what looks like a secret taken out."""
        for pattern, instead in IN_TEXT:
            text = pattern.sub(instead, text)
        return text if self._addresses else ADDRESS_TOKEN.sub(rf"\1{HIDDEN}", text)
