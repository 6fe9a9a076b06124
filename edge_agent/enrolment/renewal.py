"""Keeps this room's certificate good, for ever: one task of the room.

What fails is tried again, and the room goes on meanwhile: it has days. A refusal is said once an hour.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import structlog

from edge_agent.config import Central
from edge_agent.enrolment import client
from edge_agent.enrolment.bundle import Bundle, read_bundle
from edge_agent.enrolment.client import Door
from edge_agent.enrolment.enrol import enrolment_address
from edge_agent.enrolment.pending import PendingKey
from edge_agent.enrolment.schedule import must_leave, renew_at, retry_s
from edge_agent.errors import CentralAway, IdentityError

LOOK_S: Final = 60.0
"""The clock may be set, and the file may be replaced by hand."""
START_TRIES: Final = 5
START_PAUSE_S: Final = 3.0

log = structlog.get_logger(__name__)


class Renewal:
    """`idle` says whether no interview runs; `reconnect` ends the stream for one with the new
    certificate. `look_s` is for tests.
    """

    def __init__(
        self,
        settings: Central,
        *,
        idle: Callable[[], bool],
        reconnect: Callable[[], None],
        look_s: float = LOOK_S,
    ) -> None:
        self._settings = settings
        self._idle = idle
        self._reconnect = reconnect
        self._look_s = look_s
        self._failures = 0
        self._again_s = 0.0
        self._old_until: datetime | None = None
        self.trouble = ""
        """Why the certificate could not be renewed, in English; empty while all is well."""

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self._look_s)

    async def look(self) -> None:
        """Renews where it is time to; hands over to the new certificate where it is quiet."""
        if time.monotonic() >= self._again_s:
            await self._renew_if_due()
        now = datetime.now(UTC)
        if self._old_until is not None and must_leave(self._old_until, now, idle=self._idle()):
            self._old_until = None
            log.info("the stream gives way to one with the new certificate")
            self._reconnect()

    async def _renew_if_due(self) -> None:
        try:
            bundle = read_bundle(self._settings.identity)
            if bundle is None or not _is_due(bundle, datetime.now(UTC)):
                return
            renewed = await renew(self._settings, bundle)
        except (IdentityError, CentralAway) as error:
            self._failed(str(error))
            return
        self._failures, self.trouble = 0, ""
        self._old_until = bundle.leaf.not_valid_after_utc
        log.info("the certificate is renewed", until=renewed.leaf.not_valid_after_utc.isoformat())

    def _failed(self, why: str) -> None:
        self._failures += 1
        self._again_s = time.monotonic() + retry_s(self._failures, random.random())  # noqa: S311
        self.trouble = why
        log.warning(
            "the certificate is not renewed; trying again", why=why, failures=self._failures
        )


async def renew(settings: Central, present: Bundle) -> Bundle:
    """The next certificate, on disk: by the present one, or by its key's signature where it has expired.
    Raises `IdentityError` (also `EnrolmentRefused`) or `CentralAway`.
    """
    pending = PendingKey(settings.identity)
    key = pending.key(present)
    authorities = present.authorities_pem
    if datetime.now(UTC) < present.leaf.not_valid_after_utc:
        door = Door(settings.address, settings.server_name, authorities)
        renewed = await client.renew(door, present, key)
    else:
        door = Door(enrolment_address(settings), settings.server_name, authorities)
        renewed = await client.recover(door, present, key)
    pending.keep(renewed)
    return renewed


async def recover_if_expired(settings: Central) -> None:
    """At the start of a PC that was off for longer than its certificate lasts: gets the next one.

    Raises `IdentityError` where central refuses, `CentralAway` where it does not answer in five tries:
    whoever starts the agent starts it again.
    """
    present = read_bundle(settings.identity)
    if present is None or datetime.now(UTC) < present.leaf.not_valid_after_utc:
        return
    log.info("the certificate has expired; asking central for the next one")
    for left in reversed(range(START_TRIES)):
        try:
            renewed = await renew(settings, present)
        except CentralAway:
            if not left:
                raise
            await asyncio.sleep(START_PAUSE_S)
        else:
            log.info("recovered", until=renewed.leaf.not_valid_after_utc.isoformat())
            return


def _is_due(bundle: Bundle, now: datetime) -> bool:
    leaf = bundle.leaf
    starts, ends = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    return now >= renew_at(starts, ends, leaf.serial_number)
