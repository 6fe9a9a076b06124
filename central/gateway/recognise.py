"""Reads a room's test sentence for `edge-agent doctor`, and a candidate's practice answer: any speech
worker hears it, nobody keeps it.

It takes the way of captions, so that what is proven is what an interview needs; bounded in size and
number, because a speech worker is dear and others wait for it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

import grpc

from central.bus.captions import CaptionReply, CaptionRequest
from central.gateway.probe import Allowance
from daedam.v1 import measuring_pb2, room_pb2

MOST_BYTES: Final = 384 * 1024
"""Of packets: twelve seconds of raw sound, twice as long in FLAC; a message is never larger than 512."""
MOST_PACKETS: Final = 1_000
RATES_HZ: Final = range(8_000, 48_001)
LANGUAGE: Final = re.compile(r"[a-z]{2}")
TIMEOUT_S: Final = 10.0
BURST: Final = 75.0
REFILL_PER_S: Final = 0.25
"""A practice answer asks once a second for a minute, a visit of the doctor twice."""


class Reader(Protocol):
    """`central.bus.bus.Bus` in production."""

    async def request_caption(
        self, language: str, request: CaptionRequest, timeout_s: float
    ) -> CaptionReply | None:
        """What is said in it; None where nobody answers in time."""


class Recogniser:
    """The gateway's side of `RoomService.Recognise`."""

    def __init__(self, reader: Reader, clock: Callable[[], float] = time.monotonic) -> None:
        self._reader, self._clock = reader, clock
        self._allowance = Allowance(BURST, REFILL_PER_S)

    async def admit(self, context: grpc.aio.ServicerContext[Any, Any]) -> None:
        """Before anything is looked up: aborts a caller that asks too often."""
        pem = b"".join(context.auth_context().get("x509_pem_cert", ()))
        if not self._allowance.take(hashlib.sha256(pem).digest(), self._clock()):
            detail = f"at most {BURST:g} at once and {60 * REFILL_PER_S:g} a minute; wait a minute"
            await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, detail)

    async def answer(
        self, request: room_pb2.RecogniseRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> room_pb2.RecogniseResponse:
        """What a speech worker reads; aborts what no room would send."""
        if problem := _problem(request):
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, problem)
        asked = CaptionRequest(
            language=request.language,
            codec=int(request.codec),
            sample_rate_hz=request.sample_rate_hz,
            extradata=request.extradata,
            packets=tuple(request.packets),
        )
        begun_s = self._clock()
        reply = await self._reader.request_caption(request.language, asked, TIMEOUT_S)
        took_ms = round(1_000 * (self._clock() - begun_s))
        if reply is None or reply.busy:
            return room_pb2.RecogniseResponse(answered=False, took_ms=took_ms)
        return room_pb2.RecogniseResponse(
            answered=True, text=reply.text, engine=reply.engine, took_ms=took_ms
        )


def _problem(request: room_pb2.RecogniseRequest) -> str:
    """Why this is no sentence of a room; empty where it may be."""
    size = len(request.extradata) + sum(map(len, request.packets))
    if size > MOST_BYTES or len(request.packets) > MOST_PACKETS:
        return f"a sentence has at most {MOST_BYTES} bytes in {MOST_PACKETS} packets"
    if not request.packets:
        return "there is no sound in it"
    if not LANGUAGE.fullmatch(request.language):
        return "the language is two letters"
    if request.sample_rate_hz not in RATES_HZ:
        return "the rate is that of no microphone"
    if request.codec not in measuring_pb2.AudioCodec.values() or not request.codec:
        return "the codec is not known"
    return ""
