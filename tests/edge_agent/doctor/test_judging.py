"""What follows from what was seen: each figure's line between fine, worth a word, and no interview."""

from __future__ import annotations

from typing import Any

import pytest

from edge_agent.config import Camera, Vision
from edge_agent.doctor.checks import (
    camera,
    clock,
    disk,
    gateway,
    gpu,
    kiosk,
    microphone,
    models,
    names,
    speaker,
    spool,
    systemd,
    versions,
)
from edge_agent.doctor.finding import Status
from edge_agent.models.places import FACE, HAND, PEOPLE, POSE
from tests.fakes.findings import expect

pytestmark = pytest.mark.unit

OK, WARN, FAIL, SKIPPED = Status.OK, Status.WARN, Status.FAIL, Status.SKIPPED

PICTURES: dict[str, Any] = {
    "name": "Brio", "present": [], "width": 640, "height": 480, "frames": 60, "same_frames": 0,
    "fps": 29.9, "mean_level": 110.0, "brightest_level": 255.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, OK, "Brio: 640x480, 29.9 of 30 fps"),
        ({"frames": 0, "fps": 0.0}, FAIL, "gives no pictures"),
        ({"mean_level": 2.0, "brightest_level": 30.0}, FAIL, "black"),
        ({"mean_level": 2.0, "brightest_level": 200.0}, OK, "Brio"),
        ({"same_frames": 59}, FAIL, "frozen"),
        ({"same_frames": 20}, OK, "Brio"),
        ({"fps": 11.0}, FAIL, "far too few"),
        ({"fps": 20.0}, WARN, "fewer pictures"),
        ({"width": 1280}, WARN, "not the 640x480"),
    ],
)
def test_a_camera(change: dict[str, Any], status: Status, words: str) -> None:
    expect(camera.judge(PICTURES | change, Camera()), status, words)


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, OK, "USB: -52 dBFS over 1.0 s"),
        ({"seconds": 0.3}, FAIL, "hardly any sound"),
        ({"level_dbfs": -96.0}, FAIL, "dead silent"),
        ({"level_dbfs": -70.0}, WARN, "very quiet"),
        ({"clipped_ratio": 0.02, "level_dbfs": -3.0}, WARN, "too loud"),
        ({"level_dbfs": -15.0}, WARN, "a loud room"),
    ],
)
def test_a_microphone(change: dict[str, Any], status: Status, words: str) -> None:
    seen = {"name": "USB", "seconds": 1.0, "level_dbfs": -52.0, "clipped_ratio": 0.0}
    expect(microphone.judge(seen | change), status, words)


@pytest.mark.parametrize(
    ("change", "asked", "status", "words"),
    [
        ({}, False, OK, "not played"),
        ({"outputs": []}, False, FAIL, "no loudspeaker"),
        ({"played": True}, False, OK, "was it heard?"),
        ({"played": True, "rise_db": 30.0}, True, OK, "hears the tone (+30 dB)"),
        ({"played": True, "rise_db": 3.0}, True, FAIL, "does not hear the tone"),
        ({"played": True}, True, WARN, "could not be measured"),
    ],
)
def test_a_speaker(change: dict[str, Any], asked: bool, status: Status, words: str) -> None:
    seen = {"outputs": ["HDMI"], "played": False, "rise_db": None} | change
    expect(speaker.judge(seen, asked_to_hear=asked), status, words)


CARD = dict(zip(gpu.FIELDS, ("H200", "570.1", "143771", "12", "31"), strict=True))
CPU = {"CPUExecutionProvider": ""}
CUDA = {"CUDAExecutionProvider": ""}


@pytest.mark.parametrize(
    ("cards", "providers", "demanded", "status", "words"),
    [
        ([], CPU, False, OK, "computes on its processor"),
        ([], CPU, True, FAIL, "require_gpu"),
        ([CARD], CPU | CUDA, True, OK, "H200 (driver 570.1, 12 of 143771 MiB, 31 C)"),
        ([CARD], CPU, False, WARN, "not used"),
        ([CARD], CPU | {"CUDAExecutionProvider": "falls back"}, False, WARN, "falls back"),
        ([CARD], CPU | {"CUDAExecutionProvider": "falls back"}, True, FAIL, "falls back"),
        ([], {"CPUExecutionProvider": "computes wrongly"}, False, FAIL, "not even"),
    ],
)
def test_what_computes(
    cards: list[Any], providers: dict[str, str], demanded: bool, status: Status, words: str
) -> None:
    found = gpu.judge({"cards": cards, "problem": "no driver"}, providers, demanded=demanded)
    expect(found, status, words)


