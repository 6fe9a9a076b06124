"""All of Daedam on this machine: `central up`, one room with its agent over mTLS, people, a plan."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from central.config import Config, Metrics, Speech, load
from central.dashboard.auth import passwords
from central.errors import Refused
from central.fleet.authority import Authority
from central.fleet.rooms import add_agent, add_room
from central.storage import users
from central.storage.engine import create_engine, sessions
from central.storage.pool import open_pool
from central.supervisor.first_start import authority_folder
from central.supervisor.settings import as_toml
from central.supervisor.up import ADDRESSES
from tests.story.api import Api, signed_in, until
from tests.story.enrolled import enrol
from tests.story.processes import alive, running

Tell = Callable[[str], None]
QUESTIONS = ("hard_problem", "disagreement", "deadline_missed", "best_team")
"""Keys of the bank, in the order of the demo candidate's answers."""
PEOPLE = (
    ("admin", "admin"), ("interviewer", "interviewer"), ("recruiter", "recruiter"),
    ("candidate", "candidate"),
)  # fmt: skip
_START_S = 90.0
_CERTIFICATE_S = 5 * 86_400
"""A room's certificate lives a week; the demo makes a new one in time."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running central: what it was told, where it listens, who may sign in."""

    data: Path
    config: Config
    dashboard: str
    gateway: str
    password: str
    log: Path


@dataclass(frozen=True, slots=True)
class RoomPc:
    """A running agent."""

    code: str
    kiosk_url: str
    log: Path


@asynccontextmanager
async def central_up(
    data: Path, *, dashboard_port: int = 0, metrics_port: int = 0
) -> AsyncIterator[Site]:
    """`central up` on the folder `data`/central, ready, with people who can sign in."""
    folder = (data / "central").absolute()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    (folder / "central.toml").write_text(
        _settings(folder, dashboard_port, metrics_port), encoding="utf-8"
    )
    addresses = folder / ADDRESSES
    addresses.unlink(missing_ok=True)
    log = data / "central.log"
    async with running("central", ["central", "up", "--data", str(folder)], log) as process:
        await _until_there(addresses, "central", process, log)
        where: dict[str, str] = json.loads(addresses.read_text(encoding="utf-8"))
        config = load(folder / "run" / "central.toml")
        password = _password(data)
        await _add_people(config, password)
        yield Site(data, config, where["dashboard"], where["gateway"], password, log)


@asynccontextmanager
async def room_pc(
    site: Site,
    models: Path,
    *,
    code: str = "demo",
    replay: Path | None = None,
    camera: str | None = None,
    kiosk_port: int = 0,
    gateway: str = "",
) -> AsyncIterator[RoomPc]:
    """One agent in the room `code`, enrolled; `gateway` is where it looks for central's, where that is
    not where central says.
    """
    folder = site.data / "rooms" / code
    folder.mkdir(parents=True, exist_ok=True)
    enrolment = f"127.0.0.1:{site.config.gateway.enrolment_port}"
    settings, url_file = _edge_settings(
        folder,
        gateway or site.gateway,
        enrolment,
        models,
        replay=replay,
        camera=camera,
        kiosk_port=kiosk_port,
    )
    async with staff(site) as api:
        await enrol(api, code, settings)
    log = site.data / "room.log"
    async with running("room", ["edge_agent", "run", "--config", str(settings)], log) as process:
        await _until_there(url_file, "the room's agent", process, log)
        yield RoomPc(code, url_file.read_text(encoding="utf-8").strip(), log)


async def schedule(site: Site, api: Api, code: str, keys: tuple[str, ...] = QUESTIONS) -> str:
    """Plan an interview with these questions of the bank and start it in the room; its id."""
    await connected(site, api, code)
    interview = await planned(api, keys)
    await api.post(f"/interviews/{interview}/start", {"room": code})
    return interview


async def connected(site: Site, api: Api, code: str) -> None:
    """The room is there, as central sees it."""

    async def there() -> bool:
        return bool((await api.get(f"/rooms/{code}"))["room"]["connected"])

    await until(_START_S, f"room {code} to connect; see {site.data / 'room.log'}", there)


async def planned(
    api: Api,
    keys: tuple[str, ...],
    *,
    language: str = "en",
    silence_s: int = 3,
    policy: str | None = None,
) -> str:
    """An interview with these questions of the bank, that nobody has started; its id."""
    bank = {entry["key"]: entry["id"] for entry in await api.get("/questions", language=language)}
    candidate = next(user for user in await api.get("/users") if user["username"] == "candidate")
    plan = {
        "candidate_id": candidate["id"],
        "position": "Backend engineer",
        "company": "Daedam demo",
        "language": language,
        "question_count": 0,
        "answer_end_silence_s": silence_s,
        "policy": policy,
    }
    interview = str((await api.post("/interviews", plan))["id"])
    for key in keys:
        await api.post(f"/interviews/{interview}/questions", {"bank_question_id": bank[key]})
    return interview


