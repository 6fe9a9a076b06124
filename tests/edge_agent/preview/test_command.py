"""The preview as whoever sets a room up has it: a picture in a file, or a line that says why not."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from edge_agent.__main__ import main
from edge_agent.config import load
from edge_agent.errors import PreviewRefused
from edge_agent.flow import FrameReading
from edge_agent.preview.command import refuse
from edge_agent.preview.drawing import Look, draw, figures
from tests.fakes.footage import still

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


def config(folder: Path, replay: Path | None = None, models: Path | None = None) -> Path:
    file = folder / "edge.toml"
    text = '[central]\naddress = "localhost:7443"\n'
    if replay:
        text += f'[replay]\nfile = "{replay}"\n'
    if models:
        text += f'[models]\nfolder = "{models}"\n'
    file.write_text(text, encoding="utf-8")
    return file


def test_a_snapshot_shows_the_seat_and_says_what_to_mend(
    tmp_path: Path, shared: Path, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    footage = shared / "testdata" / "vision" / "face_pexels.mp4"
    if not footage.is_file():
        pytest.skip(f"{footage} is not there")
    out = tmp_path / "seat.png"
    asked = ["preview", "--config", str(config(tmp_path, footage, models))]
    status = main([*asked, "--snapshot", str(out), "--seconds", "0.5"])
    said = capsys.readouterr().out.splitlines()
    assert status == 1
    assert said[0] == str(out)
    assert any(line.startswith("Too near: the face has") for line in said)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    picture = still(out)
    assert picture.shape[0] > 360  # the panel of words is under it
    assert picture.shape[1] == 640
    yellow = (picture[:360, :, 0] > 230) & (picture[:360, :, 1] > 190) & (picture[:360, :, 2] < 90)
    assert yellow.sum() > 100  # irises and the gaze
    assert {one.name for one in tmp_path.iterdir()} == {"edge.toml", "seat.png"}


def test_beside_a_running_agent_it_refuses_and_says_which(tmp_path: Path) -> None:
    room = load(config(tmp_path))
    room.spool.folder.mkdir()
    held = room.spool.folder / "lock"
    held.touch()
    holder = subprocess.Popen(
        [sys.executable, "-c", f"f = open({str(held)!r}); print(1, flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(PreviewRefused, match=f"process {holder.pid}"):
            refuse(room, snapshot=True)
    finally:
        holder.communicate(b"\n", timeout=10)
    refuse(room, snapshot=True)


def test_without_a_screen_it_names_the_snapshot(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "edge_agent", "preview", "--config", str(config(tmp_path))],
        env={"PYTHONPATH": ":".join(sys.path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "use --snapshot FILE.png" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_written_is_a_line(
    tmp_path: Path, shared: Path, models: Path
) -> None:
    footage = shared / "testdata" / "vision" / "face_pexels.mp4"
    if not footage.is_file():
        pytest.skip(f"{footage} is not there")
    asked = ["preview", "--config", str(config(tmp_path, footage, models))]
    missing = tmp_path / "no" / "seat.png"
    assert main([*asked, "--snapshot", str(missing), "--seconds", "0"]) == 2


def test_an_empty_chair_is_drawn_without_marks_and_in_dashes() -> None:
    image = np.full((120, 160, 3), 90, np.uint8)
    look = Look(image, None, FrameReading(0, 0, 0), None, None, ("No face in view: sit.",))
    drawn = draw(look)
    assert (drawn[:120] == image).all()
    assert drawn.shape[0] > 120
    assert figures(look)[0] == "160 x 120   - fps   face -   distance -"
