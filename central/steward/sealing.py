"""One round of the vault: finish what was erased, seal what is due, drop the days that are sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import structlog

from central.config import Vault as Settings
from central.errors import CentralError, StartError
from central.storage import documents, erasure, landing, sealing, vault_keys
from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.landing import Held
from central.storage.pool import Connection
from central.storage.sealing import Part
from central.vault.rotation import rewrap
from central.vault.sealer import Sealer

HOUR_S: Final = 3600.0
LEAST_DAYS: Final = 2
"""Whatever the settings say, a younger day is never dropped: transactions and clocks of other time
zones may still write into it."""
MOST_A_ROUND: Final = 50
"""Interviews that are sealed in one round, so that an erasure never waits behind a long backlog."""
KEY_ALARM: Final = "site_key_unusable"
SEAL_ALARM: Final = "sealing_failed"
HELD_ALARM: Final = "landed_records_held"
_log = structlog.get_logger("steward")


@dataclass(slots=True)
class Sealing:
    """What one round did."""

    sealed: dict[int, int] = field(default_factory=dict)
    """Interview to records."""
    failed: dict[int, str] = field(default_factory=dict)
    dropped: list[date] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    late_of_erased: int = 0
    files_deleted: int = 0


async def one_sealing(conn: Connection, sealer: Sealer, settings: Settings, today: date) -> Sealing:
    """Everything once; each step is a transaction of its own and may be the last one before a kill.
    `conn` is in autocommit, and no other process is sealing.
    """
    done = Sealing()
    await _finish_erasures(conn, sealer, done)
    await sealer.clear_up(conn)
    if await _key_is_there(conn, sealer):
        await rewrap(conn, sealer.vault.site_keys())
        await _seal_due(conn, sealer, settings, done)
        # Without the key the landed records may be the only ones that can be read: they stay.
        await _drop_days(conn, sealer, settings, today, done)
    return done


async def _finish_erasures(conn: Connection, sealer: Sealer, done: Sealing) -> None:
    done.late_of_erased = await erasure.purge_late(conn)
    done.files_deleted = await delete_erased_files(conn, sealer)
    for document_id, name in await documents.leftovers(conn):
        await sealer.vault.store.delete(name)
        await documents.forget(conn, document_id)


async def delete_erased_files(conn: Connection, sealer: Sealer) -> int:
    """Deletes the sealed files of erased interviews; how many. Their keys are destroyed already."""
    count = 0
    for interview_id, names in (await erasure.files_to_delete(conn)).items():
        for name in names:
            count += await sealer.vault.store.delete(name)
            sealer.after("erased file deleted")
        await erasure.files_deleted(conn, interview_id)
    return count


async def _key_is_there(conn: Connection, sealer: Sealer) -> bool:
    """Whether every key that is in use can be opened; an alarm says what to do where not."""
    try:
        used = await vault_keys.site_keys_used(conn)
        sealer.vault.site_keys().demand(used)
    except StartError as error:
        if await raise_alarm(conn, None, KEY_ALARM, {"problem": error.problem}):
            _log.error("nothing is sealed without the site key", problem=error.problem)
        return False
    await clear_alarm(conn, None, KEY_ALARM)
    return True


async def _seal_due(conn: Connection, sealer: Sealer, settings: Settings, done: Sealing) -> None:
    after_s = settings.seal_after_hours * HOUR_S
    for interview_id in await sealing.due(conn, after_s):
        spans = await sealing.uncovered(conn, interview_id, after_s)
        if not spans:
            continue
        try:
            records = await sealer.seal(conn, interview_id, spans)
        except (CentralError, OSError) as error:
            done.failed[interview_id] = str(error)
            _log.error("not sealed", interview=interview_id, problem=str(error))
            continue
        if records is not None:
            done.sealed[interview_id] = records
        if len(done.sealed) == MOST_A_ROUND:
            return


async def _drop_days(
    conn: Connection, sealer: Sealer, settings: Settings, today: date, done: Sealing
) -> None:
    until = today - timedelta(days=max(LEAST_DAYS, settings.drop_after_days))
    try:
        for day in await landing.days(conn, until):
            missing = await _missing_file(conn, sealer, day)
            if missing:
                done.failed[missing.interview_id] = f"its sealed file {missing.name} is gone"
                continue
            held = await landing.drop_day(conn, day)
            if held is None:
                done.dropped.append(day)
                _log.info("a day's landed records are sealed and dropped", day=str(day))
            else:
                done.held.append(held)
            sealer.after("day looked at")
        await landing.empty_default(conn, until)
    except Exception as error:
        if not landing.is_busy(error):
            raise
        _log.info("a day is not dropped now: its table is in use")
    await _tell(conn, SEAL_ALARM, {str(key): why for key, why in done.failed.items()})
    oldest = today - timedelta(days=settings.alarm_after_days)
    late = {str(one.day): list(one.interviews) for one in done.held if one.day <= oldest}
    await _tell(conn, HELD_ALARM, late)


async def _missing_file(conn: Connection, sealer: Sealer, day: date) -> Part | None:
    """A sealed part that a day rests on and that is no longer in the store as it was."""
    for part in await landing.parts_in(conn, day):
        if await sealer.vault.store.size(part.name) != part.size_bytes:
            return part
    return None


async def _tell(conn: Connection, alarm: str, detail: dict[str, Any]) -> None:
    if detail:
        await raise_alarm(conn, None, alarm, detail)
    else:
        await clear_alarm(conn, None, alarm)
