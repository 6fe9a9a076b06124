"""Erases finished interviews whose day has come, as their candidates were told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from central.steward.clock import DOUBTED_FOR, Seen, look
from central.storage import retention, steward_clock
from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.engine import one_session
from central.storage.pool import Connection
from central.telemetry import steward as figures

MOST_A_ROUND: Final = 20
"""Interviews that are erased in one round: sealing never waits behind a long backlog."""
ERASE_ALARM: Final = "erasing_failed"
CLOCK_ALARM: Final = "clock_doubted"
_log = structlog.get_logger("steward")


@dataclass(slots=True)
class Erasing:
    """What one round did. `failed`: interview to why."""

    erased: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)


async def believe(conn: Connection, now: datetime) -> bool:
    """Whether the calendar counts in the round at `now`; where it does not, that is an alarm."""
    before = await steward_clock.last_seen(conn)
    seen = look(None if before is None else Seen(*before), now)
    await steward_clock.write(conn, seen.at, seen.doubted_since)
    if seen.doubted_since is None:
        await clear_alarm(conn, None, CLOCK_ALARM)
        return True
    again = (seen.doubted_since + DOUBTED_FOR).isoformat(timespec="seconds")
    await raise_alarm(conn, None, CLOCK_ALARM, {"nothing_erased_before": again})
    return False


async def erase_due(conn: Connection, url: str, today: date, most: int = MOST_A_ROUND) -> Erasing:
    """Erases at most `most` interviews, each in a transaction of its own; `today` is the site's. One
    that cannot be erased is told as an alarm, and tried again in the next round. `conn` is in
    autocommit; `url` is of the same database.
    """
    done = Erasing()
    if waiting := await retention.due(conn, today, most):
        async with one_session(url) as session:
            for interview_id in waiting:
                await _erase(session, interview_id, today, done)
    await _tell(conn, {str(one): why for one, why in done.failed.items()})
    figures.tell_erased(len(done.erased), await retention.overdue(conn, today))
    return done


async def _erase(session: AsyncSession, interview_id: int, today: date, done: Erasing) -> None:
    try:
        erased = await retention.erase_due(session, interview_id, today)
        await session.commit()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others have a day too
        await session.rollback()
        done.failed[interview_id] = str(error)
        _log.error("not erased", interview=interview_id, problem=str(error))
        return
    if erased is not None:
        done.erased.append(interview_id)
        rows = sum(erased.rows.values())
        _log.info("erased: its day has come", interview=interview_id, rows=rows, files=erased.files)


async def _tell(conn: Connection, detail: dict[str, Any]) -> None:
    if detail:
        await raise_alarm(conn, None, ERASE_ALARM, detail)
    else:
        await clear_alarm(conn, None, ERASE_ALARM)