def staff(site: Site, username: str = "admin") -> Any:
    """The API, signed in as one of `PEOPLE`."""
    return signed_in(site.dashboard, username, site.password)


async def free_room(site: Site) -> str:
    """A room of the demo without an unfinished interview (an agent that was stopped in the middle of
    one does not finish it).
    """
    async with staff(site) as api:
        live = {one["room"] for one in await api.get("/interviews", status="live")}
    return next(code for n in range(1, 1000) if (code := f"demo-{n}") not in live)


def port_from(first: int) -> int:
    """`first`, or the next port on loopback that nobody listens on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return 0


def _edge_settings(
    folder: Path,
    gateway: str,
    enrolment: str,
    models: Path,
    *,
    replay: Path | None,
    camera: str | None,
    kiosk_port: int,
) -> tuple[Path, Path]:
    """Writes the agent's settings; where they are, and where it will write the kiosk's address."""
    url_file = (folder / "kiosk.url").absolute()
    url_file.unlink(missing_ok=True)
    told: dict[str, dict[str, Any]] = {
        "central": {
            "address": gateway,
            "enrolment_address": enrolment,
        },
        "kiosk": {"port": kiosk_port, "url_file": str(url_file)},
        "models": {"folder": str(models.absolute())},
        "spool": {"allow_unencrypted": True},  # nobody but ourselves is interviewed here
    }
    if replay is not None:
        told["replay"] = {"file": str(replay.absolute())}
        told["speaker"] = {"output": "silent"}
    if camera is not None:
        told["camera"] = {"device": camera}
    settings = folder / "edge.toml"
    settings.write_text(_toml(told), encoding="utf-8")
    return settings, url_file


def _settings(folder: Path, dashboard_port: int, metrics_port: int) -> str:
    config = Config(data_dir=folder)
    whisper = os.environ.get("DAEDAM_WHISPER", "")
    return as_toml(
        msgspec.structs.replace(
            config,
            gateway=msgspec.structs.replace(config.gateway, port=0, enrolment_port=0),
            dashboard=msgspec.structs.replace(config.dashboard, port=dashboard_port),
            speech=Speech(whisper_model=whisper),
            metrics=Metrics(port=metrics_port),
        )
    )


def _password(data: Path) -> str:
    file = data / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return file.read_text(encoding="utf-8")


async def _add_people(config: Config, password: str) -> None:
    engine = create_engine(config.database.url, 1)
    names = {
        "admin": "Ada Admin",
        "interviewer": "Ivy Interviewer",
        "recruiter": "Rae Recruiter",
        "candidate": "Cho Candidate",
    }
    try:
        for username, role in PEOPLE:
            async with sessions(engine)() as session:
                if await users.by_login(session, username) is not None:
                    continue
                new = users.NewUser(
                    f"{username}@demo.example",
                    username,
                    role,
                    await passwords.hashed(password),
                    names[username],
                    "en",
                )
                await users.create(session, new, actor_id=None)
                await session.commit()
    finally:
        await engine.dispose()


async def admit(config: Config, code: str, folder: Path) -> None:
    """Add a room, and an agent to it: its certificates, in `folder`."""
    certificate = folder / "agent.crt"
    if certificate.exists() and time.time() - certificate.stat().st_mtime < _CERTIFICATE_S:
        return
    authority = Authority.load(authority_folder(config), config.organisation)
    pool = await open_pool(config.database.url, 1)
    try:
        async with pool.connection() as conn:
            await add_room(conn, code, f"Room {code}")
            await add_agent(conn, authority, code, folder)
    except Refused as error:
        raise RuntimeError(str(error)) from error
    finally:
        await pool.close()


async def _until_there(
    file: Path, name: str, process: asyncio.subprocess.Process, log: Path
) -> None:
    async def there() -> bool:
        await alive(name, process, log)
        return bool(_text(file))

    await until(_START_S, f"{name} to be ready; see {log}", there)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _toml(document: dict[str, dict[str, Any]]) -> str:
    lines = []
    for section, values in document.items():
        lines += [f"[{section}]", *(f"{key} = {json.dumps(v)}" for key, v in values.items()), ""]
    return "\n".join(lines)
