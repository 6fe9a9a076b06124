"""The files of `deploy/systemd`, in the repository or in the wheel."""

from __future__ import annotations

from pathlib import Path

from edge_agent.errors import InstallError

_PACKAGED = Path(__file__).with_name("units")
_IN_REPOSITORY = Path(__file__).parents[2] / "deploy" / "systemd"


def shipped(name: str) -> str:
    """The text of one of them. Raises `InstallError` where the agent was installed without it."""
    for folder in (_PACKAGED, _IN_REPOSITORY):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise InstallError(f"this agent was installed without its file {name}; install it again")
