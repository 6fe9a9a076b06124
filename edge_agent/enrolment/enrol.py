"""`edge-agent enrol`: a token, once, for the identity of this PC. A second time it changes nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import structlog

from edge_agent.config import Central
from edge_agent.enrolment import client, keys
from edge_agent.enrolment.bundle import Bundle, read_bundle, room_of
from edge_agent.enrolment.client import Door
from edge_agent.enrolment.pending import PendingKey
from edge_agent.enrolment.pin import pem, pinned_authority
from edge_agent.enrolment.token import Token
from edge_agent.errors import EnrolmentRefused, IdentityError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Which room this PC is, and until when; `already`: it was so before. `moved_from`: it was another
    room, whose records may still wait here; empty: it was not.
    """

    room_code: str
    until: datetime
    already: bool
    moved_from: str = ""


async def enrol(settings: Central, token: Token) -> Enrolled:
    """Writes `settings.identity`. Raises `IdentityError` (also `EnrolmentRefused`) or `CentralAway`."""
    present = _present(settings)
    if present is not None and present.token_id == token.token_id and _holds(present):
        return _said(present, already=True)
    address = enrolment_address(settings)
    anchor = await asyncio.to_thread(pinned_authority, address, settings.server_name, token.pin)
    pending = PendingKey(settings.identity)
    key = pending.key(present)
    door = Door(address, settings.server_name, pem(anchor))
    bundle = await client.enrol(door, token.text, key, present)
    if all(keys.public_sha256(one.public_key()) != token.pin for one in bundle.authorities):
        raise IdentityError("central's answer does not hold the authority that the token names")
    if not _holds(bundle):
        raise EnrolmentRefused(
            "the certificate is not valid on this PC's clock: set it", later=True
        )
    pending.keep(bundle)
    said = _said(bundle, already=False)
    before = room_of(present.leaf)[0] if present is not None else ""
    return replace(said, moved_from=before if before != said.room_code else "")


def enrolment_address(settings: Central) -> str:
    """Where certificates are given to those who have none."""
    host = settings.address.rpartition(":")[0]
    return settings.enrolment_address or f"{host}:7444"


def _present(settings: Central) -> Bundle | None:
    try:
        return read_bundle(settings.identity)
    except IdentityError as error:
        log.warning("the identity from before is of no use", why=str(error))
        return None


def _holds(bundle: Bundle) -> bool:
    leaf, now = bundle.leaf, datetime.now(UTC)
    return leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc


def _said(bundle: Bundle, *, already: bool) -> Enrolled:
    return Enrolled(room_of(bundle.leaf)[0], bundle.leaf.not_valid_after_utc, already)
