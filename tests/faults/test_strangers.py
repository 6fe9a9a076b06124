"""Who does not belong, and what cannot be believed, at the real doors of a running central."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from pathlib import Path

import google_crc32c
import httpx
import pytest

from central.fleet.authority import Authority
from central.fleet.rooms import AgentFiles, add_agent, add_room
from central.fleet.root import create_authority
from central.storage.pool import open_pool
from central.supervisor.first_start import authority_folder
from daedam.v1 import record_pb2
from edge_agent.config import Central
from edge_agent.flow import Capabilities, LinkState
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.memory_spool import MemorySpool
from tests.fakes.room_client import gap, record, room
from tests.story.api import until
from tests.story.stack import Site, staff

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(200),
    pytest.mark.asyncio(loop_scope="module"),
]
PATIENCE_S = 60.0


async def admitted(site: Site, code: str, folder: Path) -> AgentFiles:
    """A room with an agent."""
    authority = Authority.load(authority_folder(site.config), site.config.organisation)
    pool = await open_pool(site.config.database.url, 1)
    try:
        async with pool.connection() as conn:
            await add_room(conn, code, f"Room {code}")
            return await add_agent(conn, authority, code, folder)
    finally:
        await pool.close()


def foreign_certificate(files: AgentFiles, folder: Path, _: Site) -> None:
    """Signed by an authority that is not this central's."""
    _issue(create_authority(folder / "elsewhere"), files)


def foreign_central(files: AgentFiles, folder: Path, _: Site) -> None:
    """The agent trusts another authority than this central's."""
    files.authority.write_bytes(create_authority(folder / "elsewhere").certificate)


def never_admitted(files: AgentFiles, _: Path, site: Site) -> None:
    """Signed by this central's authority, for an agent that it does not know."""
    _issue(Authority.load(authority_folder(site.config), site.config.organisation), files)


def _issue(authority: Authority, files: AgentFiles) -> None:
    issued = authority.issue_room("strangers", str(uuid.uuid4()))
    files.certificate.write_bytes(issued.certificate)
    files.private_key.write_bytes(issued.private_key or b"")


@pytest.mark.parametrize(
    ("spoil", "hints"),
    [
        (foreign_certificate, ("agent.crt", "central rooms token")),
        (foreign_central, ("ca.crt", "central rooms token")),
        (never_admitted, ("is not admitted", "agent.crt", "central rooms token")),
    ],
)
async def test_a_room_that_is_let_in_nowhere_says_why_and_what_to_do(
    site: Site,
    tmp_path: Path,
    spoil: Callable[[AgentFiles, Path, Site], None],
    hints: tuple[str, ...],
) -> None:
    files = await admitted(site, "strangers", tmp_path / "agent")
    spoil(files, tmp_path, site)
    settings = Central(
        address=site.gateway,
        ca=files.authority,
        certificate=files.certificate,
        private_key=files.private_key,
    )
    links: list[LinkState] = []
    uplink = Uplink(
        settings,
        MemorySpool(1_000_000),
        facts=Facts("1", "boot", Capabilities("", "", "", "")),
        on_command=lambda _: None,
        on_feedback=lambda _: None,
        on_link=links.append,
    )
    running = asyncio.create_task(uplink.run())
    try:

        async def told() -> bool:
            await asyncio.sleep(0)
            return all(hint in uplink.trouble for hint in hints)

        await until(PATIENCE_S, "the uplink to say what to do", told)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert LinkState.ONLINE not in links


async def test_a_refused_record_is_shown_to_admins_and_the_room_goes_on(
    site: Site, tmp_path: Path
) -> None:
    files = await admitted(site, "poison", tmp_path / "agent")
    huge = record(2, record_pb2.RECORD_KIND_AUDIO, b"x" * (128 * 1024 + 1))
    torn = record(3, record_pb2.RECORD_KIND_UTTERANCE, b"\xff\xff\xff")
    torn.crc32c = google_crc32c.value(torn.payload)
    async with room(site.gateway, files) as (client, _):
        await client.records([gap(1), huge, torn, gap(4)])
        assert [one.seq for one in await client.acked(4)] == [2, 3]
        await client.records([gap(5)])
        assert await client.acked(5) == []
    async with staff(site) as api:
        shown = await api.get("/quarantine", room="poison")
        card = (await api.get("/rooms/poison"))["room"]
    assert {one["seq"]: one["reason"] for one in shown} == {2: "oversize", 3: "malformed"}
    assert all(one["detail"] for one in shown)
    assert card["quarantined"] == 2
    async with browser(site) as page:
        assert (await sign_in(page, "admin", site.password)).status_code == 303
        listed = (await page.get("/quarantine?room=poison")).text
        fleet = (await page.get("/fleet")).text
    assert all(one["detail"] in listed for one in shown)
    assert "poison" in fleet


async def test_a_wrong_password_is_said_on_the_page_and_five_lock_the_account(site: Site) -> None:
    async with browser(site) as page:
        for _ in range(5):
            answer = await sign_in(page, "candidate", "not the password")
            assert answer.status_code == 401
            assert 'role="alert"' in answer.text
            assert "Traceback" not in answer.text
        locked = await sign_in(page, "candidate", site.password)
        assert locked.status_code in {401, 423, 429}
        assert 'role="alert"' in locked.text
        assert (await sign_in(page, "admin", site.password)).status_code == 303


def browser(site: Site) -> httpx.AsyncClient:
    """A browser without a session."""
    return httpx.AsyncClient(base_url=f"http://{site.dashboard}", timeout=20)


async def sign_in(page: httpx.AsyncClient, login: str, password: str) -> httpx.Response:
    """Fill in the form and send it."""
    await page.get("/login")
    form = {"login": login, "password": password, "_csrf_token": page.cookies["csrftoken"]}
    return await page.post("/login", data={**form, "next": ""})
