"""The points of a calibration on the kiosk of a whole agent, from the offer to the record."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from daedam.v1 import interview_pb2, live_pb2, record_pb2
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


def steered(number: int, step: interview_pb2.CalibrateStep) -> interview_pb2.Command:
    return interview_pb2.Command(
        command_id=str(number),
        expires_wall_ns=time.time_ns() + 60 * 10**9,
        calibrate_gaze=interview_pb2.CalibrateGaze(step=step),
    )


async def test_staff_begin_and_skip_it_and_see_each_step_of_it(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    config = write_config(tmp_path, gateway, unhurried(video, tmp_path), models)

    def stage(name: str) -> Callable[[], bool]:
        wanted = live_pb2.CalibrationStage.Value(f"CALIBRATION_STAGE_{name}")
        return lambda: any(one.calibration.stage == wanted for one in gateway.lives)

    async with agent(config):
        await until(lambda: bool(gateway.hellos), 60)
        gateway.command(start(questions=1))
        await until(stage("OFFERED"), 60)
        gateway.command(steered(2, interview_pb2.CALIBRATE_STEP_OFFER))  # is offered already
        gateway.command(steered(3, interview_pb2.CALIBRATE_STEP_BEGIN))
        await until(stage("READ"), 20)
        gateway.command(steered(4, interview_pb2.CALIBRATE_STEP_SKIP))
        await until(
            lambda: bool(gateway.of(record_pb2.RECORD_KIND_CALIBRATION, record_pb2.Calibration)), 20
        )
        await until(lambda: not gateway.lives[-1].HasField("calibration"), 20)
    results = gateway.of(record_pb2.RECORD_KIND_COMMAND_RESULT, interview_pb2.CommandResult)
    done, refused = interview_pb2.COMMAND_OUTCOME_DONE, interview_pb2.COMMAND_OUTCOME_REFUSED
    assert [(one.command_id, one.outcome) for one in results[1:4]] == [
        ("2", refused),
        ("3", done),
        ("4", done),
    ]
