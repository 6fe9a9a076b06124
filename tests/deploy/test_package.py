"""The Debian package, made from an environment that is a few files: what is in it, and what its scripts
do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.debian import environment
from deploy.debian.__main__ import main, packed, release
from deploy.debian.tree import CONFFILES, REPOSITORY, VENV
from edge_agent.service.status import BUSY
from tests.deploy.fake_root import UNITS

pytestmark = [
    pytest.mark.unit,
    pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="packages are made on Debian"),
]

SCRIPTS = REPOSITORY / "deploy" / "debian" / "scripts"
SITE = "lib/python3.11/site-packages"


def light_venv(folder: Path) -> Path:
    """As `venv` and pip leave one behind: the place where it was made is all over it."""
    made_in = "/build/somewhere/venv"
    for path, text in {
        "pyvenv.cfg": f"home = /usr/bin\ncommand = /usr/bin/python3.11 -m venv {made_in}\n",
        "bin/edge-agent": f"#!{made_in}/bin/python3\nprint('agent')\n",
        "bin/long": f"#!/bin/sh\n'''exec' {made_in}/bin/python3 \"$0\" \"$@\"\n' '''\n",
        "bin/central": f"#!{made_in}/bin/python3\n",
        f"{SITE}/edge_agent/__init__.py": "x = 1\n",
        f"{SITE}/edge_agent/__pycache__/old.pyc": made_in,
        f"{SITE}/edge_agent/fast.so": "",
        f"{SITE}/central/__init__.py": "",
        f"{SITE}/daedam-0.1.0.dist-info/direct_url.json": "file:///build",
        f"{SITE}/daedam-0.1.0.dist-info/METADATA": "",
    }.items():
        to = folder / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text)
    for script in (*(folder / "bin").iterdir(), folder / SITE / "edge_agent/fast.so"):
        script.chmod(0o775)
    (folder / "bin/python3").symlink_to("/usr/bin/python3.11")
    (folder / "bin/python").symlink_to("python3")
    return folder


def made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    stage = folder / "root"
    shutil.copytree(light_venv(folder / "venv"), stage / VENV.lstrip("/"), symlinks=True)
    environment.settle(stage)
    return packed(stage, release(), folder / "out", 1)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as monkeypatch:
        return made(tmp_path_factory.mktemp("deb"), monkeypatch)


@pytest.fixture(scope="module")
def content(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    subprocess.run(["dpkg-deb", "-x", str(package), str(folder)], check=True, timeout=50)
    return folder


def asked(package: Path, *words: str) -> str:
    done = subprocess.run(
        ["dpkg-deb", *words[:1], str(package), *words[1:]],
        check=True,
        capture_output=True,
        text=True,
        timeout=50,
    )
    return done.stdout


def test_the_units_are_those_that_are_tested(content: Path) -> None:
    brought = {path.name: path.read_text() for path in (content / "lib/systemd/system").iterdir()}
    assert brought == {
        name: (UNITS / name).read_text()
        for name in ("daedam-edge.service", "daedam-enrol.service", "daedam-kiosk.service")
    }
    for kind in ("sysusers", "tmpfiles"):
        text = (content / f"usr/lib/{kind}.d/daedam-edge.conf").read_text()
        assert text == (UNITS / f"daedam-edge.{kind}").read_text()


def test_settings_are_the_administrators(package: Path, content: Path) -> None:
    assert tuple(asked(package, "-I", "conffiles").splitlines()) == CONFFILES
    for one in CONFFILES:
        assert (content / one.lstrip("/")).is_file()


def test_the_environment_looks_for_itself_where_it_will_lie(content: Path) -> None:
    venv = content / VENV.lstrip("/")
    assert (venv / "bin/edge-agent").read_text().startswith(f"#!{VENV}/bin/python3\n")
    assert f"'''exec' {VENV}/bin/python3" in (venv / "bin/long").read_text()
    assert f"-m venv {VENV}" in (venv / "pyvenv.cfg").read_text()
    assert (venv / "bin/python3").readlink() == Path("/usr/bin/python3.11")
    assert (content / "usr/bin/edge-agent").readlink() == Path(VENV) / "bin/edge-agent"
    traces = [path for path in venv.rglob("*") if path.is_file() and b"/build" in path.read_bytes()]
    assert traces == []


def test_compiled_files_name_the_place_where_they_will_lie(content: Path) -> None:
    compiled = list((content / VENV.lstrip("/")).rglob("*.pyc"))
    assert [path.name.split(".")[0] for path in compiled] == ["__init__"]
    assert f"{VENV}/{SITE}/edge_agent/__init__.py".encode() in compiled[0].read_bytes()


def test_a_room_gets_neither_centrals_side_nor_models(content: Path) -> None:
    names = {path.name for path in content.rglob("*")}
    assert "central" not in names
    assert not [name for name in names if name.endswith((".task", ".onnx", ".tflite"))]
    assert "direct_url.json" not in names


def test_everything_is_roots_and_nobody_else_may_write(package: Path) -> None:
    lines = [line.split() for line in asked(package, "-c").splitlines()]
    assert {line[1] for line in lines} == {"root/root"}
    assert not [line for line in lines if line[0][0] != "l" and "w" in line[0][4:]]
    assert not [line for line in lines if "s" in line[0].lower()[1:]]
    modes = {Path(line[5]).name: line[0] for line in lines}
    assert modes["fast.so"] == "-rw-r--r--"
    assert modes["long"] == modes["kiosk"] == "-rwxr-xr-x"


def test_the_package_says_what_it_needs(package: Path) -> None:
    fields = dict(line.split(": ", 1) for line in asked(package, "-f").splitlines() if ": " in line)
    needed = {one.split()[0] for one in fields["Depends"].split(", ")}
    assert {"python3.11", "systemd", "libgl1", "libegl1", "libportaudio2", "espeak-ng"} <= needed
    assert {"cage", "chromium"} <= set(fields["Recommends"].split(", "))
    assert fields["Package"] == "daedam-edge"
    assert int(fields["Installed-Size"]) > 0


def test_every_file_has_its_sum(package: Path, content: Path) -> None:
    lines = [line.split("  ", 1) for line in asked(package, "-I", "md5sums").splitlines()]
    files = {
        str(path.relative_to(content))
        for path in content.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    assert {name for _, name in lines} == files - {one.lstrip("/") for one in CONFFILES}


def test_the_same_sources_make_the_same_package(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made(tmp_path, monkeypatch).read_bytes() == package.read_bytes()


def test_an_environment_without_the_agent_is_refused(tmp_path: Path) -> None:
    (tmp_path / "venv/bin").mkdir(parents=True)
    with pytest.raises(SystemExit, match="does not hold the agent"):
        main(["--venv", str(tmp_path / "venv"), "--out", str(tmp_path)])


def test_an_environment_of_other_sources_is_refused(tmp_path: Path) -> None:
    units = light_venv(tmp_path / VENV.lstrip("/")) / SITE / "edge_agent/installation/units"
    units.mkdir(parents=True)
    (units / "daedam-edge.service").write_text("[Unit]\n")
    with pytest.raises(SystemExit, match="made from other sources"):
        environment.settle(tmp_path)


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one of dpkg's scripts where systemd, the agent and `/` are stand-ins."""
    tools, root = tmp_path / "tools", tmp_path / "root"
    tools.mkdir()
    (root / "run/systemd/system").mkdir(parents=True)
    for name in ("systemd-sysusers", "systemd-tmpfiles", "edge-agent"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*" >>"$LOG"\n')
    (tools / "systemctl").write_text(
        '#!/bin/sh\necho "systemctl $*" >>"$LOG"\n'
        'case $1 in show) echo "$STATUS" ;; is-active) [ -n "$ACTIVE" ] ;; esac\n'
    )
    for tool in tools.iterdir():
        tool.chmod(0o755)

    def run(name: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        text = (SCRIPTS / name).read_text()
        for place in ("/run/", "/var/", "/etc/daedam"):
            text = text.replace(place, f"{root}{place}")
        text = text.replace(f"{VENV}/bin/", f"{tools}/")
        there = tmp_path / name
        there.write_text(text)
        return subprocess.run(
            ["sh", str(there), *words],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            env={
                "PATH": f"{tools}:{os.environ['PATH']}",
                "LOG": str(tmp_path / "log"),
                "STATUS": "",
                "ACTIVE": "",
                **env,
            },
        )

    return run


def log(tmp_path: Path) -> list[str]:
    path = tmp_path / "log"
    return path.read_text().splitlines() if path.exists() else []


Script = Callable[..., subprocess.CompletedProcess[str]]


def test_a_new_package_starts_nothing_and_says_what_follows(tmp_path: Path, script: Script) -> None:
    done = script("postinst", "configure", "")
    assert done.returncode == 0, done.stderr
    assert log(tmp_path) == [
        "systemd-sysusers daedam-edge.conf",
        "systemd-tmpfiles --create daedam-edge.conf",
        "systemctl daemon-reload",
    ]
    assert "models build" in done.stdout
    assert "enrol" in done.stdout


def test_what_ran_before_an_update_runs_after_it(tmp_path: Path, script: Script) -> None:
    assert script("prerm", "upgrade", "0.2.0", ACTIVE="yes").returncode == 0
    assert "systemctl stop daedam-kiosk.service daedam-edge.service" in log(tmp_path)
    assert script("postinst", "configure", "0.1.0").returncode == 0
    started = [line for line in log(tmp_path) if "start" in line.split()]
    assert started == ["systemctl start --no-block daedam-edge.service daedam-kiosk.service"]


def test_what_was_stopped_before_an_update_stays_so(tmp_path: Path, script: Script) -> None:
    assert script("prerm", "upgrade", "0.2.0").returncode == 0
    assert script("postinst", "configure", "0.1.0").returncode == 0
    assert not [line for line in log(tmp_path) if "start" in line.split()]


@pytest.mark.parametrize("why", ["upgrade", "failed-upgrade", "remove"])
def test_an_interview_is_not_cut_off_by_a_package(tmp_path: Path, script: Script, why: str) -> None:
    status = f"{BUSY}: answering, question 2 of 5; link online"
    refused = script("prerm", why, STATUS=status, ACTIVE="yes")
    assert refused.returncode == 1
    assert "wait for its end" in refused.stderr
    assert not [line for line in log(tmp_path) if "stop" in line.split()]
    forced = script("prerm", why, STATUS=status, ACTIVE="yes", DAEDAM_DURING_INTERVIEW="yes")
    assert forced.returncode == 0


def test_removing_the_package_undoes_the_installation_first(tmp_path: Path, script: Script) -> None:
    assert script("prerm", "remove").returncode == 0
    did = log(tmp_path)
    assert did.index("edge-agent uninstall --force") < did.index(
        "systemctl stop daedam-kiosk.service daedam-edge.service"
    )


@pytest.mark.parametrize(("asked_for", "stays"), [("no", True), ("yes", False)])
def test_a_purge_keeps_records_unless_it_is_asked_otherwise(
    tmp_path: Path, script: Script, asked_for: str, stays: bool
) -> None:
    state = tmp_path / "root/var/lib/daedam"
    for name in ("spool", "models"):
        (state / name).mkdir(parents=True)
    done = script("postrm", "purge", DAEDAM_PURGE_SPOOL=asked_for)
    assert done.returncode == 0, done.stderr
    assert (state / "spool").exists() is stays
    assert not (state / "models").exists()
    assert ("is kept" in done.stdout) is stays
