"""Pauses and disturbances: kept once, told, and left out of what is counted."""

from __future__ import annotations

import asyncio

import pytest

from central.bus import subjects
from central.bus.events import (
    TurnChanged,
)
from central.storage import series, windows
from central.storage.engine import create_engine, sessions
from daedam.v1 import interview_pb2, record_pb2
from tests.fakes.room_client import record, room
from tests.fakes.site import Site

pytestmark = pytest.mark.integration


async def test_pauses_and_disturbances_are_kept_once_with_their_spans_and_told(site: Site) -> None:
    interview = await site.interview()
    turn = await site.turn(interview, "t0")
    kinds = interview_pb2.TurnEventKind
    event, disturbance = record_pb2.RECORD_KIND_TURN_EVENT, record_pb2.RECORD_KIND_DISTURBANCE
    paused = interview_pb2.TurnEvent(kind=kinds.TURN_EVENT_KIND_PAUSED, turn_id="t0")
    resumed = interview_pb2.TurnEvent(kind=kinds.TURN_EVENT_KIND_RESUMED, turn_id="t0")
    noise = record_pb2.Disturbance(
        from_mono_ns=2 * 10**9, to_mono_ns=5 * 10**9, cause="noise", turn_id="t0"
    )
    said = [(event, paused), (event, resumed), (disturbance, noise), (disturbance, noise)]
    async with (
        site.bus.subscribe_live(subjects.live(site.room, "turn")) as live,
        site.gateway() as address,
        room(address, site.agent) as (client, _),
    ):
        await client.records(
            [record(seq, kind, one, interview) for seq, (kind, one) in enumerate(said, 1)]
        )
        await client.acked(len(said))
        async with asyncio.timeout(3):
            heard = [await anext(live) for _ in range(3)]
    told = [(one.turn_id, one.step) for one in heard if isinstance(one, TurnChanged)]
    assert told == [(str(turn), "paused"), (str(turn), "resumed"), (str(turn), "disturbed")]
    rows = await site.fetch(
        "select kind, cause, ended_at is not null,"
        " case when kind = 'disturbance' then extract(epoch from ended_at - began_at)::int end"
        " from interview_spans order by id"
    )
    assert rows == [("pause", "candidate", True, None), ("disturbance", "noise", True, 3)]


async def test_what_was_measured_during_a_disturbance_is_left_out(
    site: Site, database_url: str
) -> None:
    interview = await site.interview()
    await site.fetch(
        "insert into interview_spans (interview_id, turn_key, kind, cause, began_at, ended_at,"
        " from_mono_ns, to_mono_ns) values (%s, 't0', 'disturbance', 'noise', now(), now(), %s, %s)",
        interview,
        2_500_000_000,
        3_500_000_000,
    )
    for second in range(6):
        await site.fetch(
            "insert into score_windows (interview_id, turn_key, start_mono_ns, wall_ns, length_ms,"
            " frames_captured, frames_analysed, measures)"
            " values (%s, 't0', %s, %s, 1000, 1, 1, %s)",
            interview,
            second * 10**9,
            second,
            '{"level_dbfs": [' + str(second) + ", 1.0]}",
        )
    async with site.pool.connection() as conn:
        found = await windows.by_turn(conn, interview)
    assert [one["level_dbfs"][0] for one in found["t0"]] == [0, 1, 4, 5]
    engine = create_engine(database_url)
    async with sessions(engine)() as session:
        shown = await series.windows_by_turn(session, interview)
    await engine.dispose()
    assert [one.start_mono_ns // 10**9 for one in shown["t0"]] == [0, 1, 4, 5]
