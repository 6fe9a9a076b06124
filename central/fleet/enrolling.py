"""Certificates for agents, each in one transaction: what is known is locked, judged, and written down
with the certificate that follows from it. The caller commits, also where the answer is a refusal: an
alarm is part of it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from central.errors import IdentityError
from central.fleet import certificates, generations, proofs, tokens
from central.fleet.authority import Authority
from central.fleet.generations import Asking, Issue, Refuse, Repeat, Standing
from central.fleet.identity import AgentIdentity
from central.fleet.tokens import NotGood, TokenState, UsedByThisKey
from central.storage import enrolment, identities, rooms
from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.enrolment import AgentStanding, CertificateRow, NewCertificate, TokenRow
from central.storage.pool import Connection

TOKEN_REUSED, IDENTITY_LOCKED, CLOCK_WRONG = "token_reused", "identity_locked", "clock_wrong"
"""Kinds of alarms."""


@dataclass(frozen=True, slots=True)
class Granted:
    """An agent's certificate (PEM, with its chain). `revoked`: agents whose streams end now."""

    room_code: str
    agent_uuid: str
    certificate: bytes
    generation: int
    revoked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """Why not, in a sentence for the person at the room PC. `later`: the same request may do then."""

    why: str
    room_code: str = ""
    later: bool = False
    revoked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What an agent asks with: its new key in a certificate request (PEM), and its clock."""

    csr: bytes
    wall_ns: int
    former: bytes = b""
    """A certificate that it had (PEM)."""
    signature: bytes = field(default=b"", repr=False)
    """By the key of `former`."""


async def enrol(
    conn: Connection, authority: Authority, token_text: str, request: Request, now: datetime
) -> Granted | Denied:
    """A token for a certificate. Raises `IdentityError` for what is no token or no request."""
    key = certificates.public_sha256(certificates.requested_key(request.csr))
    token = tokens.parse(token_text)
    if token is None:
        raise IdentityError("this is not a token: it looks like dae1.<id>.<secret>.<pin>")
    row = await enrolment.lock_token(conn, token.token_id)
    match tokens.judge(token, _state(row), key, now):
        case NotGood(why, stolen):
            if stolen and row is not None:
                await raise_alarm(conn, row.room_id, TOKEN_REUSED, {"token": token.token_id})
            return Denied(why)
        case UsedByThisKey():
            assert row is not None
            return await _again(conn, row, key)
    assert row is not None
    if problem := generations.clock_problem(request.wall_ns, now):
        return Denied(problem, row.room_code, later=True)
    return await _let_in(
        conn, authority, row, await _former(conn, token_text, request, row), request
    )


async def renew(
    conn: Connection,
    authority: Authority,
    caller: tuple[AgentIdentity, x509.Certificate],
    request: Request,
    now: datetime,
) -> Granted | Denied:
    """The next certificate for whom the handshake has verified. Raises `IdentityError` for what is no
    request.
    """
    identity, shown = caller
    key = certificates.public_sha256(certificates.requested_key(request.csr))
    agent = await enrolment.lock_agent(conn, identity.room_code, identity.agent_uuid)
    if agent is None:
        return Denied("central keeps no certificate of this agent; ask an admin for a token")
    if problem := generations.clock_problem(request.wall_ns, now):
        await raise_alarm(conn, agent.room_id, CLOCK_WRONG, {"problem": problem})
        return Denied(problem, agent.room_code, later=True)
    await clear_alarm(conn, agent.room_id, CLOCK_WRONG)
    known = await enrolment.find_certificate(conn, certificates.serial_of(shown))
    asking = Asking(_generation(known, agent, shown), shown.not_valid_after_utc, key)
    decision = generations.renewal(_standing(agent), asking)
    return await _carry_out(conn, authority, agent, decision, request, "renewal")


async def recover(
    conn: Connection, authority: Authority, challenge: bytes, request: Request, now: datetime
) -> Granted | Denied:
    """A certificate for whom the last key answers. The caller has checked the challenge. Raises
    `IdentityError` for what is no request or no certificate.
    """
    key = certificates.public_sha256(certificates.requested_key(request.csr))
    shown = proofs.shown(request.former)
    known = await enrolment.find_certificate(conn, certificates.serial_of(shown))
    message = proofs.recover_message(challenge, request.csr)
    if (
        known is None
        or not _is(known, shown)
        or not proofs.signed(shown, request.signature, message)
    ):
        return Denied(
            "central does not know this certificate and key; ask an admin for a new token"
        )
    agent = await enrolment.lock_agent(conn, known.room_code, known.agent_uuid)
    if agent is None:
        return Denied("this agent is gone; ask an admin for a new token")
    if problem := generations.clock_problem(request.wall_ns, now):
        return Denied(problem, agent.room_code, later=True)
    asking = Asking(known.generation, known.not_after, key)
    decision = generations.recovery(_standing(agent), asking, now)
    return await _carry_out(conn, authority, agent, decision, request, "recovery")


async def lock_if_stale(conn: Connection, identity: AgentIdentity) -> bool:
    """Locks the agent where a stream is opened over a certificate that was replaced twice: its own PC
    has the newest, or the one before. Whether it did.
    """
    if await enrolment.steps_behind(conn, identity.serial) <= 1:
        return False
    agent = await enrolment.lock_agent(conn, identity.room_code, identity.agent_uuid)
    if agent is None or agent.revoked:
        return False
    await _lock(conn, agent)
    return True


async def _lock(conn: Connection, agent: AgentStanding) -> tuple[str, ...]:
    detail = {"agent": agent.uuid, "generation": agent.generation}
    await raise_alarm(conn, agent.room_id, IDENTITY_LOCKED, detail)
    return await identities.revoke(conn, agent.room_code, agent.uuid, "locked")


async def _let_in(
    conn: Connection,
    authority: Authority,
    row: TokenRow,
    former: AgentStanding | None,
    request: Request,
) -> Granted:
    """The PC's former agent goes on, else a new one begins; the room's others are let in no more."""
    if former is None:
        agent_uuid, generation = str(uuid.uuid4()), 1
        agent_id = await rooms.insert_agent(conn, row.room_code, agent_uuid)
        assert agent_id is not None
    else:
        agent_uuid, agent_id, generation = former.uuid, former.agent_id, former.generation + 1
    certificate, key = await _issue(
        conn, authority, (row.room_code, agent_uuid, agent_id, generation), request.csr, "token"
    )
    await enrolment.save_standing(conn, agent_id, stepped_back=False, recoveries=0)
    await enrolment.use_token(conn, row.row_id, agent_id, key)
    revoked = await identities.revoke(conn, row.room_code, None, "superseded", but=agent_uuid)
    for kind in (TOKEN_REUSED, IDENTITY_LOCKED, CLOCK_WRONG):
        await clear_alarm(conn, row.room_id, kind)
    return Granted(row.room_code, agent_uuid, certificate, generation, revoked)


async def _again(conn: Connection, row: TokenRow, key: str) -> Granted | Denied:
    assert row.agent_uuid is not None
    agent = await enrolment.lock_agent(conn, row.room_code, row.agent_uuid)
    if agent is None or agent.revoked or agent.key_sha256 != key:
        return Denied("this token was used, and its agent has moved on; ask an admin for a new one")
    return Granted(agent.room_code, agent.uuid, agent.certificate.encode(), agent.generation)


async def _former(
    conn: Connection, token_text: str, request: Request, row: TokenRow
) -> AgentStanding | None:
    """The agent that this PC was in this room, where its former key proves it."""
    if not request.former:
        return None
    shown = proofs.shown(request.former)
    message = proofs.enrol_message(token_text, request.csr)
    known = await enrolment.find_certificate(conn, certificates.serial_of(shown))
    if known is None or known.room_code != row.room_code or not _is(known, shown):
        return None
    if not proofs.signed(shown, request.signature, message):
        raise IdentityError("the former certificate's key did not sign this request")
    return await enrolment.lock_agent(conn, known.room_code, known.agent_uuid)


async def _carry_out(  # noqa: PLR0917 - what a decision is about
    conn: Connection,
    authority: Authority,
    agent: AgentStanding,
    decision: Issue | Repeat | Refuse,
    request: Request,
    origin: str,
) -> Granted | Denied:
    match decision:
        case Repeat():
            return Granted(
                agent.room_code, agent.uuid, agent.certificate.encode(), agent.generation
            )
        case Refuse(why, lock):
            if not lock:
                return Denied(why, agent.room_code)
            return Denied(why, agent.room_code, revoked=await _lock(conn, agent))
        case Issue(stepped_back, recoveries):
            place = (agent.room_code, agent.uuid, agent.agent_id, agent.generation + 1)
            certificate, _ = await _issue(conn, authority, place, request.csr, origin)
            await enrolment.save_standing(
                conn, agent.agent_id, stepped_back=stepped_back, recoveries=recoveries
            )
            return Granted(agent.room_code, agent.uuid, certificate, agent.generation + 1)


async def _issue(
    conn: Connection,
    authority: Authority,
    place: tuple[str, str, int, int],
    csr: bytes,
    origin: str,
) -> tuple[bytes, str]:
    """The certificate and its key's hash. `place` is room code, agent UUID, agent id, generation."""
    room_code, agent_uuid, agent_id, generation = place
    issued = authority.issue_room(room_code, agent_uuid, csr)
    await enrolment.insert_certificate(
        conn,
        agent_id,
        NewCertificate(
            generation,
            issued.serial,
            issued.key_sha256,
            issued.certificate.decode(),
            issued.not_after,
            origin,
        ),
    )
    return issued.certificate, issued.key_sha256


def _state(row: TokenRow | None) -> TokenState | None:
    if row is None:
        return None
    return TokenState(row.secret_sha256, row.expires_at, row.room_is_active, row.key_sha256)


def _standing(agent: AgentStanding) -> Standing:
    return Standing(
        agent.generation,
        agent.key_sha256,
        agent.not_after,
        agent.stepped_back,
        agent.recoveries,
        agent.revoked,
    )


def _generation(
    known: CertificateRow | None, agent: AgentStanding, shown: x509.Certificate
) -> int | None:
    if known is None or known.agent_uuid != agent.uuid or not _is(known, shown):
        return None
    return known.generation


def _is(known: CertificateRow, shown: x509.Certificate) -> bool:
    return known.key_sha256 == certificates.public_sha256(shown.public_key())
