"""The language role gives vectors to what was there and to what comes while it runs."""

from __future__ import annotations

import asyncio

import pytest

from central.bus.bus import Bus
from central.errors import ConfigError
from central.retrieval.indexing import Document, index_document
from central.retrieval.passages import Kind
from central.retrieval.upkeep import keep_embedded
from central.storage.pool import Pool
from tests.fakes.scripted_model import HashedEmbedder

pytestmark = pytest.mark.integration


async def test_a_model_whose_vectors_have_another_length_is_refused_by_name(
    pool: Pool, nats_url: str
) -> None:
    async with await Bus.connect(nats_url, "language", None) as bus:
        with pytest.raises(ConfigError, match="have 768 numbers"):
            await keep_embedded(pool, bus, HashedEmbedder(768))


async def write(pool: Pool, name: str) -> None:
    async with pool.connection() as conn:
        await index_document(conn, Document(Kind.COMPANY, name, "ko", "스스로 배우는 사람"))


async def all_embedded(pool: Pool) -> None:
    while await without_vectors(pool):  # noqa: ASYNC110 - rows, not an event
        await asyncio.sleep(0.02)


async def without_vectors(pool: Pool) -> int:
    async with pool.connection() as conn:
        cursor = await conn.execute(
            "select from passages where id not in (select passage_id from passage_vectors)"
        )
        return cursor.rowcount


async def test_documents_from_before_and_from_now_get_their_vectors(
    pool: Pool, nats_url: str
) -> None:
    await write(pool, "before")
    async with await Bus.connect(nats_url, "language", None) as bus:
        keeping = asyncio.create_task(keep_embedded(pool, bus, HashedEmbedder(), pause_s=0.05))
        async with asyncio.timeout(30):
            await all_embedded(pool)
            await write(pool, "now")
            await all_embedded(pool)
        keeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await keeping
