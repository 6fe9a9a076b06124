"""A dashboard over a real database with people, a room and questions in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bcrypt
import httpx
from litestar import Litestar
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from central.config import Config
from central.dashboard.app import app_over
from central.dashboard.auth import keys
from central.dashboard.auth.browser import COOKIE, cookies
from central.dashboard.means import Means, means
from central.storage import users
from central.storage.engine import create_engine, sessions
from central.storage.tables import BankQuestion, InterviewQuestion, Room, Turn
from central.storage.users import Account, NewUser
from tests.fakes.live_bus import FakeLiveBus

PASSWORD = "correct horse battery"
ROLES = ("candidate", "interviewer", "recruiter", "admin", "it")
RUBRIC = {
    "version": "1",
    "criteria": [
        {
            "key": "evidence",
            "label": "Evidence",
            "dimension": "depth",
            "weight": 1.0,
            "anchors": ["none", "little", "some", "much", "all"],
        }
    ],
}
_HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
"""Cheap to check: hundreds of tests sign in."""


@dataclass
class Board:
    """The app, its database, and a client that speaks to it."""

    app: Litestar
    engine: AsyncEngine
    bus: FakeLiveBus
    client: httpx.AsyncClient
    config: Config
    transport: httpx.ASGITransport
    people: dict[str, Account] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def maker(self) -> async_sessionmaker[AsyncSession]:
        return sessions(self.engine)

    def serve(self, config: Config) -> None:
        """From now on by other settings, over the same database."""
        self.config, self.app = config, _app(config, self.engine, self.bus)
        self.transport.app = self.app  # type: ignore[assignment] # stricter than ASGI itself

    async def token(self, login: str, password: str = PASSWORD) -> str:
        answer = await self.client.post(
            "/api/v1/token", data={"username": login, "password": password}
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    async def call(self, login: str, method: str, path: str, **given: Any) -> httpx.Response:
        """Ask the API as someone."""
        if login not in self.tokens:
            self.tokens[login] = await self.token(login)
        headers = {"authorization": f"Bearer {self.tokens[login]}"}
        return await self.client.request(method, f"/api/v1{path}", headers=headers, **given)

    async def interview(self, candidate: str = "candidate", questions: int = 2) -> str:
        answer = await self.call(
            "recruiter",
            "POST",
            "/interviews",
            json={
                "candidate_id": str(self.people[candidate].id),
                "position": "Backend Engineer",
                "language": "en",
                "question_count": questions,
            },
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@asynccontextmanager
async def running_board(database_url: str, folder: Path) -> AsyncIterator[Board]:
    """The app without a server; one person of each role with PASSWORD, and a second candidate."""
    engine = create_engine(database_url)
    config = config_in(folder)
    bus = FakeLiveBus()
    app = _app(config, engine, bus)
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type] # stricter than ASGI itself
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://board") as client:
            board = Board(app, engine, bus, client, config, transport)
            board.people = await populate(board.maker)
            yield board
    finally:
        await engine.dispose()


_apps: dict[object, tuple[Litestar, list[Means]]] = {}


def _app(config: Config, engine: AsyncEngine, bus: FakeLiveBus) -> Litestar:
    """One app for all tests of a worker that want the same of it: to build one takes half a second."""
    board = config.dashboard
    kind = (board.token_minutes, board.certificate, board.public_url, board.session_secret)
    if kind not in _apps:
        held: list[Means] = []
        _apps[kind] = app_over(config, lambda: held[0]), held
    app, held = _apps[kind]
    held[:] = [means(config, engine, bus)]
    return app


def config_in(folder: Path, **given: Any) -> Config:
    """A configuration whose session secret is there."""
    secret = folder / "secrets" / "session.key"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_bytes(bytes(range(32)))
    return Config(data_dir=folder, **given)


async def populate(maker: async_sessionmaker[AsyncSession]) -> dict[str, Account]:
    """People, one room ("seoul-1") and four English questions."""
    people: dict[str, Account] = {}
    async with maker.begin() as session:
        for name in (*ROLES, "other"):
            role = "candidate" if name == "other" else name
            new = NewUser(f"{name}@example.org", name, role, _HASH, f"{name} person", "en")
            people[name] = await users.create(session, new, actor_id=None)
        session.add(Room(code="seoul-1", name="Seoul 1"))
        session.add_all(
            BankQuestion(
                key=f"q{index}",
                language="en",
                content=f"What did you do, part {index}?",
                category=category,
                difficulty="medium",
                question_type="experience",
                rubric=RUBRIC,
                content_hash=str(index),
            )
            for index, category in enumerate(
                ("technical", "behavioral", "situational", "cultural_fit")
            )
        )
    return people


async def ask(session: AsyncSession, interview_id: int, question_id: int, **given: Any) -> Turn:
    """A turn, as the gateway would write it."""
    turn = Turn(
        interview_id=interview_id,
        question_id=question_id,
        turn_key=given.pop("turn_key", f"turn-{question_id}"),
        position=given.pop("position", 0),
        asked_text="What did you do?",
        asked_at=datetime.now(UTC),
        asked_mono_ns=1,
        **given,
    )
    session.add(turn)
    await session.flush()
    return turn


async def ask_first(session: AsyncSession, interview_id: int) -> Turn:
    """A turn of the interview's first question."""
    query = select(InterviewQuestion.id).where(InterviewQuestion.interview_id == interview_id)
    question_id = (await session.scalars(query)).first()
    assert question_id is not None
    return await ask(session, interview_id, question_id)


async def browser(board: Board, login: str, language: str = "") -> httpx.AsyncClient:
    """A browser that is signed in, in the language of the account or another."""
    page = httpx.AsyncClient(transport=board.transport, base_url="http://board")
    if language:
        page.cookies.set("language", language)
    await page.get("/login")
    answer = await page.post("/login", data=form(page, login=login, password=PASSWORD, next=""))
    assert answer.status_code == 303, answer.text
    return page


def form(page: httpx.AsyncClient, **values: str) -> dict[str, str]:
    """What a form of this browser sends."""
    return {"_csrf_token": page.cookies["csrftoken"], **values}


def session_cookie(config: Config, account: Account) -> str:
    """A `Cookie` header of this account's browser session, as the login sets it."""
    key = keys.load(config.path(config.dashboard.session_secret)).session
    kept = cookies(key, secure=False)
    backend = kept._backend_class(kept)
    session = {"user": str(account.id), "epoch": account.session_epoch}
    return f"{COOKIE}={backend.dump_data(session)[0].decode()}"
