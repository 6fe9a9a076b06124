"""`edge-agent install` and `uninstall`: the same twice, and nothing left that was not there before."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.__main__ import main
from edge_agent.config import Config, parse
from edge_agent.errors import ConfigError, EdgeError, InstallError
from edge_agent.installation import command, machine
from edge_agent.installation.install import install
from edge_agent.installation.record import PLACE, Record, formatted, parsed
from edge_agent.installation.rendering import AGENT, CONFIG, KIOSK, URL_FILE, Wanted, rendered
from edge_agent.installation.shipped import shipped
from edge_agent.installation.uninstall import uninstall
from tests.deploy.fake_root import UNITS, fake_root, systemd_analyze
from tests.fakes.machines import FakeMachine

pytestmark = pytest.mark.unit

UNIT = f"/etc/systemd/system/{AGENT}"
DROP_IN = f"{UNIT}.d/10-room.conf"


def configured(change: Mapping[str, Mapping[str, object]] | None = None) -> Config:
    """The example settings, with some keys set otherwise."""
    import tomllib

    document = tomllib.loads(shipped("edge.toml"))
    for section, values in (change or {}).items():
        document.setdefault(section, {}).update(values)
    return parse(document, Path("/etc/daedam"))


def installed(pc: FakeMachine, **more: object) -> list[str]:
    said: list[str] = []
    install(pc, Wanted(configured(), **more), said.append)  # type: ignore[arg-type]  # by name
    return said


def test_what_is_shipped_is_what_is_installed() -> None:
    pc = FakeMachine()
    installed(pc)
    assert pc.files[UNIT] == (UNITS / AGENT).read_text()
    assert pc.files["/etc/pam.d/daedam-kiosk"] == (UNITS / "daedam-kiosk.pam").read_text()
    assert pc.modes["/usr/lib/daedam/kiosk"] == 0o755
    assert pc.did == ["accounts", "folders", "reload", f"enable {AGENT}", f"enable {KIOSK}"]
    assert not [path for path in pc.files if path.endswith("10-room.conf")]


def test_a_second_installation_changes_nothing() -> None:
    pc = FakeMachine()
    installed(pc)
    before, pc.did = dict(pc.files), []
    assert installed(pc) == ["nothing to change"]
    assert (pc.files, pc.did) == (before, [])


def test_a_dry_run_shows_a_diff_and_touches_nothing() -> None:
    pc = FakeMachine({UNIT: shipped(AGENT).replace("WatchdogSec=15", "WatchdogSec=60")})
    said: list[str] = []
    install(pc, Wanted(configured()), said.append, dry_run=True)
    text = "\n".join(said)
    assert f"--- {UNIT}\n+++ {UNIT}\n" in text
    assert "\n-WatchdogSec=60\n+WatchdogSec=15\n" in text
    assert f"# would enable {AGENT}" in text
    assert "--- /dev/null\n+++ /etc/daedam/edge.toml" in text
    assert (list(pc.files), pc.did) == ([UNIT], [])


def test_what_a_package_brought_is_left_to_the_package() -> None:
    bare = FakeMachine()
    installed(bare)
    vendor = {
        path: text for path, text in bare.files.items() if path.startswith(("/usr", "/etc/pam"))
    }
    for file in rendered(Wanted(configured()), shipped):
        vendor[file.vendor or file.path] = file.text
    pc = FakeMachine({**vendor, CONFIG: shipped("edge.toml")})
    installed(pc)
    assert pc.files.keys() - vendor.keys() == {CONFIG, PLACE}
    uninstall(pc, lambda _: None)
    assert pc.files == {**vendor, CONFIG: shipped("edge.toml")}


def test_a_copy_of_ours_goes_when_a_package_brings_the_same() -> None:
    pc = FakeMachine()
    installed(pc)
    pc.files[f"/lib/systemd/system/{AGENT}"] = shipped(AGENT)
    assert f"removed {UNIT}" in installed(pc)


def test_other_paths_are_a_drop_in_and_the_unit_stays_as_it_is() -> None:
    config = configured(
        {"spool": {"folder": "/srv/room/spool"}, "central": {"identity": "/srv/room/id.pem"}}
    )
    pc = FakeMachine({"/srv/edge.toml": ""})
    install(pc, Wanted(config, "/srv/edge.toml", "/srv/venv/bin/edge-agent"), lambda _: None)
    assert pc.files[UNIT] == shipped(AGENT)
    lines = pc.files[DROP_IN].splitlines()
    assert "ExecStart=/srv/venv/bin/edge-agent run --config /srv/edge.toml" in lines
    assert "ReadWritePaths=/srv/room/spool" in lines
    assert lines.index("ConditionPathExists=") < lines.index(
        "ConditionPathExists=|/srv/room/id.pem"
    )
    assert "d /srv/room/spool 0700 daedam daedam -" in pc.files["/etc/tmpfiles.d/daedam-room.conf"]


def test_systemd_finds_nothing_wrong_with_the_drop_ins(tmp_path: Path) -> None:
    root = fake_root(tmp_path)
    config = configured(
        {
            "spool": {"folder": "/srv/room/spool"},
            "central": {"identity": "/srv/room/100%/id.pem"},
            "kiosk": {"url_file": "/srv/room/url"},
        }
    )
    program = "/opt/daedam/venv/bin/edge-agent"
    for file in rendered(Wanted(config, "/srv/edge.toml", program), shipped):
        to = root / file.path.lstrip("/")
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(file.text)
    for unit in (AGENT, "daedam-enrol.service", KIOSK):
        done = systemd_analyze(
            "verify", f"--root={root}", "--man=no", "--recursive-errors=no", unit
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, ""), unit


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("spool", "folder", "/home/kim/spool"),
        ("spool", "folder", "spool"),  # beside the settings, in /etc
        ("central", "identity", "/root/identity.pem"),
        ("models", "folder", "/tmp/models"),
        ("replay", "file", "/home/kim/film.mp4"),
        ("kiosk", "url_file", "/home/kim/url"),
    ],
)
def test_what_the_service_could_not_reach_is_refused_by_name(
    section: str, key: str, value: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        rendered(Wanted(configured({section: {key: value}})), shipped)
    assert refused.value.key == f"{section}.{key}"


@pytest.mark.parametrize("path", ["/srv/a b", '/srv/"', "/srv/a\nExecStart=/bin/sh", "/srv/$(id)"])
def test_a_path_cannot_smuggle_a_line_into_a_unit(path: str) -> None:
    with pytest.raises(ConfigError, match="no place in a unit file"):
        rendered(Wanted(configured({"spool": {"folder": path}})), shipped)


def test_a_kiosk_needs_to_know_where_the_page_is() -> None:
    config = configured({"kiosk": {"url_file": None}})
    with pytest.raises(ConfigError, match=f'set it to "{URL_FILE}"'):
        rendered(Wanted(config), shipped)
    assert KIOSK not in {file.path for file in rendered(Wanted(config, kiosk=False), shipped)}


def test_a_room_that_gives_up_its_screen_loses_the_browser_and_keeps_the_agent() -> None:
    pc = FakeMachine()
    installed(pc)
    pc.did = []
    installed(pc, kiosk=False)
    assert pc.enabled == {AGENT}
    assert f"disable {KIOSK}" in pc.did
    assert f"/etc/systemd/system/{KIOSK}" not in pc.files
    assert "/usr/lib/daedam/kiosk" not in pc.files


def test_uninstalling_leaves_what_was_there_before_and_what_the_room_holds() -> None:
    there = {CONFIG: shipped("edge.toml"), "/var/lib/daedam/spool/1.seg": "x"}
    pc = FakeMachine(dict(there))
    installed(pc)
    said: list[str] = []
    uninstall(pc, said.append)
    assert (pc.files, pc.enabled) == (there, set())
    assert said[-2].startswith("/var/lib/daedam stays")
    uninstall(pc, said.append)
    assert said[-1] == "nothing to remove"


def test_purging_takes_records_and_identity_too() -> None:
    pc = FakeMachine({"/var/lib/daedam/spool/1.seg": "x", "/srv/other": "y"})
    installed(pc)
    uninstall(pc, lambda _: None, purge=True)
    assert pc.files == {"/srv/other": "y"}


def test_what_was_changed_by_hand_is_kept_beside() -> None:
    pc = FakeMachine()
    installed(pc)
    pc.files[UNIT] += "# ours\n"
    uninstall(pc, lambda _: None)
    assert pc.files[f"{UNIT}.saved"].endswith("# ours\n")
    assert UNIT not in pc.files


def test_a_dry_run_removes_nothing() -> None:
    pc = FakeMachine()
    installed(pc)
    before, pc.did = dict(pc.files), []
    said: list[str] = []
    uninstall(pc, said.append, purge=True, dry_run=True)
    assert (pc.files, pc.did) == (before, [])
    assert f"would remove {UNIT}" in said


def test_an_interview_is_not_cut_off() -> None:
    pc = FakeMachine(says="in an interview: answering, question 2 of 5; link online")
    installed(pc)
    with pytest.raises(InstallError, match="wait for its end"):
        uninstall(pc, lambda _: None)
    uninstall(pc, lambda _: None, force=True)
    assert UNIT not in pc.files


def test_without_root_the_line_that_works_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr("sys.argv", ["edge-agent", "install", "--root", str(tmp_path)])
    assert main(["install", "--root", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said == f"edge-agent: only root may do this: sudo edge-agent install --root {tmp_path}\n"


@given(
    files=st.dictionaries(
        st.from_regex(r"/[a-z/ ]{1,9}", fullmatch=True), st.text("af09", min_size=1)
    ),
    units=st.lists(st.sampled_from([AGENT, KIOSK]), unique=True),
)
def test_a_record_is_read_as_it_was_written(files: dict[str, str], units: list[str]) -> None:
    record = Record(files, tuple(sorted(units)))
    assert parsed(formatted(record)) == record


@pytest.mark.parametrize("text", [None, "", "# only words\n", "file\nunit\nfile x y\n"])
def test_a_record_that_says_nothing_removes_nothing(text: str | None) -> None:
    assert parsed(text) == Record()


def test_a_wrong_settings_file_is_named() -> None:
    pc = FakeMachine({CONFIG: "[central"})
    with pytest.raises(EdgeError, match="is not TOML"):
        command.settings(pc, CONFIG)
    with pytest.raises(EdgeError, match="there is no such file"):
        command.settings(pc, "/srv/none.toml")


@pytest.mark.skipif(os.geteuid() != 0, reason="accounts and folders need root")
@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="needs systemd")
def test_an_image_gets_accounts_folders_and_enabled_units(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "etc").mkdir()
    assert main(["install", "--root", str(tmp_path)]) == 0
    accounts = (tmp_path / "etc/passwd").read_text()
    uid = {line.split(":")[0]: int(line.split(":")[2]) for line in accounts.splitlines()}
    state = tmp_path / "var/lib/daedam"
    assert (state.stat().st_uid, stat.S_IMODE(state.stat().st_mode)) == (uid["daedam"], 0o700)
    page = tmp_path / "run/daedam-kiosk"
    groups = (tmp_path / "etc/group").read_text().splitlines()
    kiosk_gid = next(int(line.split(":")[2]) for line in groups if line.startswith("daedam-kiosk:"))
    assert page.stat().st_gid == kiosk_gid
    assert stat.S_IMODE(page.stat().st_mode) == 0o2750
    assert (tmp_path / "etc/systemd/system/multi-user.target.wants" / AGENT).is_symlink()
    capsys.readouterr()
    assert main(["install", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "nothing to change\n"
    assert main(["uninstall", "--root", str(tmp_path)]) == 0
    left = [one for one in (tmp_path / "etc/systemd").rglob("*") if not one.is_dir()]
    assert left == []
    assert (tmp_path / "etc/daedam/edge.toml").is_file()
    assert pwd.getpwuid(0).pw_name == "root"  # this machine's accounts are as they were
    assert machine.RealMachine(tmp_path).status(AGENT) == ""
