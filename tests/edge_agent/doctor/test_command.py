"""`edge-agent doctor` as a person and as a program asks it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from edge_agent.__main__ import main
from edge_agent.doctor.arguments import DESCRIPTION
from edge_agent.doctor.checks import EVERY
from edge_agent.doctor.examine import Examined
from edge_agent.doctor.finding import Status, fail, first_of, ok, warn
from edge_agent.doctor.report import as_json, line, summary
from tests.fakes.certificates import Authority, write_room
from tests.fakes.films import film
from tests.fakes.room_gateway import RoomGateway

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[RoomGateway]:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    gateway = RoomGateway(authority)
    await gateway.start()
    yield gateway
    await gateway.stop()


async def doctor(config: Path, *options: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edge_agent", "doctor", "--config", str(config), *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1"},
    )
    out, said = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), said.decode()


async def test_a_whole_visit_ends_with_every_check_told(
    tmp_path: Path, gateway: RoomGateway, models: Path
) -> None:
    config = tmp_path / "edge.toml"
    config.write_text(
        f'[central]\naddress = "{gateway.address}"\n[replay]\nfile = "no.mp4"\n'
        f'[models]\nfolder = "{models}"\n[kiosk]\nport = 0\n[speaker]\noutput = "silent"\n'
        "[spool]\nallow_unencrypted = true\n"
    )
    (tmp_path / "tls" / "room.key").chmod(0o600)
    status, out, said = await doctor(config, "--quick", "--json")
    report = json.loads(out)
    assert [one["name"] for one in report["checks"]] == [check.name for check in EVERY]
    failed = [one for one in report["checks"] if one["status"] == "fail"]
    assert not failed
    assert report["ok"] is True
    assert status == 0
    assert said == ""
    by_name = {one["name"]: one for one in report["checks"]}
    assert by_name["gateway"]["figures"]["round_trip_ms"] > 0
    assert by_name["clock"]["figures"]["ahead_ms"] is not None
    assert by_name["encryption"]["status"] in {"warn", "ok"}
    assert by_name["camera"]["status"] == "skipped"
    assert gateway.hellos == []


async def test_beside_a_running_agent_nothing_is_taken_from_it(
    tmp_path: Path, gateway: RoomGateway, models: Path
) -> None:
    video = film(tmp_path / "film.mp4", 2.0)
    config = tmp_path / "edge.toml"
    config.write_text(
        f'[central]\naddress = "{gateway.address}"\n[replay]\nfile = "{video}"\n'
        f'[models]\nfolder = "{models}"\n[kiosk]\nport = 0\nurl_file = "url"\n'
        '[speaker]\noutput = "silent"\n[spool]\nallow_unencrypted = true\n'
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edge_agent", "run", "--config", str(config)),
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(50):
            while not gateway.hellos:  # noqa: ASYNC110 - a list, not an event
                await asyncio.sleep(0.1)
        status, out, _ = await doctor(config, "--only", "spool,gateway,disk", "--json")
        assert process.returncode is None
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
    spool, way, _ = json.loads(out)["checks"]
    assert spool["figures"]["holders"] == [process.pid]
    assert spool["figures"]["locked"] is True
    assert way["status"] == "ok"
    assert status == 0
    assert len(gateway.hellos) == 1, "the room's stream was left alone"


async def test_lines_come_with_what_to_do_and_the_status_is_1(tmp_path: Path) -> None:
    config = tmp_path / "edge.toml"
    config.write_text('[central]\naddress = "127.0.0.1:1"\n[kiosk]\nport = 0\n')
    status, out, _ = await doctor(config, "--only", "kiosk,certificate,gateway")
    assert status == 1
    lines = out.splitlines()
    assert lines[0].startswith("ok    kiosk          a free port")
    assert lines[1].startswith("FAIL  certificate    ")
    assert any(one.lstrip().startswith("> ") for one in lines)
    assert lines[-1].startswith("NOT fit for an interview: 1 ok, 1 fail, 1 skipped in ")
    assert "Traceback" not in out


@pytest.mark.parametrize(
    ("only", "message"),
    [("camera,spirit", "there is no check 'spirit'"), ("", "cannot be read")],
)
def test_what_cannot_be_asked_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], only: str, message: str
) -> None:
    config = tmp_path / "edge.toml"
    if only:
        config.write_text('[central]\naddress = "a:1"\n')
    assert main(["doctor", "--config", str(config), "--only", only]) == 2
    said = capsys.readouterr().err
    assert said.startswith("edge-agent: ")
    assert message in said
    assert said.count("\n") == 1


def test_help_and_the_page_name_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
    for check in EVERY:
        assert re.search(rf"^  {check.name} +\S", DESCRIPTION, re.MULTILINE), check.name
        assert f"| `{check.name}` |" in page
    with pytest.raises(SystemExit, match="0"):
        main(["doctor", "--help"])
    assert "exit status" in capsys.readouterr().out


def test_lines_are_aligned_and_wrapped() -> None:
    told = line(Examined("camera", fail("a " * 60, "do " * 40), 0.1)).splitlines()
    assert told[0].startswith("FAIL  camera         a a")
    assert told[1].startswith(" " * 21 + "a")
    assert told[2].startswith(" " * 19 + "> do")
    assert all(len(one) <= 100 for one in told)
    coloured = line(Examined("camera", ok("x"), 0.1), colours=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == line(Examined("camera", ok("x"), 0.1))


def test_a_warning_does_not_fail_the_room() -> None:
    found = [Examined("a", ok("x"), 0.1), Examined("b", warn("y", "z", figure=1.5), 0.2)]
    assert summary(found) == "fit for an interview: 1 ok, 1 warn in 0.3 s"
    assert json.loads(as_json(found))["checks"][1]["figures"] == {"figure": 1.5}


def test_the_first_problem_is_told() -> None:
    told = first_of("seen", {"n": 1}, ((False, fail, "a", "x"), (True, warn, ": b", "y")))
    assert (told.status, told.seen, told.todo) == (Status.WARN, "seen: b", "y")
    assert first_of("seen", {}, ()).status is Status.OK
