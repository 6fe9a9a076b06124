"""Figures are served where they are wanted, to whom they are meant for, and say nothing of anybody."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from central.config import Config, Metrics
from central.errors import ConfigError
from central.health.facts import RoomState
from central.telemetry import board, gateway, steward, worker
from central.telemetry.endpoint import PORTS, exposed, port_of
from central.telemetry.registry import REGISTRY

pytestmark = pytest.mark.integration


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Agent:
    room_code: str


@dataclass
class Session:
    agent: Agent


@dataclass
class Hub:
    events_seen: int = 7
    listening: int = 2


@dataclass
class Segment:
    first: int
    last: int


@dataclass
class Committed:
    segment: Segment
    stale: bool = False
    refused: tuple[int, ...] = ()


def scraped(text: str) -> dict[str, float]:
    """Sample name with its labels to its value."""
    return {
        one.name
        + "".join(f" {key}={value}" for key, value in sorted(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_a_process_answers_on_loopback_while_it_runs(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, metrics=Metrics(port=free_port()))
    with exposed(config, "gateway") as address:
        told = scraped(httpx.get(f"http://{address}/metrics").text)
    assert told["daedam_build_info role=gateway version=" + _version(told)] == 1
    assert told["process_open_fds"] > 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://{address}/metrics")


def _version(told: dict[str, float]) -> str:
    name = next(one for one in told if one.startswith("daedam_build_info"))
    return name.rpartition("version=")[2]


def test_a_port_that_is_taken_costs_the_figures_and_not_the_role(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with exposed(Config(data_dir=tmp_path, metrics=Metrics(port=port)), "gateway") as address:
            assert address == ""


@pytest.mark.parametrize("role", sorted(PORTS))
def test_every_role_has_its_own_port(role: str) -> None:
    assert port_of(Metrics(port=9_100), role) == ("127.0.0.1", 9_100 + PORTS[role])
    assert port_of(Metrics(), role) is None
    assert len(set(PORTS.values())) == len(PORTS)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.5", "metrics.example.org", ""])
def test_figures_are_not_for_everybody(host: str) -> None:
    with pytest.raises(ConfigError, match="loopback"):
        port_of(Metrics(host=host, port=9_100), "gateway")


def test_what_happens_is_counted() -> None:
    before = scraped(generate_latest(REGISTRY).decode())
    gateway.watch([Session(Agent("r2")), Session(Agent("r1")), Session(Agent("r1"))])
    group = [Committed(Segment(1, 10), refused=(3, 4)), Committed(Segment(7, 7), stale=True)]
    gateway.count_group(group, 0.02)
    worker.worked(["transcribe", "transcribe"], 0.4)
    board.watch(Hub())
    steward.tell(
        [("transcribe", "queued", 4, 12.5), ("report", "dead", 1, 900.0)],
        {"camera_frozen": 2},
        {RoomState.RED: 2, RoomState.GREEN: 98},
    )
    told = scraped(generate_latest(REGISTRY).decode())

    def more(name: str) -> float:
        return told[name] - before.get(name, 0)

    assert more("daedam_gateway_records_committed_total") == 8
    assert more("daedam_gateway_records_refused_total") == 2
    assert more("daedam_gateway_batches_stale_total") == 1
    assert more("daedam_gateway_commit_duration_seconds_count") == 1
    assert more("daedam_worker_batch_duration_seconds_count kind=transcribe") == 1
    assert more("daedam_worker_jobs_claimed_total kind=transcribe") == 2
    assert told["daedam_gateway_streams_open"] == 2
    assert told["daedam_gateway_room_connected room=r1"] == 1
    assert told["daedam_dashboard_live_events_total"] == 7
    assert told["daedam_jobs kind=transcribe state=queued"] == 4
    assert told["daedam_jobs_oldest_age_seconds kind=transcribe"] == 12.5
    assert told["daedam_alarms_open kind=camera_frozen"] == 2
    assert told["daedam_rooms state=grey"] == 0
    steward.tell([], {}, {})
    gone = scraped(generate_latest(REGISTRY).decode())
    assert "daedam_alarms_open kind=camera_frozen" not in gone


def test_no_label_names_a_person_or_an_interview() -> None:
    families = text_string_to_metric_families(generate_latest(REGISTRY).decode())
    labels = {
        key
        for family in families
        for one in family.samples
        if one.name.startswith("daedam_")
        for key in one.labels
    }
    assert labels <= {"kind", "state", "room", "role", "version", "le"}
