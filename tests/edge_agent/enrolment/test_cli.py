"""`edge-agent enrol`: where the token may come from, and what is said without one; the schedule."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.__main__ import main
from edge_agent.enrolment.schedule import LAST_HOURS, must_leave, renew_at, retry_s
from edge_agent.enrolment.token import Token, read_token
from edge_agent.errors import IdentityError

pytestmark = pytest.mark.unit

TEXT = f"dae1.{'0' * 12}.{'A' * 43}.{'f' * 64}"
START = datetime(2026, 11, 21, tzinfo=UTC)
END = START + timedelta(days=7)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "edge.toml"
    file.write_text('[central]\naddress = "127.0.0.1:1"\nenrolment_address = "127.0.0.1:1"\n')
    return file


def test_a_token_comes_from_a_file_the_input_or_a_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "enrolment-token"
    file.write_text(f"{TEXT}\n")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"  {TEXT}\n"))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    expected = Token.parse(TEXT)
    assert read_token(TEXT, None) == expected
    assert read_token(None, file) == expected
    assert read_token(None, Path("-")) == expected
    assert read_token(None, None) == expected


@pytest.mark.parametrize(
    ("words", "says"),
    [  # in a process of its own: the command sets up the logs of a whole process
        ((), "no token"),
        (("--token", "hello"), "not an enrolment token"),
        (("--token-file", "/nowhere"), "cannot be read"),
        (("--token", TEXT), "central.enrolment_address"),
    ],
)
def test_what_is_wrong_is_one_line(config: Path, words: tuple[str, ...], says: str) -> None:
    command = [sys.executable, "-m", "edge_agent", "enrol", "--config", str(config), *words]
    environment = {
        key: value for key, value in os.environ.items() if key != "CREDENTIALS_DIRECTORY"
    }
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=50, check=False, env=environment
    )
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if line.startswith("edge-agent:")]
    assert len(lines) == 1
    assert says in lines[0]
    assert "A" * 43 not in done.stdout + done.stderr


def test_two_ways_at_once_are_refused(config: Path) -> None:
    with pytest.raises(SystemExit):
        main(["enrol", "--config", str(config), "--token", TEXT, "--token-file", "-"])


@given(st.integers(0, 2**159))
def test_a_certificate_is_renewed_between_a_third_and_half_of_its_life(serial: int) -> None:
    at = renew_at(START, END, serial)
    assert START + (END - START) / 3 <= at <= START + (END - START) / 2
    assert renew_at(START, END, serial) == at


@given(st.integers(1, 1000), st.floats(0, 1))
def test_a_failed_renewal_is_tried_again_within_the_hour(failures: int, chance: float) -> None:
    assert 30 <= retry_s(failures, chance) <= 3600


@pytest.mark.parametrize(
    ("left", "idle", "leaves"),
    [
        (timedelta(days=4), True, True),
        (timedelta(days=4), False, False),
        (LAST_HOURS - timedelta(seconds=1), False, True),
        (-timedelta(seconds=1), False, True),
    ],
)
def test_a_stream_gives_way_when_it_is_quiet_or_must(
    left: timedelta, idle: bool, leaves: bool
) -> None:
    assert must_leave(END, END - left, idle=idle) is leaves


def test_a_damaged_identity_is_said_with_its_name(tmp_path: Path) -> None:
    from edge_agent.enrolment.bundle import read_bundle

    file = tmp_path / "identity.pem"
    for content in (b"", b"hello", b"-----BEGIN PRIVATE KEY-----\n"):
        file.write_bytes(content)
        with pytest.raises(IdentityError, match=r"identity\.pem is damaged"):
            read_bundle(file)
    assert read_bundle(tmp_path / "none") is None
