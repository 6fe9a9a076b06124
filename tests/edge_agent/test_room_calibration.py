"""The points of a calibration on the kiosk of a whole agent, from the offer to the record."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from daedam.v1 import record_pb2
from tests.edge_agent.test_room import agent, gateway, start, until, video, write_config
from tests.fakes.room_gateway import RoomGateway

__all__ = ["gateway", "video"]  # fixtures
pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


def unhurried(video: Path, folder: Path) -> Path:
    """The same candidate, who does not skip the calibration."""
    copy = folder / "candidate.mp4"
    shutil.copy(video, copy)
    script = json.loads(video.with_name(video.name + ".json").read_text(encoding="utf-8"))
    script["hands"]["skip_calibration"] = False
    copy.with_name(copy.name + ".json").write_text(json.dumps(script), encoding="utf-8")
    return copy


async def test_points_are_shown_once_they_are_wanted_and_a_skip_ends_them(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    config = write_config(tmp_path, gateway, unhurried(video, tmp_path), models)
    async with agent(config) as running:
        await until(lambda: bool(gateway.hellos), 60)
        gateway.command(start(questions=1))
        await until(lambda: "kiosk at" in running.said, 10)
        async with (
            asyncio.timeout(60),
            connect(running.kiosk_url.replace("http", "ws").replace("/?", "/ws?")) as page,
        ):
            while (state := json.loads(await page.recv()))["phase"] != "calibrating":
                pass
            assert state["calibration"] is None
            await page.send('{"type": "begin_calibration"}')
            while (state := json.loads(await page.recv()))["calibration"] is None:
                pass
            assert state["calibration"]["kind"] == "read"
            while (state := json.loads(await page.recv()))["calibration"]["kind"] != "point":
                pass
            assert state["calibration"]["name"] == "top_left"
            await page.send('{"type": "skip_calibration"}')
            while (state := json.loads(await page.recv()))["phase"] == "calibrating":
                pass
            assert state["calibration"] is None
        await until(
            lambda: bool(gateway.of(record_pb2.RECORD_KIND_CALIBRATION, record_pb2.Calibration)), 20
        )
    (found,) = gateway.of(record_pb2.RECORD_KIND_CALIBRATION, record_pb2.Calibration)
    assert found.outcome == record_pb2.CALIBRATION_OUTCOME_SKIPPED
