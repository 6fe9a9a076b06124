"""A disk that was restored or cloned, and a central that was: with the real spool, uplink and gateway
nothing that a room still has is lost, and an admin is told what happened.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from daedam.v1 import record_pb2
from edge_agent.config import Central
from edge_agent.flow import Capabilities, DeviceEvent, DeviceState
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.uplink import Facts, Uplink
from tests.security.scene import Mallory, Scene

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]


async def deliver(stage: Scene, mallory: Mallory, folder: Path, *words: str) -> DurableSpool:
    """A start of the agent: writes these records, delivers all that it has, and ends."""
    spool = DurableSpool(folder, 1_000_000)
    files = mallory.agent
    settings = Central(
        address=stage.address,
        ca=files.authority,
        certificate=files.certificate,
        private_key=files.private_key,
    )
    uplink = Uplink(
        settings,
        spool,
        facts=Facts("1", "boot", Capabilities("", "", "", "")),
        on_command=lambda _: None,
        on_feedback=lambda _: None,
        on_link=lambda _: None,
    )
    for word in words:
        spool.append(DeviceEvent("camera", DeviceState.READY, word))
    running = asyncio.create_task(uplink.run())
    try:
        async with asyncio.timeout(20):
            await uplink.drained()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await asyncio.to_thread(spool.close)
    return spool


async def kept(stage: Scene, mallory: Mallory) -> dict[str, list[str]]:
    """Series in their order, and the words in each."""
    rows = await stage.site.fetch(
        "select w.spool_id, r.kind, r.payload from ingest_watermark w"
        " join agents a on a.id = w.agent_id left join records r on r.watermark_id = w.id"
        " where a.room_id = %s order by w.id, r.seq",
        mallory.room_id,
    )
    series: dict[str, list[str]] = {}
    for spool_id, kind, payload in rows:
        words = series.setdefault(spool_id, [])
        if kind == record_pb2.RECORD_KIND_GAP:
            gap = record_pb2.Gap.FromString(payload)
            words.append(f"gap {gap.first_seq}-{gap.last_seq}")
        elif payload is not None:
            words.append(record_pb2.DeviceEvent.FromString(payload).detail)
    return series


async def reason(stage: Scene, mallory: Mallory) -> list[tuple[str, str | None, int]]:
    """What the admin is told: kind, why, how often."""
    return [
        (row[0], row[1], row[2])
        for row in await stage.site.fetch(
            "select kind, detail->>'reason', times from alarms where room_id = %s",
            mallory.room_id,
        )
    ]


async def test_a_disk_restored_from_a_copy_sends_all_that_it_has_as_a_new_series(
    stage: Scene,
) -> None:
    mallory = await stage.mallory()
    disk, copy = mallory.folder / "disk", mallory.folder / "copy"
    first = await deliver(stage, mallory, disk, "a", "b")
    shutil.copytree(disk, copy)
    await deliver(stage, mallory, disk, "c", "d", "e")
    restored = await deliver(stage, mallory, copy, "f")
    series = await kept(stage, mallory)
    assert list(series) == [first.spool_id, restored.spool_id]
    assert series[first.spool_id] == ["a", "b", "c", "d", "e"]
    assert series[restored.spool_id][-1] == "f"
    assert await reason(stage, mallory) == [("spool_rolled_back", "central_ahead", 1)]


async def test_a_cloned_disk_that_went_on_by_itself_is_told_from_the_original(
    stage: Scene,
) -> None:
    mallory = await stage.mallory()
    disk, clone = mallory.folder / "disk", mallory.folder / "clone"
    first = await deliver(stage, mallory, disk, "a", "b")
    shutil.copytree(disk, clone)
    await deliver(stage, mallory, disk, "c")
    other = await deliver(stage, mallory, clone, "x", "y", "z")
    series = await kept(stage, mallory)
    assert series[first.spool_id] == ["a", "b", "c"]
    assert series[other.spool_id][-3:] == ["x", "y", "z"]
    assert await reason(stage, mallory) == [("spool_rolled_back", "record_differs", 1)]


async def test_a_central_restored_from_a_backup_gets_again_what_the_room_still_has(
    stage: Scene,
) -> None:
    mallory = await stage.mallory()
    disk = mallory.folder / "disk"
    first = await deliver(stage, mallory, disk, "a", "b", "c")
    await stage.site.fetch(
        "delete from records r using ingest_watermark w where w.id = r.watermark_id"
        " and w.spool_id = %s and r.seq > 1",
        first.spool_id,
    )
    await stage.site.fetch(
        "update ingest_watermark set seq = 0, crc = 0 where spool_id = %s", first.spool_id
    )
    await stage.site.fetch(
        "delete from records r using ingest_watermark w where w.id = r.watermark_id"
        " and w.spool_id = %s",
        first.spool_id,
    )
    await deliver(stage, mallory, disk, "d")
    words = [word for series in (await kept(stage, mallory)).values() for word in series]
    assert words == ["a", "b", "c", "d"]
    assert await reason(stage, mallory) == []


async def test_a_spool_that_was_deleted_is_told(stage: Scene) -> None:
    mallory = await stage.mallory()
    disk = mallory.folder / "disk"
    await deliver(stage, mallory, disk, "a")
    shutil.rmtree(disk)
    await deliver(stage, mallory, disk, "b")
    assert sorted((await kept(stage, mallory)).values()) == [["a"], ["b"]]
    assert await reason(stage, mallory) == [("spool_began_anew", None, 1)]
