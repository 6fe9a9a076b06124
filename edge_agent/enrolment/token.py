"""The token that an admin of central hands over: `dae1.<id>.<secret>.<pin>`."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from edge_agent.errors import IdentityError

CREDENTIAL: Final = "enrolment-token"
"""Its name as a systemd credential."""
_SHAPE: Final = re.compile(
    r"dae1\.(?P<id>[0-9a-f]{12})\.(?P<secret>[A-Za-z0-9_-]{43})\.(?P<pin>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Token:
    """`pin`: SHA-256 of the public key of central's root, hexadecimal. `text` is never printed."""

    token_id: str
    pin: str
    text: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises `IdentityError` for what is none: most often it was not copied whole."""
        match = _SHAPE.fullmatch(text.strip())
        if match is None:
            raise IdentityError(
                "this is not an enrolment token: it looks like dae1.<id>.<secret>.<pin> and has 126 "
                "characters; was all of it copied?"
            )
        return cls(match["id"], match["pin"], match[0])


def read_token(told: str | None, file: Path | None) -> Token:
    """The token as told, from a file (`-`: standard input), or from the systemd credential
    `enrolment-token`. Raises `IdentityError` where there is none.
    """
    if told is not None:
        return Token.parse(told)
    if file is None:
        folder = os.environ.get("CREDENTIALS_DIRECTORY")
        if folder is None:
            raise IdentityError("no token: give --token-file FILE, or - to paste it")
        file = Path(folder) / CREDENTIAL
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise IdentityError(f"the token cannot be read from {file}: {error}") from error
    return Token.parse(text)
