"""One site, one room: its figures reach IT and Prometheus, and what IT sets is taken on."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from central.telemetry.endpoint import PORTS
from edge_agent.settings.desk import RESTART_STATUS
from tests.fakes.films import film
from tests.story import stack
from tests.story.api import Api, until
from tests.story.enrolled import enrol
from tests.story.processes import ROOT, last_lines, running

pytestmark = [pytest.mark.story, pytest.mark.timeout(240)]

CODE = "fleet-1"


async def test_a_rooms_figures_settings_and_metrics_go_the_whole_way(
    models: Path, tmp_path: Path
) -> None:
    film(tmp_path / "film.mp4", 4.0)
    first = free_ports(6)
    async with stack.central_up(tmp_path, metrics_port=first) as site, stack.staff(site) as api:
        folder = tmp_path / "room"
        folder.mkdir()
        settings, _ = stack._edge_settings(
            folder,
            site.gateway,
            f"127.0.0.1:{site.config.gateway.enrolment_port}",
            models,
            replay=tmp_path / "film.mp4",
            camera=None,
            kiosk_port=0,
        )
        with settings.open("a", encoding="utf-8") as file:
            file.write(f"[metrics]\nport = {first + 5}\n")
        await enrol(api, CODE, settings)
        agent = asyncio.create_task(keep_running(settings, tmp_path / "room.log"))
        try:
            machine = await until(60, "figures of the room", lambda: figures(api))
            assert machine["health"]["certificate_ends_wall_ns"] > 0
            assert machine["health"]["disk_free_bytes"] > 0
            assert machine["health"]["phase"] == "idle"
            assert abs(machine["health"]["clock_skew_ms"]) < 10_000
            await scrape_everything(site, first)

            path = f"/fleet/rooms/{CODE}/settings"
            await api.put(path, {"settings": {"log.level": "debug", "microphone.codec": "opus"}})
            await until(60, "the settings to be in force", lambda: reached(api, path, "in_force"))
            shown = show(settings)
            assert shown["microphone.codec"]["value"] == "opus"
            assert shown["microphone.codec"]["source"].startswith("remote version 2 by ")
            assert shown["camera.fps"]["source"] == "default"
        finally:
            agent.cancel()
            await asyncio.gather(agent, return_exceptions=True)


async def keep_running(settings: Path, log: Path) -> None:
    """What systemd does: start again where the agent asks for it."""
    while True:
        words = ["edge_agent", "run", "--config", str(settings)]
        async with running("room", words, log) as process:
            status = await process.wait()
        if status != RESTART_STATUS:
            raise RuntimeError(f"the agent ended with {status}:\n{last_lines(log)}")


async def figures(api: Api) -> dict[str, Any] | None:
    """The room, once it is connected and its heartbeat has come."""
    rooms = {one["code"]: one for one in await api.get("/fleet")}
    found: dict[str, Any] = rooms.get(CODE, {})
    ready = found.get("connected") and found["health"].get("certificate_ends_wall_ns")
    return found if ready and found["health"].get("level_dbfs") is not None else None


async def reached(api: Api, path: str, state: str) -> bool:
    told: dict[str, Any] = await api.get(path)
    return bool(told["state"] == state)


def show(settings: Path) -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "edge_agent",
            "settings",
            "show",
            "--json",
            "--config",
            str(settings),
        ],
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
        cwd=ROOT,
    )
    return {one["key"]: one for one in json.loads(done.stdout)["settings"]}


async def scrape_everything(site: stack.Site, first: int) -> None:
    """Every process of the site answers in Prometheus' format, with what is its own."""
    asked = {
        **{role: (f"127.0.0.1:{first + far}", OWN[role]) for role, far in PORTS.items()},
        "dashboard": (site.dashboard, OWN["dashboard"]),
        "edge": (f"127.0.0.1:{first + 5}", OWN["edge"]),
    }
    async with httpx.AsyncClient(timeout=10) as client:
        for process, (address, name) in asked.items():
            answer = await client.get(f"http://{address}/metrics")
            assert answer.status_code == 200, process
            samples = {one.name for one in text_string_to_metric_families(answer.text)}
            assert name in samples, process
            assert "process_resident_memory_bytes" in samples, process


OWN = {
    "gateway": "daedam_gateway_records_committed",
    "speech": "daedam_worker_batch_duration_seconds",
    "language": "daedam_worker_batch_duration_seconds",
    "steward": "daedam_rooms",
    "dashboard": "daedam_dashboard_live_events",
    "edge": "daedam_edge_frames_captured",
}


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody listens on."""
    first = stack.port_from(23_100)
    while any(stack.port_from(first + far) != first + far for far in range(count)):
        first = stack.port_from(first + 1)
    return first
