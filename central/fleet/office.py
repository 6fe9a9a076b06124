"""Where agents get their certificates: the one place that holds the issuing key.

In: what agents ask. Out: certificates, rows, alarms, and an announcement for whose stream has to end.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol, Self

import structlog
from cryptography import x509

from central.bus import subjects
from central.config import Config
from central.errors import IdentityError, StartError
from central.fleet import enrolling
from central.fleet.authority import Authority
from central.fleet.enrolling import Denied, Granted, Request
from central.fleet.identity import AgentIdentity
from central.fleet.proofs import Challenges
from central.fleet.throttle import Rate, Throttle
from central.storage import enrolment
from central.storage.pool import Connection, Pool

EACH: Final = Rate(burst=10, per_s=0.2)
RENEWING: Final = Rate(burst=10, per_s=1 / 600)
"""Of one agent: it renews twice a week, and tries again after a minute where an answer was lost."""
TOGETHER: Final = Rate(burst=200, per_s=10)
"""A building of rooms whose certificates ended over a holiday comes back within a minute."""

_log = structlog.get_logger(__name__)


class Announcer(Protocol):
    """`central.bus.bus.Bus`."""

    async def announce(self, subject: str, word: str) -> None:
        """Says a word on a subject; whoever misses it looks anyway."""
        ...


class Office:
    """Every answer is `Granted` or `Denied`; `IdentityError` for what makes no sense."""

    def __init__(self, authority: Authority, pool: Pool, announcer: Announcer, roots: Path) -> None:
        self._authority = authority
        self._pool = pool
        self._announcer = announcer
        self._roots = roots
        self._challenges = Challenges(authority.private_key)
        self._throttle = Throttle(EACH, TOGETHER)
        self._renewing = Throttle(RENEWING, TOGETHER)

    @classmethod
    def open(cls, config: Config, pool: Pool, announcer: Announcer) -> Self | None:
        """None where this process has no issuing key. Raises `StartError` where it is unusable."""
        gateway = config.gateway
        key, roots = config.path(gateway.issuing_key), config.path(gateway.rooms_ca)
        try:
            if not key.exists():
                return None
        except PermissionError as error:
            raise StartError("gateway", f"may not read gateway.issuing_key: {error}") from error
        certificate = config.path(gateway.issuing_certificate)
        authority = Authority.read(certificate, key, roots, config.organisation)
        return cls(authority, pool, announcer, roots)

    @property
    def authority(self) -> Authority:
        """The issuing authority."""
        return self._authority

    def roots(self) -> bytes:
        """The authorities (PEM) that agents shall trust; read anew, because they may be rotated."""
        return self._roots.read_bytes()

    def allows(self, address: str) -> bool:
        """Whether a stranger at this address may knock now."""
        return self._throttle.allows(address, time.monotonic())

    def allows_renewal(self, agent_uuid: str) -> bool:
        """Whether this agent may ask for a certificate now."""
        return self._renewing.allows(agent_uuid, time.monotonic())

    async def enrol(self, token: str, request: Request) -> Granted | Denied:
        """A token for a certificate."""

        async def act(conn: Connection) -> Granted | Denied:
            if not await enrolment.any_open_token(conn):
                return Denied("no token is open; ask an admin for a new one")
            return await enrolling.enrol(conn, self._authority, token, request, _now())

        return await self._carry_out("enrol", act)

    async def renew(
        self, identity: AgentIdentity, shown: x509.Certificate, request: Request
    ) -> Granted | Denied:
        """The next certificate for an agent that showed its present one in the handshake."""

        async def act(conn: Connection) -> Granted | Denied:
            return await enrolling.renew(conn, self._authority, (identity, shown), request, _now())

        return await self._carry_out("renew", act)

    def challenge(self) -> bytes:
        """To be signed by the key of an expired certificate."""
        return self._challenges.make(_now())

    async def recover(self, challenge: bytes, request: Request) -> Granted | Denied:
        """The next certificate for an agent whose last one has expired."""
        if not self._challenges.holds(challenge, _now()):
            raise IdentityError("this challenge is not central's, or older than two minutes")

        async def act(conn: Connection) -> Granted | Denied:
            return await enrolling.recover(conn, self._authority, challenge, request, _now())

        return await self._carry_out("recover", act)

    async def _carry_out(
        self, what: str, act: Callable[[Connection], Awaitable[Granted | Denied]]
    ) -> Granted | Denied:
        """In one transaction, which stands whatever the answer is; then who lost admission is named."""
        async with self._pool.connection() as conn:
            answer = await act(conn)
        match answer:
            case Granted():
                _log.info(
                    "a certificate was issued",
                    by=what,
                    room=answer.room_code,
                    agent=answer.agent_uuid,
                    generation=answer.generation,
                )
            case Denied():
                _log.warning(
                    "a certificate was refused", by=what, room=answer.room_code, why=answer.why
                )
        for agent_uuid in answer.revoked:
            await self._announcer.announce(subjects.revoked(answer.room_code), agent_uuid)
        return answer


def _now() -> datetime:
    return datetime.now(UTC)
