"""Makes the agent a service: files, accounts, folders, units. Twice is once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from edge_agent.errors import ConfigError
from edge_agent.installation.changes import Change, Changes, changes
from edge_agent.installation.machine import Machine
from edge_agent.installation.record import PLACE, Record, digest, formatted, parsed
from edge_agent.installation.rendering import AGENT, CONFIG, Wanted, rendered, units
from edge_agent.installation.shipped import shipped
from edge_agent.service.status import BUSY

Say = Callable[[str], None]
NOTHING = "nothing to change"
BROWSER = ("/usr/bin/cage", "/usr/bin/Xwayland", "/usr/bin/chromium")


def install(machine: Machine, wanted: Wanted, say: Say, *, dry_run: bool = False) -> Changes:
    """What was changed, or would be. Raises `InstallError`, `ConfigError`."""
    record = parsed(machine.read(PLACE))
    found = changes(
        rendered(wanted, shipped), units(wanted), record, machine.read, machine.is_enabled
    )
    fresh = [] if machine.read(wanted.config_path) is not None else [_example(wanted)]
    if not found and not fresh:
        say(NOTHING)
        return found
    if dry_run:
        _show(found, fresh, say)
        return found
    _apply(machine, found, fresh, record, say)
    _what_next(machine, wanted, say)
    return found


def _example(wanted: Wanted) -> Change:
    if wanted.config_path != CONFIG:
        raise ConfigError(wanted.config_path, "there is no such file")
    return Change(CONFIG, None, shipped("edge.toml"))


def _show(found: Changes, fresh: list[Change], say: Say) -> None:
    for one in (*found.files, *fresh):
        say(one.diff())
    for unit in found.disable:
        say(f"# would disable {unit}")
    for unit in found.enable:
        say(f"# would enable {unit}")


def _apply(machine: Machine, found: Changes, fresh: list[Change], old: Record, say: Say) -> None:
    """The record is written first: whatever happens after, `uninstall` knows of it."""
    files = {one.path: digest(one.text) for one in found.ours}
    kept = tuple(unit for unit in old.units if unit not in found.disable)
    enabled = tuple(dict.fromkeys((*kept, *found.enable)))
    machine.write(PLACE, formatted(Record({**old.files, **files}, enabled)), 0o644)
    for one in (*found.files, *fresh):
        if one.after is None:
            machine.remove(one.path)
        else:
            machine.write(one.path, one.after, one.mode)
        say(f"{'removed' if one.after is None else 'wrote'} {one.path}")
    machine.accounts()
    machine.folders()
    machine.reload()
    for unit in found.disable:
        machine.disable(unit)
        say(f"disabled {unit}")
    for unit in found.enable:
        machine.enable(unit)
        say(f"enabled {unit}")
    machine.write(PLACE, formatted(Record(files, enabled)), 0o644)


def _what_next(machine: Machine, wanted: Wanted, say: Say) -> None:
    if wanted.kiosk and not all(machine.has(one) for one in BROWSER):
        say("\nThe screen needs: sudo apt-get install cage xwayland chromium libpam-systemd")
    status = machine.status(AGENT)
    if status:
        when = "when the interview is over" if status.startswith(BUSY) else "now"
        say(f"\nThe agent runs with what it had before; {when}: sudo systemctl restart {AGENT}")
        return
    agent = f"sudo -u daedam {Path(wanted.program).name}"
    config = wanted.config_path
    kiosk = " daedam-kiosk" if wanted.kiosk else ""
    say(
        "\nNext, once:\n"
        f"  set central.address in {config}\n"
        f"  {agent} models build --out {wanted.config.models.folder or '/var/lib/daedam/models'}\n"
        f"  {agent} enrol --config {config} --token-file -     # the token that an admin made\n"
        f"  {agent} doctor --config {config}\n"
        f"  sudo systemctl start daedam-edge{kiosk}"
    )
