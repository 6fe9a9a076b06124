"""The agent's figures, scraped over HTTP from a room that is not one."""

from __future__ import annotations

import asyncio
import socket
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from edge_agent.config import Metrics
from edge_agent.errors import ConfigError
from edge_agent.flow import DeviceEvent, DeviceState, VisionCounts
from edge_agent.service import watchdog
from edge_agent.settings import sources
from edge_agent.telemetry.endpoint import exposed
from edge_agent.telemetry.figures import PARTS
from edge_agent.telemetry.registry import TimedFiles
from edge_agent.uplink.durable.spool import DurableSpool

pytestmark = pytest.mark.integration


@dataclass
class Sees:
    counts: VisionCounts = field(default_factory=lambda: VisionCounts(120, 118, 2, 1))
    fps: float = 29.5


@dataclass
class Watches:
    still: tuple[str, ...] = ("camera",)


@dataclass
class Link:
    def figures(self) -> tuple[int, int, int]:
        return 1, 3, 4_096


@dataclass
class Desk:
    version: int = 7


@dataclass
class Room:
    spool: DurableSpool
    uplink: Any = field(default_factory=Link)
    vision: Sees = field(default_factory=Sees)
    watchdog: Watches = field(default_factory=Watches)
    desk: Desk = field(default_factory=Desk)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def written(spool: DurableSpool) -> None:
    await spool.read(0, 1_000)


def told(address: str) -> dict[str, float]:
    text = httpx.get(f"http://{address}/metrics").text
    return {
        one.name + "".join(f" {value}" for value in one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_a_rooms_figures_are_those_of_its_parts(tmp_path: Path) -> None:
    room = Room(DurableSpool(tmp_path / "spool", 1 << 20, files=TimedFiles()))
    room.spool.append(DeviceEvent("camera", DeviceState.READY, "x"))
    asyncio.run(written(room.spool))
    with exposed(Metrics(port=free_port()), room) as address:
        now = told(address)
        room.uplink = None
        later = told(address)
    room.spool.close()
    assert now["daedam_edge_records_appended_total"] == 1
    assert now["daedam_edge_records_acknowledged_total"] == 0
    assert now["daedam_edge_spool_waiting_bytes"] == room.spool.waiting_bytes > 0
    assert now["daedam_edge_spool_sync_duration_seconds_count"] >= 1
    assert now["daedam_edge_frames_captured_total"] == 120
    assert now["daedam_edge_frames_dropped_total"] == 2
    assert now["daedam_edge_uplink_in_flight_bytes"] == 4_096
    assert now["daedam_edge_uplink_streams_total"] == 3
    assert now["daedam_edge_settings_version"] == 7
    assert [now[f"daedam_edge_watchdog_part_moving {part}"] for part in PARTS] == [1, 1, 0]
    assert later["daedam_edge_uplink_connected"] == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{address}/metrics")


def test_every_part_that_the_watchdog_knows_is_told() -> None:
    limits = [value for value in vars(watchdog).values() if isinstance(value, dict)]
    assert any(set(PARTS) == set(one) for one in limits)


def test_a_port_that_is_taken_costs_the_figures_and_not_the_room(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        settings = Metrics(port=taken.getsockname()[1])
        spool = DurableSpool(tmp_path / "spool", 1 << 20)
        with exposed(settings, Room(spool)) as address:
            assert address == ""
        spool.close()


def test_no_port_is_opened_unless_one_is_set(tmp_path: Path) -> None:
    spool = DurableSpool(tmp_path / "spool", 1 << 20)
    with exposed(Metrics(), Room(spool)) as address:
        assert address == ""
    spool.close()


def test_figures_stay_on_this_pc(tmp_path: Path) -> None:
    path = tmp_path / "edge.toml"
    path.write_text('[central]\naddress = "c:1"\n[metrics]\nhost = "0.0.0.0"\nport = 9\n')
    with pytest.raises(ConfigError, match=r"metrics\.host"):
        sources.load(path, {})
