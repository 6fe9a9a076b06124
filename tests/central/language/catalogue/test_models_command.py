"""`central models`: what is known, what is configured, and what came over the wire."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from central.cli import run
from central.errors import ConfigError, StartError
from central.language.catalogue.catalogue import catalogue
from central.language.catalogue.fetching import fetch
from central.language.engine.templates import TEMPLATES

pytestmark = pytest.mark.integration

WEIGHTS = bytes(range(256)) * 4000
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()


class Mirror(BaseHTTPRequestHandler):
    """Serves `WEIGHTS`; breaks off in the middle until it was asked to go on."""

    asked: list[str]

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.asked.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-") or 0)
        if start >= len(WEIGHTS):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(WEIGHTS) - start))
        self.end_headers()
        self.wfile.write(WEIGHTS[start:] if wanted else WEIGHTS[: len(WEIGHTS) // 2])

    def log_message(self, *args: object) -> None:
        """Nothing."""


@contextmanager
def mirror() -> Iterator[tuple[str, list[str]]]:
    """Its address, and the ranges that it was asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("One", (Mirror,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ignore(_there: int, _whole: int) -> None:
    """Nobody looks."""


def test_a_file_that_breaks_off_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "model.gguf"
    seen: list[int] = []
    with mirror() as (url, asked):
        found = fetch(f"{url}/model.gguf", path, sha256=SHA256, told=lambda at, _: seen.append(at))
    assert found == SHA256
    assert path.read_bytes() == WEIGHTS
    assert asked == ["", f"bytes={len(WEIGHTS) // 2}-"]
    assert seen[-1] == len(WEIGHTS)


def test_a_part_that_is_whole_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.with_name("model.gguf.part").write_bytes(WEIGHTS)
    with mirror() as (url, _):
        assert fetch(f"{url}/model.gguf", path, sha256=SHA256, told=ignore) == SHA256


def test_another_file_than_the_one_meant_is_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    with mirror() as (url, _), pytest.raises(StartError, match="thrown away"):
        fetch(f"{url}/model.gguf", path, sha256="0" * 64, told=ignore)
    assert not list(tmp_path.iterdir())


def test_only_what_can_be_fetched_is_a_url(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="https, http or file"):
        fetch("ftp://example/model.gguf", tmp_path / "x", sha256="", told=ignore)


Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def _say(*words: object) -> tuple[int, str, str]:
        status = run([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return _say


def test_a_model_that_is_not_for_business_says_so_loudly(say: Say) -> None:
    status, out, _ = say("models", "list")
    assert status == 0
    assert "solar-10.7b (CC BY-NC 4.0) MAY NOT BE USED COMMERCIALLY" in out
    assert "상업적 이용이 금지" in out


def test_what_is_fetched_comes_with_its_settings(say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    folder.mkdir()
    (folder / catalogue()["bge-m3"].file).write_bytes(WEIGHTS)
    target = tmp_path / "models"
    status, out, _ = say("models", "fetch", "bge-m3", "--to", target, "--mirror", folder.as_uri())
    assert status == 0
    assert f'sha256 = "{SHA256}"' in out
    assert "[language.models.embedding]" in out
    assert "Nobody here could compare" in out


def settings(folder: Path, sha256: str) -> Path:
    path = folder / "central.toml"
    path.write_text(
        f'data_dir = "{folder}"\n[language.models.evaluation]\npath = "model.gguf"\n'
        f'sha256 = "{sha256}"\ntemplate = "solar"\nlicence = "ours"\n'
    )
    return path


def test_a_configured_model_is_compared_and_its_licence_said(say: Say, tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(WEIGHTS)
    status, out, _ = say("models", "check", "--config", settings(tmp_path, SHA256))
    assert (status, "as configured" in out, "licence: ours" in out) == (0, True, True)
    status, out, err = say("models", "check", "--config", settings(tmp_path, "0" * 64))
    assert (status, "NOT AS CONFIGURED" in out, "evaluation" in err) == (2, True, True)


def test_a_configured_model_that_is_not_there_is_named(say: Say, tmp_path: Path) -> None:
    status, out, _ = say("models", "check", "--config", settings(tmp_path, SHA256))
    assert status == 2
    assert "model.gguf" in out


def test_every_known_model_has_what_its_role_needs() -> None:
    for known in catalogue().values():
        assert known.role in {"question", "evaluation", "embedding"}
        assert (known.template in TEMPLATES) == (known.role != "embedding")
        assert len(known.sha256) in {0, 64}
        assert known.url.endswith(known.file)
        assert known.note
