"""Systemd itself says whether our units are right, and how much each of them may do."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest

from edge_agent import room
from edge_agent.settings.desk import RESTART_STATUS
from tests.deploy.fake_root import UNITS, fake_root, systemd_analyze

pytestmark = pytest.mark.unit

ROLES = ("gateway", "speech", "language", "dashboard", "steward")
AGENT = "daedam-edge.service"
EXPOSURE = {
    AGENT: 20,
    "daedam-enrol.service": 20,
    # Chromium's sandbox needs namespaces, V8 writable code, Wayland /run/user: what is left is this.
    "daedam-kiosk.service": 40,
    "daedam-central-migrate.service": 20,
    **{f"daedam-central@{role}.service": 20 for role in ROLES},
}
"""Tenths that systemd's score may reach; 100 is a unit that may do everything."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fake_root(tmp_path_factory.mktemp("root"))


def verified(root: Path, unit: str) -> tuple[int, str]:
    done = systemd_analyze("verify", f"--root={root}", "--man=no", "--recursive-errors=no", unit)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("unit", [*EXPOSURE, "daedam-central.target"])
def test_systemd_finds_nothing_wrong_with_a_unit(root: Path, unit: str) -> None:
    assert verified(root, unit) == (0, "")


@pytest.mark.parametrize("line", ["Watchdog=15", "ExecStartPre=/nowhere/x", "Restart=sometimes"])
def test_what_is_wrong_with_a_unit_would_be_found(tmp_path: Path, line: str) -> None:
    root = fake_root(tmp_path)
    with (root / "etc/systemd/system" / AGENT).open("a") as unit:
        unit.write(f"\n[Service]\n{line}\n")
    assert verified(root, AGENT)[1] != ""


@pytest.mark.parametrize(("unit", "tenths"), EXPOSURE.items())
def test_a_unit_may_do_little(root: Path, unit: str, tenths: int) -> None:
    done = systemd_analyze(
        "security", "--offline=true", f"--threshold={tenths}", f"--root={root}", "--no-pager", unit
    )
    assert done.returncode == 0, done.stdout


def setting(unit: str, key: str, section: str = "Service") -> list[str]:
    """Every value of a key; systemd allows a key more than once, configparser does not."""
    found, now = [], ""
    for line in (UNITS / unit).read_text().splitlines():
        if line.startswith("["):
            now = line.strip("[]")
        elif now == section and line.partition("=")[0] == key:
            found.append(line.partition("=")[2])
    return found


@pytest.mark.parametrize("unit", [AGENT, "daedam-kiosk.service", "daedam-central@.service"])
def test_what_serves_is_started_again_for_ever(unit: str) -> None:
    assert setting(unit, "Restart") == ["always"]
    assert setting(unit, "RestartSec") == ["2"]
    assert setting(unit, "StartLimitIntervalSec", "Unit") == ["0"]


@pytest.mark.parametrize("unit", [AGENT, "daedam-central@.service"])
def test_systemd_watches_the_process_itself_and_not_its_children(unit: str) -> None:
    assert setting(unit, "Type") == ["notify"]
    assert setting(unit, "NotifyAccess") == ["main"]
    assert setting(unit, "WatchdogSec") == ["15"]


def test_a_room_that_stops_has_the_time_that_it_takes_itself() -> None:
    assert float(setting(AGENT, "TimeoutStopSec")[0]) >= room.DRAIN_S + 2 + 15


def test_a_start_with_other_settings_is_no_failure() -> None:
    assert setting(AGENT, "SuccessExitStatus") == [str(RESTART_STATUS)]


def test_both_names_of_nvidias_device_are_allowed() -> None:
    allowed = {line.split()[0] for line in setting(AGENT, "DeviceAllow")}
    assert {"char-video4linux", "char-alsa", "char-drm", "char-media"} <= allowed
    assert {"char-nvidia", "char-nvidia-frontend", "char-nvidia-uvm"} <= allowed
    assert setting(AGENT, "DevicePolicy") == ["closed"]


def test_the_browser_has_neither_camera_nor_sound_nor_the_agents_files() -> None:
    unit = "daedam-kiosk.service"
    assert setting(unit, "PrivateDevices") == ["yes"]
    shown = setting(unit, "BindPaths")[0].split()
    assert "-/dev/dri" in shown
    assert not [path for path in shown if "snd" in path or "video" in path or "media" in path]
    assert setting(unit, "User") == ["daedam-kiosk"]
    assert "daedam" not in " ".join(setting(unit, "SupplementaryGroups")).split()
    assert "-/var/lib/daedam" in setting(unit, "InaccessiblePaths")[0].split()


@pytest.mark.parametrize("key", ["MemoryMax", "DeviceAllow", "IPAddressDeny", "TasksMax"])
def test_the_browsers_unit_promises_nothing_that_a_session_escapes(key: str) -> None:
    """`pam_systemd` moves it out of the unit's control group."""
    assert setting("daedam-kiosk.service", "PAMName")
    assert setting("daedam-kiosk.service", key) == []


def test_every_role_of_central_has_its_file() -> None:
    assert {one.name for one in UNITS.glob("daedam-central@*.service.d")} == {
        f"daedam-central@{role}.service.d" for role in ROLES
    }


@pytest.mark.parametrize("path", sorted(UNITS.rglob("*.conf")), ids=lambda path: path.parent.name)
def test_a_roles_file_can_be_read(path: Path) -> None:
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]  # systemd minds the case
    found.read_string(path.read_text())
    assert "Service" in found
