"""The gateway as a process: start order is the order of the stack, stop its reverse."""

from __future__ import annotations

import asyncio
import gc
from contextlib import AsyncExitStack
from typing import Final

import grpc
import structlog
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from central.bus.bus import Bus
from central.config import Config
from central.fleet.office import Office
from central.gateway.commands import deliver
from central.gateway.committer import Committer
from central.gateway.credentials import listen
from central.gateway.enrolment import enrolment_port, serve_renewal
from central.gateway.hall import Hall
from central.gateway.presence import PresenceBook
from central.gateway.question_sounds import QuestionSounds
from central.gateway.revocation import watch
from central.gateway.servicer import RoomService
from central.gateway.services import Services
from central.gateway.videos import Videos
from central.storage.pool import open_pool
from central.supervisor.notify import Notify
from central.telemetry import gateway as figures
from daedam.v1.room_pb2_grpc import add_RoomServiceServicer_to_server

OPTIONS: Final = (
    ("grpc.so_reuseport", 0),  # a second gateway on this port is a mistake, not a helper
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    # The one above is not asked while another ping is under way, and grpc sends pings of its own:
    # without this one a link that went silent is believed for a minute (measured with 1.85).
    ("grpc.http2.ping_timeout_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 5_000),
    ("grpc.http2.max_ping_strikes", 0),
    ("grpc.max_receive_message_length", 512 * 1024),  # a batch has 256 KiB
    ("grpc.max_concurrent_streams", 16),  # of one connection: a room has one, and its doctor's
    ("grpc.server_handshake_timeout_ms", 10_000),
)
DRAIN_MS: Final = 500
STOP_GRACE_S: Final = 1.0
FLUSH_TIMEOUT_S: Final = 5.0
WATCHDOG_S: Final = 1.0

_log = structlog.get_logger(__name__)


async def serve(config: Config, notify: Notify) -> None:
    """Serves rooms until cancelled; then drains them, commits what waits, and tells who is gone."""
    async with AsyncExitStack() as stack:
        pool = await open_pool(config.database.url, config.database.pool_size)
        stack.push_async_callback(pool.close)
        bus = await stack.enter_async_context(
            await Bus.connect(config.nats.url, "gateway", config.seeds())
        )
        hall = Hall()
        figures.watch(hall)
        presence = PresenceBook(pool, bus, hall.revoke)
        committer = Committer(pool, bus, config.gateway.commit_pause_ms)
        services = Services(pool, bus, committer, presence, config.gateway.window_bytes)
        server = grpc.aio.server(options=OPTIONS)
        add_RoomServiceServicer_to_server(
            RoomService(
                services,
                hall,
                config.organisation,
                videos=Videos(pool, config),
                sounds=QuestionSounds(pool, config),
            ),
            server,
        )
        checks = health.aio.HealthServicer()  # type: ignore[attr-defined]  # the stubs miss it
        health_pb2_grpc.add_HealthServicer_to_server(checks, server)
        office = Office.open(config, pool, bus)
        serve_renewal(server, office, config.organisation)
        port = listen(server, config, for_rooms=True)
        group = await stack.enter_async_context(asyncio.TaskGroup())
        stack.push_async_callback(
            _end,
            [
                group.create_task(committer.run()),
                group.create_task(presence.run()),
                group.create_task(deliver(pool, bus, hall)),
                group.create_task(watch(pool, bus, hall)),
            ],
        )
        await stack.enter_async_context(enrolment_port(config, office, pool))
        await server.start()
        stack.push_async_callback(_stop, server, hall, committer, presence)
        await checks.set("", health_pb2.HealthCheckResponse.SERVING)
        stack.push_async_callback(checks.enter_graceful_shutdown)
        address = f"{config.gateway.host}:{port}"
        gc.freeze()  # what is here stays: a full collection has the streams' objects to look at only
        gc.set_threshold(
            10_000, 20, 1_000
        )  # thousands of short-lived messages a second make no cycles
        _log.info("serving rooms", address=address)
        notify.ready(address)
        while True:
            notify.watchdog()
            await asyncio.sleep(WATCHDOG_S)


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()


async def _stop(
    server: grpc.aio.Server, hall: Hall, committer: Committer, presence: PresenceBook
) -> None:
    """Rooms are asked to come back, given half a second to do so, and then cut off."""
    hall.drain(DRAIN_MS)
    await hall.emptied(DRAIN_MS / 1000)
    hall.close_all(grpc.StatusCode.UNAVAILABLE, "this gateway stops; connect anew")
    await hall.emptied(STOP_GRACE_S)
    await server.stop(STOP_GRACE_S)
    await committer.flushed(FLUSH_TIMEOUT_S)
    await presence.write()
