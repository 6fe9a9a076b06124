"""Score windows as the report needs them."""

from __future__ import annotations

from collections import defaultdict

from central.interview.report import Measures
from central.storage.pool import Connection
from central.storage.spans import UNSCORED


async def by_turn(conn: Connection, interview_id: int) -> dict[str, tuple[Measures, ...]]:
    """Each turn's windows by `turn_key` ("" outside any turn), in order of time, but for those that were
    disturbed.
    """
    cursor = await conn.execute(
        "select turn_key, measures from score_windows w where interview_id = %s"  # noqa: S608 - a constant
        f" and {UNSCORED} order by start_mono_ns",
        (interview_id,),
    )
    found: dict[str, list[Measures]] = defaultdict(list)
    for turn_key, measures in await cursor.fetchall():
        found[turn_key].append(
            {name: (value, float(coverage)) for name, (value, coverage) in measures.items()}
        )
    return {key: tuple(windows) for key, windows in found.items()}