@pytest.mark.parametrize(
    ("wanted", "profile", "fallback", "status", "words"),
    [
        ("auto", "cpu", "", OK, "profile cpu"),
        ("gpu", "cpu", "CUDA is not there", WARN, "not gpu: CUDA is not there"),
        ("auto", "gpu", "", OK, "profile gpu"),
    ],
)
def test_a_profile_that_is_not_the_wanted_one_is_a_warning(
    wanted: str, profile: str, fallback: str, status: Status, words: str
) -> None:
    found = gpu.judge({"cards": [], "problem": "none"}, CPU, demanded=False)
    told = {"wanted": wanted, "profile": profile, "fallback": fallback}
    expect(gpu.with_vision(found, told), status, words)


def test_what_is_worse_than_a_fall_back_stays_so() -> None:
    found = gpu.judge({"cards": [], "problem": "no driver"}, CPU, demanded=True)
    told = {"wanted": "gpu", "profile": "cpu", "fallback": "no CUDA"}
    expect(gpu.with_vision(found, told), FAIL, "not gpu: no CUDA")


def test_cards_are_read_as_nvidia_smi_tells_them() -> None:
    lines = "NVIDIA H200, 570.86.15, 143771, 4, 28\n\nbroken\n"
    (card,) = gpu.parse_cards(lines)
    assert card["name"] == "NVIDIA H200"
    assert card["memory.total"] == "143771"


@pytest.mark.parametrize(
    ("states", "status", "words"),
    [
        ({"face_landmarker.task": "same", "pose": "same"}, OK, "2 files"),
        ({"face_landmarker.task": "missing", "pose": "same"}, FAIL, "face_landmarker.task missing"),
        ({"face_landmarker.task": "unreadable (x)"}, FAIL, "unreadable"),
        ({"face_landmarker.task": "other"}, WARN, "not the sha256"),
        ({"face_landmarker.task": "same", "pose": "missing"}, WARN, "pose missing"),
    ],
)
def test_models(states: dict[str, str], status: Status, words: str) -> None:
    expect(models.judge("/m", {"states": states, "bytes": 12_000_000}), status, words)


def test_a_model_of_what_is_switched_on_is_necessary() -> None:
    states = {FACE: "same", POSE: "missing", HAND: "same", PEOPLE: "same"}
    seen = {"states": states, "bytes": 1}
    on, off = models.needed(Vision()), models.needed(Vision(posture=False))
    assert models.judge("/m", seen, on).status is Status.FAIL
    assert models.judge("/m", seen, off).status is Status.WARN


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, OK, "50.0 GB free"),
        ({"free_bytes": 50_000_000}, FAIL, "not enough for an interview"),
        ({"spool_bytes": 200_000_000}, FAIL, "200 MB wait"),
        ({"sync_p95_ms": 2_000.0}, FAIL, "far too slow"),
        ({"sync_p95_ms": 150.0}, WARN, "slow"),
        ({"free_bytes": 200_000_000}, WARN, "less than the spool may take"),
    ],
)
def test_a_disk(change: dict[str, Any], status: Status, words: str) -> None:
    seen = {
        "folder": "/s", "free_bytes": 50_000_000_000, "size_bytes": 10**11, "spool_bytes": 0,
        "sync_ms": 1.0, "sync_p95_ms": 2.0, "sync_max_ms": 9.0,
    }  # fmt: skip
    expect(disk.judge(seen | change, 268_435_456), status, words)


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, OK, "held by nobody"),
        ({"holders": [12]}, OK, "held by the running agent (12)"),
        ({"locked": True}, OK, "an agent of another user"),
        ({"holders": [12, 14]}, FAIL, "2 agents hold"),
        ({"there": False}, OK, "not there yet"),
        ({"damaged": 1}, WARN, "1 damaged"),
        ({"writable": False}, WARN, "may not write"),
        ({"open_to_others": True, "mode": "0o755"}, WARN, "0o755"),
    ],
)
def test_a_spool(change: dict[str, Any], status: Status, words: str) -> None:
    seen = {
        "folder": "/s", "there": True, "writable": True, "mode": "0o700", "open_to_others": False,
        "holders": [], "locked": False, "series": 1, "damaged": 0,
    }  # fmt: skip
    expect(spool.judge(seen | change), status, words)


@pytest.mark.parametrize(("took_ms", "status"), [(3.0, OK), (1_500.0, WARN)])
def test_a_name(took_ms: float, status: Status) -> None:
    seen = {"addresses": ["10.0.0.1", "10.0.0.2"], "took_ms": took_ms}
    expect(names.judge("central", seen), status, "central is 10.0.0.1, 10.0.0.2")


