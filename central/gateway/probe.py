"""Answers `edge-agent doctor`: how long the way takes, and how much it carries.

It stands beside the rooms' streams on the same machine, so both its size and its number are bounded.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

import grpc

from daedam.v1 import room_pb2

MOST_BYTES: Final = 256 * 1024
"""Of padding, either way: as large as the largest batch."""
BURST: Final = 120.0
"""Calls that one certificate may make at once: three visits of the doctor, which makes about forty."""
REFILL_PER_S: Final = 1.0
REMEMBERED: Final = 4096
"""Certificates whose allowance is kept; beyond it the one that asked longest ago begins anew."""


class Allowance:
    """A bucket of calls a caller, refilled steadily. Pure: the time is an argument."""

    def __init__(self, burst: float = BURST, refill_per_s: float = REFILL_PER_S) -> None:
        self._burst, self._refill_per_s = burst, refill_per_s
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def take(self, caller: bytes, now_s: float) -> bool:
        """Whether `caller` may make one call more at `now_s`."""
        left, since_s = self._left.pop(caller, (self._burst, now_s))
        left = min(self._burst, left + max(0.0, now_s - since_s) * self._refill_per_s)
        allowed = left >= 1.0
        self._left[caller] = (left - 1.0 if allowed else left, now_s)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return allowed


class Probes:
    """The gateway's side of `RoomService.Probe`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance = Allowance()
        self._clock = clock

    async def admit(self, context: grpc.aio.ServicerContext[Any, Any]) -> None:
        """Before anything is looked up: aborts a caller that asks too often."""
        pem = b"".join(context.auth_context().get("x509_pem_cert", ()))
        if not self._allowance.take(hashlib.sha256(pem).digest(), self._clock()):
            detail = (
                f"at most {BURST:g} probes at once and {REFILL_PER_S:g} a second; wait a minute"
            )
            await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, detail)

    async def answer(
        self, request: room_pb2.ProbeRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> room_pb2.ProbeResponse:
        """The bytes that were asked for, and the time; aborts what is too large."""
        if max(len(request.padding), request.answer_bytes) > MOST_BYTES:
            detail = f"a probe carries at most {MOST_BYTES} bytes either way"
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, detail)
        return room_pb2.ProbeResponse(
            central_wall_ns=time.time_ns(), padding=bytes(request.answer_bytes)
        )
