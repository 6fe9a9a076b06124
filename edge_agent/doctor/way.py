"""The way to central, measured over the same mTLS as the room's stream, beside it and without it.

Runs apart: takes and gives what JSON knows.
"""

from __future__ import annotations

import asyncio
import base64
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, Protocol, cast

import grpc
import msgspec

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.config import Central
from edge_agent.doctor.apart import Unseen
from edge_agent.flow import SAMPLE_RATE_HZ
from edge_agent.uplink.advice import advice
from edge_agent.uplink.identity import load_identity

CALL_TIMEOUT_S: Final = 5.0
READ_TIMEOUT_S: Final = 15.0
"""For a recogniser on a processor that others use too."""
LOADS_BYTES: Final = (4_096, 16_384, 65_536, 262_144)
"""The next is sent only where the one before took less than `ENOUGH_S`: a thin link is not filled."""
ENOUGH_S: Final = 0.4


class Stub(Protocol):
    """What is used of `RoomServiceStub`, typed."""

    async def Probe(  # noqa: N802 - the contract's name
        self,
        request: room_pb2.ProbeRequest,
        *,
        timeout: float,  # noqa: ASYNC109 - gRPC's own
    ) -> room_pb2.ProbeResponse: ...

    async def Recognise(  # noqa: N802 - the contract's name
        self,
        request: room_pb2.RecogniseRequest,
        *,
        timeout: float,  # noqa: ASYNC109 - gRPC's own
    ) -> room_pb2.RecogniseResponse: ...


def told(settings: Central) -> dict[str, Any]:
    """The settings as they cross to the process that measures."""
    return cast("dict[str, Any]", msgspec.to_builtins(settings, enc_hook=str))


async def measure(central: dict[str, Any], trips: int, largest_bytes: int) -> dict[str, Any]:
    """Times in ms, rates in kB/s, and how far this PC's clock is ahead of central's.

    Loads above `largest_bytes` are not sent; with 0 no rate is measured.
    Raises `Unseen`, `IdentityError`.
    """
    async with _stub(central) as stub:
        return await _measured(stub, trips, largest_bytes)


async def recognise(
    central: dict[str, Any], language: str, sound: dict[str, Any]
) -> dict[str, Any]:
    """What central reads in `sound` (`codec`, `extradata` and `packets`, bytes in base64): `answered`,
    `text`, `engine`, `took_ms`. Raises `Unseen`, `IdentityError`.
    """
    request = room_pb2.RecogniseRequest(
        language=language,
        codec=sound["codec"],
        sample_rate_hz=SAMPLE_RATE_HZ,
        extradata=base64.b64decode(sound["extradata"]),
        packets=[base64.b64decode(one) for one in sound["packets"]],
    )
    async with _stub(central) as stub:
        answer = await stub.Recognise(request, timeout=READ_TIMEOUT_S)
    return {
        "answered": answer.answered,
        "text": answer.text,
        "engine": answer.engine,
        "took_ms": answer.took_ms,
    }


@asynccontextmanager
async def _stub(central: dict[str, Any]) -> AsyncIterator[Stub]:
    """Raises `Unseen` where a call fails, `IdentityError`."""
    settings = msgspec.convert(central, Central, dec_hook=lambda kind, value: kind(value))
    identity = load_identity(settings)
    credentials = grpc.ssl_channel_credentials(
        identity.ca, identity.private_key, identity.certificate
    )
    options: list[tuple[str, int | str]] = [
        ("grpc.use_local_subchannel_pool", 1),
        ("grpc.enable_retries", 0),
        ("grpc.enable_http_proxy", 0),
    ]
    if settings.server_name:
        options.append(("grpc.ssl_target_name_override", settings.server_name))
    async with grpc.aio.secure_channel(settings.address, credentials, options) as channel:
        stub: Stub = cast("Any", room_pb2_grpc.RoomServiceStub(channel))
        try:
            yield stub
        except grpc.aio.AioRpcError as error:
            raise Unseen(_why(error, settings)) from error


async def _measured(stub: Stub, trips: int, largest_bytes: int) -> dict[str, Any]:
    first_s, _, _ = await _trip(stub, 0, 0)
    took = [await _trip(stub, 0, 0) for _ in range(trips)]
    times_ms = sorted(took_s * 1e3 for took_s, _, _ in took)
    quickest_s, _, ahead_ms = min(took)
    return {
        "connect_ms": round(first_s * 1e3, 1),
        "round_trip_ms": round(statistics.median(times_ms), 2),
        "round_trip_p95_ms": round(times_ms[int(0.95 * (len(times_ms) - 1))], 2),
        "clock_ahead_ms": round(ahead_ms, 1),
        "clock_known_to_ms": round(quickest_s * 500, 1),
        "up_kb_s": await _rate(stub, quickest_s, largest_bytes, up=True),
        "down_kb_s": await _rate(stub, quickest_s, largest_bytes, up=False),
    }


async def _trip(stub: Stub, up_bytes: int, down_bytes: int) -> tuple[float, int, float]:
    """(seconds, bytes carried, ms that this PC's clock is ahead of central's)."""
    request = room_pb2.ProbeRequest(padding=bytes(up_bytes), answer_bytes=down_bytes)
    wall_ns, begun_ns = time.time_ns(), time.monotonic_ns()
    answer = await stub.Probe(request, timeout=CALL_TIMEOUT_S)
    took_ns = time.monotonic_ns() - begun_ns
    ahead_ns = wall_ns + took_ns // 2 - answer.central_wall_ns
    return took_ns / 1e9, up_bytes + len(answer.padding), ahead_ns / 1e6


async def _rate(stub: Stub, empty_s: float, largest_bytes: int, *, up: bool) -> float | None:
    """kB/s of the largest load that was tried, without the time that an empty call takes."""
    rate: float | None = None
    for size in (one for one in LOADS_BYTES if one <= largest_bytes):
        try:
            took_s, carried, _ = await _trip(stub, size if up else 0, 0 if up else size)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED:
                raise
            return min(rate or 1e9, round(size / CALL_TIMEOUT_S / 1e3, 1))
        rate = round(carried / max(took_s - empty_s, 1e-4) / 1e3, 1)
        if took_s > ENOUGH_S:
            break
        await asyncio.sleep(0)
    return rate


def _why(error: grpc.aio.AioRpcError, settings: Central) -> str:
    match error.code():
        case grpc.StatusCode.UNIMPLEMENTED:
            return "central answers, but is too old to be measured; update central"
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            return f"central answers, and asks for patience: {error.details()}"
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return f"central at {settings.address} did not answer within {CALL_TIMEOUT_S:g} s"
    return advice(f"{error.code().name.lower()}: {error.details()}", settings)
