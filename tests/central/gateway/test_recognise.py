"""A room may have its test sentence read: by a speech worker, within bounds, and kept by nobody."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import pytest

from central.bus.captions import CaptionReply, CaptionRequest
from central.gateway.recognise import BURST, MOST_BYTES
from daedam.v1 import measuring_pb2, room_pb2
from daedam.v1.room_pb2_grpc import RoomServiceStub
from edge_agent.config import Central
from edge_agent.doctor import way
from edge_agent.errors import CentralAway
from edge_agent.flow import Codec
from edge_agent.uplink.reading import Read, ReadingDoor
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

FLAC = measuring_pb2.AUDIO_CODEC_FLAC


def sentence(**changed: Any) -> room_pb2.RecogniseRequest:
    fields: dict[str, Any] = {
        "language": "ko",
        "codec": FLAC,
        "sample_rate_hz": 16_000,
        "extradata": b"e" * 34,
        "packets": [b"one", b"two"],
    }
    return room_pb2.RecogniseRequest(**{**fields, **changed})


@asynccontextmanager
async def asker(site: Site, address: str) -> AsyncIterator[Any]:
    credentials = grpc.ssl_channel_credentials(
        site.agent.authority.read_bytes(),
        site.agent.private_key.read_bytes(),
        site.agent.certificate.read_bytes(),
    )
    options = (("grpc.use_local_subchannel_pool", 1),)
    async with grpc.aio.secure_channel(address, credentials, options) as channel:
        yield RoomServiceStub(channel)


def central(site: Site, address: str) -> Central:
    return Central(
        address,
        ca=site.agent.authority,
        certificate=site.agent.certificate,
        private_key=site.agent.private_key,
        identity=site.agent.certificate.parent / "none.pem",
    )


class Worker:
    """A speech worker that reads everything as `text`."""

    def __init__(self, text: str, *, busy: bool = False) -> None:
        self.text, self.busy = text, busy
        self.asked: list[CaptionRequest] = []

    async def read(self, request: CaptionRequest) -> CaptionReply:
        self.asked.append(request)
        return CaptionReply(self.text, "fake engine", self.busy)


async def test_the_doctor_has_its_sentence_read_and_nothing_is_kept(site: Site) -> None:
    worker = Worker("안녕하세요")
    async with site.gateway() as address:
        await site.bus.serve_captions("ko", worker.read)
        settings = central(site, address)
        sound = {
            "codec": int(FLAC),
            "extradata": base64.b64encode(b"e" * 34).decode(),
            "packets": [base64.b64encode(b"one").decode()],
        }
        read = await way.recognise(way.told(settings), "ko", sound)
    assert (read["answered"], read["text"], read["engine"]) == (True, "안녕하세요", "fake engine")
    assert worker.asked == [CaptionRequest("ko", int(FLAC), 16_000, b"e" * 34, (b"one",))]
    assert await site.fetch("select count(*) from ingest_watermark") == [(0,)]


async def test_a_practice_answer_is_read_and_nothing_is_kept(site: Site) -> None:
    worker, busy = Worker("버스로 왔습니다"), Worker("", busy=True)
    async with site.gateway() as address:
        await site.bus.serve_captions("ko", worker.read)
        await site.bus.serve_captions("en", busy.read)
        door = ReadingDoor(central(site, address))
        read = await door.read("ko", Codec.FLAC, 16_000, b"e" * 34, (b"one", b"two"))
        unread = await door.read("en", Codec.FLAC, 16_000, b"e" * 34, (b"one",))
    assert (read, unread) == (Read("버스로 왔습니다", "fake engine"), None)
    assert worker.asked == [CaptionRequest("ko", int(FLAC), 16_000, b"e" * 34, (b"one", b"two"))]
    assert await site.fetch("select count(*) from ingest_watermark") == [(0,)]


async def test_where_nobody_answers_a_practice_answer_is_not_read(site: Site) -> None:
    door = ReadingDoor(central(site, "127.0.0.1:1"))
    with pytest.raises(CentralAway):
        await door.read("ko", Codec.FLAC, 16_000, b"e" * 34, (b"one",))


async def test_where_the_speech_worker_is_busy_or_away_nobody_answers(site: Site) -> None:
    worker = Worker("", busy=True)
    async with site.gateway() as address, asker(site, address) as stub:
        await site.bus.serve_captions("ko", worker.read)
        busy = await stub.Recognise(sentence(), timeout=15)
        away = await stub.Recognise(sentence(language="en"), timeout=15)
    assert not busy.answered
    assert not away.answered


@pytest.mark.parametrize(
    "changed",
    [
        {"packets": [bytes(MOST_BYTES)]},
        {"packets": [b"x"] * 1_001},
        {"packets": []},
        {"language": ">"},
        {"language": "korean"},
        {"sample_rate_hz": 0},
        {"codec": 0},
        {"codec": 99},
    ],
)
async def test_what_no_room_would_send_is_refused(site: Site, changed: dict[str, Any]) -> None:
    async with site.gateway() as address, asker(site, address) as stub:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stub.Recognise(sentence(**changed), timeout=5)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_who_is_revoked_or_asks_without_end_is_not_read(site: Site) -> None:
    await site.fetch("update agents set revoked_at = now()")
    async with site.gateway() as address, asker(site, address) as stub:
        codes = []
        for _ in range(int(BURST) + 1):
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await stub.Recognise(sentence(), timeout=5)
            codes.append(refused.value.code())
    assert codes[0] is grpc.StatusCode.PERMISSION_DENIED
    assert codes[-1] is grpc.StatusCode.RESOURCE_EXHAUSTED
