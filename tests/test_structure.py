"""The rules of the house: who may import whom, and what stays small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path
    for side in ("edge_agent", "central")
    for path in (ROOT / side).rglob("*.py")
    if "node_modules" not in path.parts
)
PURE = {
    "edge_agent/interview": {"edge_agent.flow", "edge_agent.interview"},
    "edge_agent/gaze": {
        "edge_agent.flow",
        "edge_agent.gaze",
        "edge_agent.vision.head_pose",
        "numpy",
    },
    "edge_agent/emotion": {"edge_agent.flow", "edge_agent.emotion"},
    "edge_agent/scoring": {"edge_agent.flow", "edge_agent.scoring", "numpy"},
    "central/interview": {"central.interview", "msgspec"},
    "central/health": {"central.health", "msgspec"},
    "central/language/screen": {"central.language.screen"},
    "central/resumes/understanding": {
        "central.errors",
        "central.resumes.flow",
        "central.resumes.formats.runs",
        "central.resumes.limits",
        "central.resumes.lines",
        "central.resumes.understanding",
    },
}
CALCULATING = {
    "__future__", "bisect", "collections", "copy", "dataclasses", "datetime", "difflib", "enum",
    "functools", "hashlib", "heapq", "hmac", "itertools", "json", "math", "operator", "re",
    "statistics", "string", "typing", "unicodedata",
}  # fmt: skip
WIRE = {
    "edge_agent/uplink/wire.py",
    "edge_agent/uplink/commands.py",  # its part for what central asks
    "edge_agent/uplink/stream.py",
    "edge_agent/uplink/abridging.py",  # live readings as they travel
    "edge_agent/offline/door.py",  # uploaded videos come through the same service
    "central/gateway/videos.py",  # its other side
    "edge_agent/uplink/greeting.py",  # a stream's first message
    "edge_agent/doctor/way.py",
    "central/gateway/abridged.py",  # live readings as they travelled
    "central/gateway/enrolment.py",  # the certificate service, whose requests are decided elsewhere
    "central/gateway/wire.py",
    "central/gateway/emotions.py",  # a second of looks is summed at the border
    "central/gateway/calibrations.py",  # its part for what a calibration says
    "edge_agent/enrolment/client.py",  # its other side
    "central/gateway/heartbeat.py",  # the vital signs of a room
    "central/gateway/presses.py",  # its part for what a candidate presses
    "central/gateway/room_checks.py",  # its part for what a room heard of itself
    "central/gateway/probe.py",
    "edge_agent/uplink/reading.py",  # sound of a practice answer, read beside the stream
    "edge_agent/uplink/speech.py",  # sound of questions, fetched beside the stream
    "central/gateway/question_sounds.py",  # its other side
    "edge_agent/uplink/understood.py",  # words of answers, fetched beside the stream
    "central/gateway/words.py",  # its other side
    "central/gateway/recognise.py",  # answers the doctor, as the probe does
    "central/gateway/serve.py",
    "central/gateway/responses.py",
    "central/gateway/servicer.py",
    "central/gateway/session.py",
    "central/gateway/hello.py",  # bounds what a room says first
    "central/gateway/intake.py",  # a batch becomes a segment
    "central/speech/wire.py",
    "central/vault/wire.py",  # the protocol's own description goes into every sealed file
}
SQL = ("sqlalchemy", "psycopg", "psycopg_pool", "pgvector", "alembic")
SQL_HANDLES = {
    "AsyncConnection",
    "AsyncConnectionPool",
    "AsyncEngine",
    "AsyncSession",
    "async_sessionmaker",
    "OperationalError",  # a database that does not answer is everybody's business
}
HEAVY = {
    "torch",
    "whisper",
    "llama_cpp",
    "mediapipe",
    "cv2",
    "pocketsphinx",
    "av",
    "onnxruntime",
    "pypdfium2",
    "olefile",
}


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Each imported (module, name) of a file; name is empty for `import module`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from ((node.module, alias.name) for alias in node.names)


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(("side", "other"), [("edge_agent", "central"), ("central", "edge_agent")])
def test_the_two_sides_share_nothing_but_the_wire(side: str, other: str) -> None:
    guilty = [
        f"{place(path)}: {module}"
        for path in SOURCES
        if place(path).startswith(f"{side}/")
        for module, _ in imports(path)
        if module.split(".")[0] == other
    ]
    assert not guilty


def test_wire_messages_are_known_at_the_border_only() -> None:
    guilty = [
        f"{place(path)}: {module}"
        for path in SOURCES
        if place(path) not in WIRE
        for module, _ in imports(path)
        if module.startswith("daedam")
    ]
    assert not guilty


def test_storage_is_the_only_sql() -> None:
    """Others may hold a connection and pass it on; they cannot ask it anything."""
    guilty = [
        f"{place(path)}: {module} {name}"
        for path in SOURCES
        if not place(path).startswith("central/storage/")
        for module, name in imports(path)
        if module.split(".")[0] in SQL and name not in SQL_HANDLES
    ]
    assert not guilty


def test_whoever_marks_an_answer_never_sees_a_resume() -> None:
    marks = ("evaluation/", "evaluator", "marking", "rubric_baseline", "keywords", "quotes")
    guilty = [
        f"{place(path)}: {module} {name}"
        for path in SOURCES
        if place(path).startswith(tuple(f"central/language/{one}" for one in marks))
        for module, name in imports(path)
        if "resume" in f"{module} {name}"
    ]
    assert not guilty


@pytest.mark.parametrize("folder", PURE)
def test_cores_calculate_and_touch_nothing(folder: str) -> None:
    allowed = PURE[folder]
    guilty = [
        f"{place(path)}: {module}"
        for path in SOURCES
        if place(path).startswith(f"{folder}/")
        for module, _ in imports(path)
        if not any(module == one or module.startswith(f"{one}.") for one in allowed)
        and module.split(".")[0] not in CALCULATING
        and module != "collections.abc"
    ]
    assert not guilty


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_a_file_is_one_thing_and_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize(
    "module",
    [
        "central.cli",
        "central.gateway.serve",
        "central.dashboard.app",
        "central.steward.serve",
        "edge_agent.cli",
        "edge_agent.uplink.uplink",
        "edge_agent.interview.runner",
    ],
)
def test_a_process_loads_only_the_libraries_it_uses(module: str) -> None:
    """A gateway that loads torch starts seconds later and takes a gigabyte for nothing."""
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & {HEAVY!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_waiting_has_a_limit_that_cancellation_gets_through() -> None:
    """`asyncio.wait_for` of Python 3.11 swallows a cancellation that arrives together with the
    result, and whoever cancelled waits for ever: `asyncio.timeout` does not.
    """
    guilty = [
        place(path) for path in SOURCES if "asyncio.wait_for" in path.read_text(encoding="utf-8")
    ]
    assert not guilty


def test_one_package_owns_opencv() -> None:
    """Two OpenCV wheels in one environment overwrite each other's files."""
    code = "import importlib.metadata as m; print(*m.packages_distributions()['cv2'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=True
    )
    assert set(done.stdout.split()) == {"opencv-contrib-python"}


def test_migrations_are_one_line() -> None:
    """Two that follow the same one, as two branches write them, and no database begins any more."""
    files = sorted((ROOT / "central/storage/migrations/versions").glob("*.py"))
    found = [path.read_text(encoding="utf-8") for path in files]
    after = [re.findall(r'^down_revision = (?:"(\w+)"|None)', text, re.MULTILINE) for text in found]
    assert all(len(one) == 1 for one in after)
    names = [one[0] for one in after]
    assert sorted(names) == sorted(set(names)), "two follow the same one"
