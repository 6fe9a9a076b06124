"""A gateway that enrols, and a room PC beside it: for tests over real TLS."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from central.fleet import certificates
from central.fleet.authority import ROOM_LIFE, Authority
from central.fleet.rooms import add_token
from central.storage import enrolment
from central.storage.enrolment import NewCertificate
from central.supervisor.plan import free_port
from edge_agent.config import Central
from edge_agent.enrolment.bundle import Bundle, read_bundle
from edge_agent.enrolment.token import Token
from tests.fakes.site import Site, running_site


@dataclass(slots=True)
class Enrolling:
    """A running gateway with both its ports, and folders for room PCs."""

    site: Site
    address: str
    folder: Path

    def pc(self, name: str = "pc") -> Central:
        """The settings of a room PC with nothing on it."""
        port = self.site.config.gateway.enrolment_port
        return Central(
            address=self.address,
            enrolment_address=f"127.0.0.1:{port}",
            identity=self.folder / name / "identity.pem",
            ca=self.folder / name / "none",
            certificate=self.folder / name / "none",
            private_key=self.folder / name / "none",
        )

    async def token(self, minutes: int = 30, room: str | None = None) -> Token:
        """A new token for the site's room."""
        roots = self.site.config.path(self.site.config.gateway.rooms_ca).read_bytes()
        async with self.site.pool.connection() as conn:
            opened = await add_token(conn, roots, room or self.site.room, minutes)
        return Token.parse(opened.text)

    async def age(self, token: Token) -> None:
        """The token's time is over."""
        await self.site.fetch(
            "update enrolment_tokens set expires_at = now() - interval '1 second'"
            " where token_id = %s",
            token.token_id,
        )

    async def alarms(self) -> set[str]:
        """Kinds of alarms that are open in the site's room."""
        rows = await self.site.fetch(
            "select kind from alarms where room_id = %s and cleared_at is null", self.site.room_id
        )
        return {row[0] for row in rows}

    async def generations(self, agent_uuid: str) -> list[int]:
        """All that were issued to the agent."""
        rows = await self.site.fetch(
            "select c.generation from agent_certificates c join agents a on a.id = c.agent_id"
            " where a.uuid = %s order by 1",
            agent_uuid,
        )
        return [row[0] for row in rows]

    async def expire(self, settings: Central, ago: timedelta) -> None:
        """The PC's certificate becomes one that ended `ago`, on disk and in the register."""
        present = bundle(settings)
        authority = Authority.load(self.site.config.data_dir / "authority")
        room, agent = self.site.room, agent_of(present)
        begun = datetime.now(UTC) - ago - ROOM_LIFE
        issued = authority.issue_room(room, agent, _csr(present), now=begun)
        chain = x509.load_pem_x509_certificates(issued.certificate)
        old = Bundle(present.key, tuple(chain), present.authorities, present.token_id)
        settings.identity.write_bytes(old.render())
        rows = await self.site.fetch("select id from agents where uuid = %s", agent)
        await self.site.fetch("delete from agent_certificates where serial = %s", serial(present))
        generation = len(await self.generations(agent)) + 1
        new = NewCertificate(
            generation,
            issued.serial,
            issued.key_sha256,
            issued.certificate.decode(),
            issued.not_after,
            "renewal",
        )
        async with self.site.pool.connection() as conn:
            await enrolment.insert_certificate(conn, rows[0][0], new)


def bundle(settings: Central) -> Bundle:
    """What the PC has."""
    found = read_bundle(settings.identity)
    assert found is not None
    return found


def agent_of(present: Bundle) -> str:
    """The agent's UUID."""
    from edge_agent.enrolment.bundle import room_of

    return str(uuid.UUID(room_of(present.leaf)[1]))


def serial(present: Bundle) -> str:
    """As in the register."""
    return certificates.serial_of(present.leaf)


def _csr(present: Bundle) -> bytes:
    from edge_agent.enrolment.keys import request_for

    return request_for(present.key)


@asynccontextmanager
async def enrolling(database_url: str, nats_url: str, folder: Path) -> AsyncIterator[Enrolling]:
    """A site whose gateway runs inside the block."""
    port = free_port("127.0.0.1")
    async with (
        running_site(database_url, nats_url, folder / "central", enrolment_port=port) as site,
        site.gateway() as address,
    ):
        yield Enrolling(site, address, folder)
