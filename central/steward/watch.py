"""The leading steward looks at every room, and keeps the alarms true."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime

from central.health.damping import Damper, Key
from central.health.facts import Problem
from central.health.rules import ALARMS, newest, problems, state_of
from central.health.thresholds import Thresholds
from central.storage import fleet, settings_out
from central.storage.pool import Connection
from central.telemetry.steward import tell


class Watch:
    """One a leadership: what lasts is remembered here, what is raised in the database."""

    def __init__(self, limits: Thresholds) -> None:
        self._limits = limits
        self._damper: Damper | None = None

    async def look(self, conn: Connection, now: datetime, now_s: float | None = None) -> int:
        """Once every few seconds; how many alarms it wrote. `conn` is in autocommit."""
        agents = await fleet.facts(conn)
        version = newest(one.version for one in agents)
        present: dict[Key, Problem] = {
            (agent.room_id, one.kind): one
            for agent in agents
            for one in problems(agent, version, now, self._limits)
            if one.kind in ALARMS
        }
        if self._damper is None:
            stands = await fleet.open_alarms(conn, ALARMS)
            limits = self._limits
            self._damper = Damper(limits.raise_after_s, limits.clear_after_s, stands)
        changes = self._damper.step(present, time.monotonic() if now_s is None else now_s)
        for (room_id, _), problem in changes.raised.items():
            await fleet.raise_problem(conn, room_id, problem)
        for (room_id, _), problem in changes.changed.items():
            await fleet.change_problem(conn, room_id, problem)
        for room_id, kind in changes.cleared:
            await fleet.clear_problem(conn, room_id, kind)
        await settings_out.send_due(conn)
        states = Counter(state_of(one, problems(one, version, now, self._limits)) for one in agents)
        tell(await fleet.job_figures(conn), await fleet.alarm_counts(conn), states)
        return len(changes.raised) + len(changes.changed) + len(changes.cleared)
