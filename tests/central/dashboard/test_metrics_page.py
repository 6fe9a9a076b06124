"""`/metrics` on the dashboard's port: for this machine and for IT, not for whoever a proxy lets in."""

from __future__ import annotations

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from central.config import Dashboard
from central.dashboard.app import create_app
from tests.fakes.board import Board, config_in, session_cookie
from tests.fakes.live_bus import FakeLiveBus

pytestmark = pytest.mark.integration

LOCAL = {"host": "127.0.0.1:8080"}


async def asked(
    board: Board, peer: str, headers: dict[str, str], *, public_url: str = ""
) -> httpx.Response:
    config = config_in(board.config.data_dir, dashboard=Dashboard(public_url=public_url))
    app = create_app(config, board.engine, FakeLiveBus())
    transport = httpx.ASGITransport(app, client=(peer, 5))  # type: ignore[arg-type] # see board.py
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
        return await client.get("/metrics", headers=headers)


@pytest.mark.parametrize(
    ("peer", "headers", "site", "status"),
    [
        ("127.0.0.1", LOCAL, "", 200),
        ("::1", {"host": "localhost:8080"}, "", 200),
        ("127.0.0.1", LOCAL, "http://127.0.0.1:8080", 200),
        ("10.0.0.5", LOCAL, "", 303),
        ("127.0.0.1", LOCAL | {"x-forwarded-for": "10.0.0.5"}, "", 303),
        ("127.0.0.1", LOCAL | {"via": "1.1 proxy"}, "", 303),
        ("127.0.0.1", LOCAL, "https://interviews.example.org", 303),
        ("127.0.0.1", {"host": "evil.example.org"}, "", 303),  # a name that leads here
    ],
)
async def test_strangers_get_no_figures(
    board: Board, peer: str, headers: dict[str, str], site: str, status: int
) -> None:
    headers = headers | {"accept": "application/json"}
    answer = await asked(board, peer, headers, public_url=site)
    assert answer.status_code == status
    if status == 200:
        names = {one.name for one in text_string_to_metric_families(answer.text)}
        assert "daedam_dashboard_live_events" in names


@pytest.mark.parametrize(
    ("person", "status"), [("it", 200), ("admin", 200), ("interviewer", 403), ("candidate", 403)]
)
async def test_it_gets_them_from_anywhere(board: Board, person: str, status: int) -> None:
    cookie = session_cookie(board.config, board.people[person])
    headers = {"cookie": cookie, "accept": "application/json", "host": "board.example.org"}
    answer = await asked(board, "10.0.0.5", headers)
    assert answer.status_code == status
