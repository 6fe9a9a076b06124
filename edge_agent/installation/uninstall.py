"""Takes off what `install` made. Records that wait for central, and who the room is, stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from edge_agent.errors import InstallError
from edge_agent.installation.install import Say
from edge_agent.installation.machine import Machine
from edge_agent.installation.record import PLACE, Record, digest, parsed
from edge_agent.installation.rendering import AGENT, CACHE, CONFIG, STATE
from edge_agent.service.status import BUSY

SAVED = ".saved"
"""What was changed by hand is kept under its name with this; systemd does not look at such files."""

Step: TypeAlias = tuple[str, Callable[[], None]]


def uninstall(
    machine: Machine, say: Say, *, purge: bool = False, dry_run: bool = False, force: bool = False
) -> None:
    """`purge`: records, identity, models and settings too. Raises `InstallError`."""
    if machine.status(AGENT).startswith(BUSY) and not force:
        raise InstallError("an interview is on in this room; wait for its end, or say --force")
    steps = list(_steps(machine, parsed(machine.read(PLACE))))
    if purge:
        steps += _purge(machine)
    for what, do in steps:
        say(f"would {what}" if dry_run else what)
        if not dry_run:
            do()
    if not steps:
        say("nothing to remove")
        return
    if not dry_run:
        machine.remove(PLACE)
        machine.reload()
    if not purge:
        say(
            f"{STATE} stays: records that wait for central, and who this room is (--purge removes it)"
        )
    say("the accounts daedam and daedam-kiosk stay: files may be theirs")


def _steps(machine: Machine, record: Record) -> Iterator[Step]:
    for unit in sorted(record.units, reverse=True):
        if machine.is_enabled(unit):
            yield f"stop and disable {unit}", partial(machine.disable, unit)
    for path, sha in record.files.items():
        text = machine.read(path)
        if text is None:
            continue
        if digest(text) == sha:
            yield f"remove {path}", partial(machine.remove, path)
        else:
            what = f"keep {path}, which was changed by hand, as {path}{SAVED}"
            yield what, partial(machine.rename, path, path + SAVED)


def _purge(machine: Machine) -> Iterator[Step]:
    for folder in (STATE, CACHE):
        yield f"remove {folder} and all in it", partial(machine.remove_folder, folder)
    if machine.read(CONFIG) is not None:
        yield f"remove {CONFIG}", partial(machine.remove, CONFIG)
