"""`edge-agent install` and `uninstall` as commands."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from edge_agent.config import Config, parse
from edge_agent.errors import ConfigError, InstallError
from edge_agent.installation.install import install
from edge_agent.installation.machine import Machine, RealMachine, require_root
from edge_agent.installation.rendering import CONFIG, PROGRAM, Wanted
from edge_agent.installation.shipped import shipped
from edge_agent.installation.uninstall import uninstall


def carry_out(wanted: argparse.Namespace, line: str) -> int:
    """`line`: what was typed, for the advice to type it as root. Raises `EdgeError`."""
    root = wanted.root.resolve()
    if not root.is_dir():
        raise InstallError(f"{wanted.root} is no folder")
    if not wanted.dry_run:
        require_root(line)
    machine = RealMachine(root)
    if wanted.command == "uninstall":
        uninstall(machine, _say, purge=wanted.purge, dry_run=wanted.dry_run, force=wanted.force)
        return 0
    config_path = CONFIG if wanted.config is None else str(wanted.config.absolute())
    config = settings(machine, config_path)
    here = _program() if root == Path("/") else PROGRAM
    install(machine, Wanted(config, config_path, here, wanted.kiosk), _say, dry_run=wanted.dry_run)
    return 0


def settings(machine: Machine, path: str) -> Config:
    """The room's settings as they will be. Raises `ConfigError`."""
    text = machine.read(path)
    if text is None:
        if path != CONFIG:
            raise ConfigError(path, "there is no such file")
        text = shipped("edge.toml")
    try:
        return parse(tomllib.loads(text), Path(path).parent)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, f"is not TOML: {error}") from error


def _program() -> str:
    """The command of this very agent: what is installed is what was tried."""
    beside = Path(sys.prefix) / "bin" / "edge-agent"
    if not beside.exists():
        raise InstallError(f"{beside} is not there; install the agent with its package or with pip")
    return str(beside)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
