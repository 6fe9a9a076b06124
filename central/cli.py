"""The command `central`: what an administrator types."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from central import administration
from central.config import Config, load
from central.errors import CentralError, ConfigError
from central.language import cli as language
from central.language.catalogue import cli as models
from central.roles import ROLES, run_role
from central.speech import cli as speech
from central.vault import cli as vault

_ABOUT = """\
Daedam's central servers.

On one machine:      central up --data /var/lib/daedam
On several machines: central gateway --config central.toml   (and speech, language, ...)
"""
_AFTER = """\
Settings: `central up` writes DIR/central.toml with the defaults at its first start; edit it there.
The other commands find the settings of a running `central up` with --data DIR.
"""
_ROLE_HELP = {
    "gateway": "the rooms' door: gRPC with mutual TLS",
    "speech": "turns what candidates said into text",
    "language": "marks answers and writes reports",
    "dashboard": "the web pages and the API",
    "steward": "the caretaker: partitions, silent rooms, stale commands",
}
_WITH_COMMANDS = {"speech": speech.add, "language": language.add}


def run(words: Sequence[str]) -> int:
    """Run one command line; its exit status. An error is one line on standard error and status 2."""
    arguments = _parser().parse_args(words)
    try:
        act: Callable[[argparse.Namespace], None] = arguments.act
        act(arguments)
    except CentralError as error:
        print(f"central: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "central",
        description=_ABOUT,
        epilog=_AFTER,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="command", required=True)
    _add_up(commands)
    for role in ROLES:
        command = commands.add_parser(role, help=_ROLE_HELP[role], description=_ROLE_HELP[role])
        _add_settings(command, required=role not in _WITH_COMMANDS)  # those have their own
        command.set_defaults(act=_role, role=role)
        if role in _WITH_COMMANDS:
            _WITH_COMMANDS[role](command, settings)
    command = commands.add_parser("migrate", help="bring the database to this version's tables")
    _add_settings(command)
    command.set_defaults(act=_migrate)
    _add_nats(commands)
    administration.add(commands, _add_settings, settings)
    vault.add(commands, _add_settings, settings)
    models.add(commands, _add_settings, settings)
    return parser


def _add_nats(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "make the roles' keys for a nats-server of your own, and print its authorization block"
    command = commands.add_parser("nats-accounts", help=about, description=about)
    command.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the seeds go here: `nats.seeds`"
    )
    command.set_defaults(act=_nats_accounts)


def _add_up(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "up",
        help="all of central on this machine, with its own PostgreSQL and NATS",
        description="Starts PostgreSQL, NATS and every role, restarts what fails, and stops "
        "everything in order at Ctrl-C. An empty folder is set up first.",
    )
    command.add_argument("--data", type=Path, required=True, metavar="DIR", help="data folder")
    command.add_argument(
        "--config", type=Path, metavar="FILE", help="settings; else DIR/central.toml"
    )
    command.add_argument("--only", default="", metavar="ROLE,ROLE", help="start only these roles")
    command.add_argument("--dry-run", action="store_true", help="print the commands and leave")
    command.set_defaults(act=_up)


def _add_settings(command: argparse.ArgumentParser, *, required: bool = True) -> None:
    where = command.add_mutually_exclusive_group(required=required)
    where.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    where.add_argument("--data", type=Path, metavar="DIR", help="data folder of `central up`")


def settings(arguments: argparse.Namespace) -> Config:
    """The settings that a command line names."""
    if arguments.config is not None:
        return load(arguments.config)
    return load(arguments.data / "run" / "central.toml")


def _role(arguments: argparse.Namespace) -> None:
    if arguments.config is None and arguments.data is None:
        raise ConfigError("--config", f"central {arguments.role} needs --config FILE or --data DIR")
    run_role(arguments.role, settings(arguments))


def _nats_accounts(arguments: argparse.Namespace) -> None:
    from central.bus.accounts import authorization
    from central.bus.seeds import make_missing

    print(authorization(make_missing(arguments.out)))


def _migrate(arguments: argparse.Namespace) -> None:
    from central.storage.migrate import migrate

    print(f"the database is at revision {migrate(settings(arguments).database.url)}")


def _up(arguments: argparse.Namespace) -> None:
    import msgspec

    from central.supervisor.first_start import settings_of
    from central.supervisor.plan import roles_named
    from central.supervisor.up import up

    data = arguments.data.absolute()
    only = roles_named(arguments.only)
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    config = load(arguments.config) if arguments.config else settings_of(data)
    config = msgspec.structs.replace(config, data_dir=data)
    if arguments.dry_run:
        _show(config, only)
        return
    asyncio.run(up(config, _print_line, only))


def _show(config: Config, only: tuple[str, ...]) -> None:
    import shlex

    from central.embedded.postgres import socket_folder
    from central.supervisor.plan import plan

    for spec in plan(config, socket_folder(config.data_dir), only).specs():
        print(f"{spec.name:>10} | {shlex.join(spec.command())}")


def _print_line(role: str, line: str) -> None:
    print(f"{role:>10} | {line}", file=sys.stderr, flush=True)
