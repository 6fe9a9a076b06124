"""What a heartbeat says of the PC is read from the PC, and unset where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest

from daedam.v1 import interview_pb2, room_pb2
from edge_agent import flow
from edge_agent.config import Central, Config, Replay, Spool
from edge_agent.flow import Health, Phase, VisionCounts, Vitals
from edge_agent.telemetry.machine import Machine, free_bytes
from edge_agent.telemetry.stillness import Stillness
from edge_agent.telemetry.vitals import VitalsReader, certificate_ends_ns
from edge_agent.uplink import wire
from tests.fakes.certificates import Authority

pytestmark = pytest.mark.unit

S = 1_000_000_000


@dataclass
class Records:
    next_seq: int = 1
    acked_seq: int = 0


@dataclass
class Pictures:
    provider: str = "mediapipe-xnnpack"
    profile: str = "cpu"
    fallback: str = "no card"
    stillness: Stillness = field(default_factory=Stillness)


def machine(root: Path, stat: str = "", memory: str = "", heat: tuple[str, ...] = ()) -> Machine:
    (root / "proc").mkdir(exist_ok=True)
    (root / "proc" / "stat").write_text(stat)
    (root / "proc" / "meminfo").write_text(memory)
    for index, value in enumerate(heat):
        zone = root / "sys/class/thermal" / f"thermal_zone{index}"
        zone.mkdir(parents=True, exist_ok=True)
        (zone / "temp").write_text(value)
    return Machine(root)


def test_processor_time_is_the_share_since_the_last_look(tmp_path: Path) -> None:
    one = machine(tmp_path, "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 1 2 3\n")
    assert one.cpu_ratio() is None
    machine(tmp_path, "cpu  160 0 120 710 110 0 0 0 50 0\n")
    assert one.cpu_ratio() == 0.8
    assert one.cpu_ratio() is None  # no time has passed


@pytest.mark.parametrize(
    ("memory", "ratio"),
    [
        ("MemTotal: 1000 kB\nMemAvailable: 250 kB\n", 0.75),
        ("MemTotal: 1000 kB\n", None),
        ("", None),
        ("MemTotal: 0 kB\nMemAvailable: 0 kB\n", None),
    ],
)
def test_memory_is_what_is_not_available(tmp_path: Path, memory: str, ratio: float | None) -> None:
    assert machine(tmp_path, memory=memory).memory_ratio() == ratio


def test_the_hottest_sensor_counts_and_a_broken_one_does_not(tmp_path: Path) -> None:
    assert machine(tmp_path).temperature_celsius() is None
    assert machine(tmp_path, heat=("41000", "asleep", "63500")).temperature_celsius() == 63.5


def test_a_pc_that_says_nothing_measures_nothing(tmp_path: Path) -> None:
    silent = Machine(tmp_path / "nowhere")
    assert (silent.cpu_ratio(), silent.memory_ratio(), silent.temperature_celsius()) == (None,) * 3
    assert free_bytes(tmp_path / "nowhere") is None


def test_vitals_come_from_what_lives_in_the_room(tmp_path: Path) -> None:
    certificate = tmp_path / "room.crt"
    certificate.write_bytes(Authority().room().certificate_pem)
    now, records, pictures = [100 * S], Records(), Pictures()
    config = Config(
        central=Central(address="c:1", certificate=certificate), spool=Spool(folder=tmp_path)
    )
    reader = VitalsReader(
        config, records, pictures, machine=Machine(tmp_path), mono_ns=lambda: now[0]
    )
    reader.hear(-30.0)
    pictures.stillness.see(1, now[0])
    records.next_seq = 4
    reader.read(Phase.IDLE)
    now[0] += 5 * S
    for _ in range(2):
        reader.hear(-96.0)
    told = reader.read(Phase.ANSWERING)
    assert told.certificate_ends_wall_ns == certificate_ends_ns(certificate)
    assert told.disk_free_bytes is not None
    assert told.disk_free_bytes > 0
    assert (told.oldest_unsent_ms, told.uptime_ms, told.frozen_ms) == (5_000, 5_000, 5_000)
    assert (told.level_dbfs, told.phase, told.wanted_fps) == (-96.0, Phase.ANSWERING, 30)
    assert told.cpu_ratio is None


def test_a_film_is_neither_a_hung_camera_nor_a_muted_microphone(tmp_path: Path) -> None:
    pictures = Pictures()
    config = Config(
        central=Central(address="c:1"),
        replay=Replay(file=tmp_path / "x.mp4"),
        spool=Spool(folder=tmp_path),
    )
    reader = VitalsReader(config, Records(), pictures, machine=Machine(tmp_path))
    reader.hear(-96.0)
    pictures.stillness.see(1, 0)
    told = reader.read(Phase.IDLE)
    assert (told.silent_ms, told.frozen_ms, told.wanted_fps) == (None, None, None)


def test_a_certificate_that_cannot_be_read_has_no_end(tmp_path: Path) -> None:
    (tmp_path / "broken.crt").write_text("not PEM")
    assert certificate_ends_ns(tmp_path / "broken.crt") is None
    assert certificate_ends_ns(tmp_path / "none.crt") is None


def test_what_was_not_measured_is_unset_on_the_wire() -> None:
    health = Health(5, VisionCounts(9, 8, 1, 2), 30.0, 3, 2, 10, ())
    sent = wire.heartbeat(health).heartbeat.vitals
    assert [one.name for one, _ in sent.ListFields()] == []


def test_every_vital_sign_is_on_the_wire() -> None:
    whole = Vitals(
        **{
            one.name: "x" if one.name.startswith("vision_") else Phase.IDLE
            for one in fields(Vitals)
        }  # type: ignore[arg-type] # every other field takes a number, and a phase is one
    )
    sent = wire.heartbeat(Health(5, VisionCounts(0, 0, 0, 0), 0.0, 0, 0, 0, (), whole))
    told = {one.name for one, _ in sent.heartbeat.vitals.ListFields()}
    assert told == {one.name for one in fields(Vitals)}
    assert told == {one.name for one in room_pb2.Vitals.DESCRIPTOR.fields}


def test_remote_settings_arrive_with_their_types() -> None:
    sent = interview_pb2.Command(
        command_id="1",
        configure=interview_pb2.Configure(
            version=7,
            changed_by="민호",
            settings=[
                interview_pb2.Setting(key="camera.fps", number=15),
                interview_pb2.Setting(key="log.level", text="debug"),
                interview_pb2.Setting(key="new.kind"),
            ],
        ),
    )
    assert wire.command(sent).body == flow.Configure(
        7,
        "민호",
        (
            flow.Setting("camera.fps", 15),
            flow.Setting("log.level", "debug"),
            flow.Setting("new.kind", None),
        ),
    )
