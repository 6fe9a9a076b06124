"""The room's way to central: opens a stream, again and again, until cancelled.

`run` never gives up: a cut is normal. A new channel per attempt, so that a renewed certificate is
used and no connection state of a former network survives.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import grpc
import structlog

from edge_agent.config import Central
from edge_agent.errors import IdentityError
from edge_agent.flow import Capabilities, Command, Feedback, Health, LinkState, LiveReading
from edge_agent.uplink import greeting
from edge_agent.uplink.advice import advice
from edge_agent.uplink.backoff import Backoff
from edge_agent.uplink.greeting import Replaced
from edge_agent.uplink.identity import Identity, load_identity
from edge_agent.uplink.journal import Spool
from edge_agent.uplink.mailbox import Mailbox
from edge_agent.uplink.room_clock import RoomClock
from edge_agent.uplink.stream import LinkLost, Listeners, SeriesReplaced, Stream, Welcomed

OPTIONS: tuple[tuple[str, int], ...] = (
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    # The one above is not asked while another ping is under way, and grpc sends pings of its own:
    # without this one a link that went silent is believed for a minute (measured with 1.85).
    ("grpc.http2.ping_timeout_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.enable_retries", 0),
    ("grpc.initial_reconnect_backoff_ms", 200),
    # Also the time that a connection has to come about: with less than TCP and TLS need over a slow
    # link, none ever does.
    ("grpc.min_reconnect_backoff_ms", 5_000),
    ("grpc.max_reconnect_backoff_ms", 5_000),
    # Central stands in the same building; a proxy for web pages is not on the way.
    ("grpc.enable_http_proxy", 0),
    ("grpc.max_receive_message_length", 4 * 1024 * 1024),
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Facts:
    """What `Hello` tells about this agent."""

    agent_version: str
    boot_id: str
    capabilities: Capabilities


class Uplink:
    """Raises `IdentityError` when made where the certificate is unusable."""

    def __init__(
        self,
        settings: Central,
        spool: Spool,
        *,
        facts: Facts,
        on_command: Callable[[Command], None],
        on_feedback: Callable[[Feedback], None],
        on_link: Callable[[LinkState], None],
    ) -> None:
        load_identity(settings)
        self._settings = settings
        self._spool = spool
        self._facts = facts
        self._on_link = on_link
        self._mailbox = Mailbox()
        self._listeners = Listeners(self._welcomed, self._acked, on_command, on_feedback)
        self._progress = asyncio.Event()
        self._welcomed_s: float | None = None
        self._clock = RoomClock()
        self._replaced: Replaced | None = None
        self._stream: Stream | None = None
        self._streams = 0
        self.room_name = ""
        self.trouble = ""
        """Why there is no stream, in English; empty while there is one."""

    @property
    def acked(self) -> int:
        """Sequence up to which central has everything."""
        return self._spool.acked_seq

    def show(self, reading: LiveReading) -> None:
        """The room right now; only the latest is sent, and none while there is no stream."""
        self._mailbox.show(reading)

    def report(self, health: Health) -> None:
        """How the room PC is; only the latest is sent. A wrong clock is one of its faults."""
        wrong = self._clock.fault(time.time_ns(), time.monotonic_ns())
        self._mailbox.report(replace(health, faults=(*health.faults, wrong)) if wrong else health)

    def figures(self) -> tuple[int, int, int]:
        """For monitoring: 1 while a stream is open, streams so far, bytes sent and not acknowledged."""
        stream = self._stream
        is_open = stream is not None and self._welcomed_s is not None and not self.trouble
        return int(is_open), self._streams, stream.window.in_flight_bytes if stream else 0

    def reconnect(self) -> None:
        """Leaves the stream for a new one, with the identity that is on disk by then."""
        if self._stream is not None:
            self._stream.leave()

    async def run(self) -> None:
        """Until cancelled."""
        self._on_link(LinkState.CONNECTING)
        backoff = Backoff(random.random)
        while True:
            self._welcomed_s = None
            try:
                await self._once()
            except SeriesReplaced as lost:
                # Told until a Welcome comes; of several in a row, central knows the first.
                self._replaced = self._replaced or lost.replaced
                self._lost(str(lost))
            except LinkLost as lost:
                never = self._welcomed_s is None
                self._lost(advice(str(lost), self._settings) if never else str(lost))
            held_s = time.monotonic() - self._welcomed_s if self._welcomed_s is not None else 0.0
            await asyncio.sleep(backoff.after(held_s))

    async def drained(self) -> None:
        """Wait until central has everything that was appended so far."""
        goal, series = self._spool.next_seq - 1, self._spool.spool_id
        while self._spool.acked_seq < goal:
            self._progress.clear()
            await self._progress.wait()
            if self._spool.spool_id != series:
                goal, series = self._spool.next_seq - 1, self._spool.spool_id

    async def _once(self) -> None:
        try:
            identity = load_identity(self._settings)
        except IdentityError as error:
            # Good at the start, so an interview may be running: it goes on without central.
            raise LinkLost(str(error)) from error
        channel = open_channel(self._settings, identity)
        try:
            self._stream = Stream(channel, self._spool, self._mailbox, self._listeners)
            hello = greeting.hello(self._series(), wall_ns=time.time_ns(), replaced=self._replaced)
            await self._stream.run(hello)
        finally:
            self._stream = None
            await channel.close(None)

    def _series(self) -> greeting.Series:
        return greeting.Series(
            spool_id=self._spool.spool_id,
            boot_id=self._facts.boot_id,
            oldest_seq=self._spool.oldest_seq,
            next_seq=self._spool.next_seq,
            agent_version=self._facts.agent_version,
            capabilities=self._facts.capabilities,
        )

    def _welcomed(self, welcomed: Welcomed) -> None:
        self._welcomed_s = time.monotonic()
        self._streams += 1
        self.room_name, self.trouble, self._replaced = welcomed.room_name, "", None
        log.info("connected to central", room=self.room_name, resume_after=self._spool.acked_seq)
        wall_ns, mono_ns = time.time_ns(), time.monotonic_ns()
        self._clock.welcomed(
            welcomed.central_wall_ns,
            mono_ns=mono_ns,
            hello_mono_ns=welcomed.hello_mono_ns,
        )
        if wrong := self._clock.fault(wall_ns, mono_ns):
            log.warning("this PC's clock is wrong", fault=wrong)
        self._on_link(LinkState.ONLINE)

    def _acked(self) -> None:
        self._progress.set()

    def _lost(self, why: str) -> None:
        if why != self.trouble:
            log.warning("no connection to central", why=why, address=self._settings.address)
        self.trouble = why
        self._on_link(LinkState.OFFLINE)


def open_channel(settings: Central, identity: Identity) -> grpc.aio.Channel:
    """A way to the gateway, as this identity; nothing is sent yet."""
    credentials = grpc.ssl_channel_credentials(
        identity.ca, identity.private_key, identity.certificate
    )
    options: list[tuple[str, int | str]] = list(OPTIONS)
    if settings.server_name:
        options.append(("grpc.ssl_target_name_override", settings.server_name))
    return grpc.aio.secure_channel(settings.address, credentials, options)