WAY: dict[str, Any] = {
    "connect_ms": 20.0, "round_trip_ms": 1.0, "round_trip_p95_ms": 2.0, "clock_ahead_ms": 0.0,
    "clock_known_to_ms": 1.0, "up_kb_s": 11_000.0, "down_kb_s": 11_000.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, OK, "11,000 kB/s up"),
        ({"up_kb_s": None, "down_kb_s": None}, OK, "round trip 1.0"),
        ({"up_kb_s": 30.0}, WARN, "30 kB/s up"),
        ({"up_kb_s": 5.0}, FAIL, "5 kB/s up"),
        ({"round_trip_p95_ms": 400.0}, WARN, "p95 400.0"),
    ],
)
def test_the_way_to_central(change: dict[str, Any], status: Status, words: str) -> None:
    expect(gateway.judge(WAY | change, "c:7443"), status, words)


@pytest.mark.parametrize(
    ("problem", "status", "todo"),
    [
        ("central answers, but is too old to be measured", WARN, "the room works"),
        ("central does not let room.crt in; (agent 1 is revoked in room a)", FAIL, "shut out"),
        ("nobody answers at c:7443", FAIL, "TCP must be open"),
    ],
)
def test_a_way_that_is_not_there(problem: str, status: Status, todo: str) -> None:
    found = gateway.unreached(problem, "c:7443")
    assert found.status is status
    assert todo in found.todo


@pytest.mark.parametrize(
    ("synchronised", "ahead_ms", "known_to_ms", "status", "words"),
    [
        (True, 2.0, 0.5, OK, "2 ms ahead of central's"),
        (True, -2.0, 0.5, OK, "2 ms behind central's"),
        (True, None, None, OK, "not compared"),
        (None, 0.0, 1.0, OK, "state unknown"),
        (False, 0.0, 1.0, WARN, "NOT synchronised"),
        (True, 1_500.0, 10.0, WARN, "1,500 ms"),
        (True, 1_005.0, 10.0, OK, "1,005 ms"),
        (True, -40_000.0, 10.0, FAIL, "40,000 ms behind"),
    ],
)
def test_a_clock(
    synchronised: bool | None,
    ahead_ms: float | None,
    known_to_ms: float | None,
    status: Status,
    words: str,
) -> None:
    kernel = {"synchronised": synchronised, "daemon": "chrony"}
    expect(clock.judge(kernel, ahead_ms, known_to_ms), status, words)


@pytest.mark.parametrize(
    ("taken", "running", "status", "words"),
    [
        ("", False, OK, "is free"),
        ("", True, OK, "still starting"),
        ("Address already in use", True, OK, "served by the running agent"),
        ("Address already in use", False, FAIL, "Address already in use"),
    ],
)
def test_a_kiosk_port(taken: str, running: bool, status: Status, words: str) -> None:
    expect(kiosk.judge("127.0.0.1", 8090, taken, running=running), status, words)


UNIT = {
    "LoadState": "loaded", "UnitFileState": "enabled", "ActiveState": "active",
    "SubState": "running", "Result": "success", "NRestarts": "0", "WatchdogUSec": "15s",
    "ActiveEnterTimestamp": "Fri",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({}, OK, "active (running) since Fri, 0 restarts, watchdog 15s"),
        ({"LoadState": "not-found"}, WARN, "not installed"),
        ({"ActiveState": "failed", "Result": "watchdog"}, FAIL, "result watchdog"),
        ({"UnitFileState": "disabled"}, WARN, "not started at boot"),
        ({"ActiveState": "inactive", "SubState": "dead"}, WARN, "inactive (dead)"),
        ({"NRestarts": "7"}, WARN, "7 restarts"),
        ({"WatchdogUSec": "0"}, OK, "watchdog off"),
    ],
)
def test_a_service(change: dict[str, str], status: Status, words: str) -> None:
    expect(systemd.judge("u.service", UNIT | change, running=False), status, words)


def test_what_systemctl_says_is_read_line_by_line() -> None:
    assert systemd.parsed("A=1\nB=x=y\n\nnothing\n") == {"A": "1", "B": "x=y"}


@pytest.mark.parametrize(
    ("packages", "status", "words"),
    [
        ({"grpcio": "1.85.1", "onnxruntime": "1.31"}, OK, "grpcio 1.85.1"),
        ({"onnxruntime": "1", "onnxruntime-gpu": "1"}, WARN, "onnxruntime and onnxruntime-gpu"),
        ({"opencv-python": "4", "opencv-contrib-python": "5"}, WARN, "overwrite each other"),
    ],
)
def test_versions(packages: dict[str, str], status: Status, words: str) -> None:
    expect(versions.judge(packages), status, words)
