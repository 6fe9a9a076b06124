"""The kiosk's launcher: shows the page that the agent names, follows it, and tells nobody its token."""

from __future__ import annotations

import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.deploy.fake_root import UNITS

pytestmark = pytest.mark.integration

URL = "http://127.0.0.1:8090/?token=secret"


class Kiosk:
    """The launcher, with a browser that notes what it was given and stays."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url_file = folder, folder / "url"
        browser = folder / "browser"
        browser.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$@" >>{folder}/given\n'
                           f'cat "${{last#file://}}" >>{folder}/shown\nexec sleep 60\n')  # fmt: skip
        browser.chmod(0o755)
        (folder / "tmp").mkdir()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [str(UNITS / "kiosk"), str(self.url_file)],
            stderr=subprocess.PIPE,
            env={
                "PATH": "/usr/bin:/bin",
                "TMPDIR": str(self.folder / "tmp"),
                "DAEDAM_BROWSER": str(self.folder / "browser"),
            },
        )

    def shown(self) -> str:
        file = self.folder / "shown"
        return file.read_text() if file.exists() else ""

    def ended(self) -> int:
        assert self.process is not None
        return self.process.wait(timeout=20)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path)
    yield kiosk
    if kiosk.process is not None:
        kiosk.process.terminate()
        kiosk.process.wait(timeout=20)
        assert kiosk.process.stderr is not None
        kiosk.process.stderr.close()


def until(condition: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit_s
        time.sleep(0.02)


def test_the_browser_is_led_to_the_page_and_its_arguments_say_nothing(kiosk: Kiosk) -> None:
    kiosk.url_file.write_text(URL + "\n")
    kiosk.start()
    until(lambda: URL in kiosk.shown())
    given = (kiosk.folder / "given").read_text()
    assert "--kiosk" in given.split()
    assert "secret" not in given
    made = next((kiosk.folder / "tmp").iterdir())
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE((made / "start.html").stat().st_mode) == 0o600


def test_it_waits_for_an_agent_that_has_not_started_yet(kiosk: Kiosk) -> None:
    kiosk.start()
    assert kiosk.process is not None
    with pytest.raises(subprocess.TimeoutExpired):
        kiosk.process.wait(timeout=0.5)
    kiosk.url_file.write_text(URL + "\n")
    until(lambda: URL in kiosk.shown())


def test_a_new_address_ends_it_so_that_systemd_starts_it_with_that(kiosk: Kiosk) -> None:
    kiosk.url_file.write_text(URL + "\n")
    kiosk.start()
    until(lambda: URL in kiosk.shown())
    kiosk.url_file.write_text(URL + "2\n")
    assert kiosk.ended() == 0
    assert list((kiosk.folder / "tmp").iterdir()) == []


def test_a_stop_takes_the_browser_along(kiosk: Kiosk) -> None:
    kiosk.url_file.write_text(URL + "\n")
    kiosk.start()
    until(lambda: URL in kiosk.shown())
    assert kiosk.process is not None
    kiosk.process.terminate()
    assert kiosk.ended() == 0
    assert list((kiosk.folder / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://central.example.org/",
        "file:///etc/passwd",
        'http://127.0.0.1:1/"><script>',
        "http://127.0.0.1:1/ --no-sandbox",
        "javascript:alert(1)",
    ],
)
def test_only_a_page_of_this_pc_is_shown(kiosk: Kiosk, address: str) -> None:
    kiosk.url_file.write_text(address + "\n")
    kiosk.start()
    assert kiosk.ended() == 1
    assert kiosk.shown() == ""
