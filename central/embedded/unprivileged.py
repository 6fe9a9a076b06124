"""Run a server that refuses to run as root, and let no server outlive its owner."""

from __future__ import annotations

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from central.errors import StartError

_CANDIDATES = ("daedam", "nobody")
"""The account of the systemd units, else the one that every machine has."""


@dataclass(frozen=True, slots=True)
class Unprivileged:
    """The account that a server runs under. Our own, unless we are root.

    `reach_all`: the account may not walk to the files it needs (a checkout under /root), so it keeps
    the one capability that lets it, and nothing else of root.
    """

    uid: int
    gid: int
    switch: bool
    reach_all: bool

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def command(self, command: list[str], *, death_signal: str = "TERM") -> list[str]:
        """`command` under the account, signalled when the process that starts it dies."""
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            if self.switch:
                raise StartError("postgres", "cannot run as root without setpriv (util-linux)")
            return command
        words = [setpriv, f"--pdeathsig={death_signal}"]
        if self.switch:
            words += [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        if self.reach_all:
            words += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
        return [*words, "--", *command]


def unprivileged(*, must_reach: tuple[Path, ...] = ()) -> Unprivileged:
    """Our own account; as root `daedam` or `nobody`."""
    if os.geteuid() != 0:
        return same_account()
    entry = _entry()
    hidden = any(not _reachable(path) for path in must_reach)
    return Unprivileged(entry.pw_uid, entry.pw_gid, switch=True, reach_all=hidden)


def same_account() -> Unprivileged:
    """Whoever we are: for programs that have no quarrel with root."""
    return Unprivileged(os.geteuid(), os.getegid(), switch=False, reach_all=False)


def _entry() -> pwd.struct_passwd:
    for name in _CANDIDATES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise StartError("postgres", f"runs as root, and has none of the accounts {_CANDIDATES}")


def _reachable(path: Path) -> bool:
    """Whether anyone may walk through every folder above `path`."""
    return all(
        not parent.exists() or parent.stat().st_mode & 0o001 for parent in path.absolute().parents
    )
