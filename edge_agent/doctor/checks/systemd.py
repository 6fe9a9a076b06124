"""The service: installed, started at boot, running, watched, and not restarting all the time."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Final

from edge_agent.doctor.apart import Unseen
from edge_agent.doctor.finding import Finding, Visit, fail, ok, skipped, warn

UNIT: Final = "daedam-edge.service"
BOOTED: Final = Path("/run/systemd/system")
ASK_S: Final = 5.0
ASKED: Final = (
    "LoadState",
    "UnitFileState",
    "ActiveState",
    "SubState",
    "Result",
    "NRestarts",
    "WatchdogUSec",
    "MainPID",
    "ActiveEnterTimestamp",
)
MANY_RESTARTS: Final = 3


class SystemdCheck:
    name = "systemd"
    limit_s = 12.0

    def __init__(self, unit: str = UNIT, booted: Path = BOOTED) -> None:
        self._unit, self._booted = unit, booted

    async def run(self, visit: Visit) -> Finding:
        if not self._booted.is_dir():
            return skipped("this system was not started by systemd; nothing restarts the agent")
        shown = await _show(self._unit)
        return judge(self._unit, shown, running=bool(visit.agents))


async def _show(unit: str) -> dict[str, str]:
    command = ("systemctl", "show", unit, f"--property={','.join(ASKED)}")
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
    except OSError as error:
        raise Unseen(f"systemctl cannot be started: {error.strerror}") from error
    try:
        async with asyncio.timeout(ASK_S):
            out, said = await process.communicate()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    if process.returncode:
        raise Unseen(f"systemctl: {said.decode(errors='replace').strip()}")
    return parsed(out.decode(errors="replace"))


def parsed(lines: str) -> dict[str, str]:
    """`Key=value` lines."""
    return dict(line.split("=", 1) for line in lines.splitlines() if "=" in line)


def judge(unit: str, shown: dict[str, str], *, running: bool) -> Finding:
    """What follows from `systemctl show`."""
    figures = {key: shown.get(key, "") for key in ASKED}
    if shown.get("LoadState") != "loaded":
        beside = " The agent was started by hand." if running else ""
        todo = "`edge-agent install --config FILE` installs it; then it starts at boot and after a crash"
        return warn(f"{unit} is not installed.{beside}", todo, **figures)
    state = f"{shown.get('ActiveState')} ({shown.get('SubState')})"
    restarts = int(shown.get("NRestarts") or 0)
    told = (
        f"{unit} is {state} since {shown.get('ActiveEnterTimestamp') or 'never'}, "
        f"{restarts} restarts, watchdog {_watchdog(shown)}"
    )
    if shown.get("ActiveState") == "failed":
        why = f"`journalctl -u {unit} -n 50`; then `systemctl restart {unit}`"
        return fail(f"{told}; result {shown.get('Result')}", why, **figures)
    if shown.get("UnitFileState") not in {"enabled", "enabled-runtime", "static"}:
        return warn(f"{told}; not started at boot", f"systemctl enable --now {unit}", **figures)
    if shown.get("ActiveState") != "active":
        return warn(told, f"systemctl start {unit}", **figures)
    if restarts >= MANY_RESTARTS:
        return warn(told, f"`journalctl -u {unit}` says why it ends again and again", **figures)
    return ok(told, **figures)


def _watchdog(shown: dict[str, str]) -> str:
    told = shown.get("WatchdogUSec", "")
    return "off" if told in {"", "0", "infinity"} else told
