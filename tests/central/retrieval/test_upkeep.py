"""The language role gives vectors to what was there and to what comes while it runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from central import cli
from central.bus.bus import Bus
from central.errors import ConfigError
from central.retrieval.indexing import Document, index_document
from central.retrieval.passages import Kind
from central.retrieval.upkeep import keep_embedded
from central.storage import vector_counts
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


async def sections(pool: Pool, *vectors: tuple[str, str] | None) -> None:
    """Of a résumé that was read: each without a vector, or with one of such a model."""
    async with pool.connection() as conn:
        await conn.execute(
            "with u as (insert into users (email, username, role, password_hash)"
            "  values ('a@b', 'a', 'candidate', 'x') returning id),"
            " i as (insert into interviews (candidate_id, position, language) select id, 'p', 'ko'"
            "  from u returning id, candidate_id)"
            " insert into resumes (interview_id, candidate_id, document_id, state, text)"
            " select id, candidate_id, 1, 'read', '' from i"
        )
        for ordinal, made in enumerate(vectors):
            zero = None if made is None else f"[{'1,' * 1023}1]"
            await conn.execute(
                "insert into resume_sections (resume_id, interview_id, ordinal, kind, start_at, end_at,"
                " text, embedding, embedding_model, embedding_version)"
                " select id, interview_id, %s, 'experience', 0, 9, '주문 서버', %s::vector, %s, %s"
                " from resumes",
                (ordinal, zero, *(made or (None, None))),
            )


async def models(pool: Pool) -> list[tuple[object, ...]]:
    async with pool.connection() as conn:
        cursor = await conn.execute(
            "select embedding_model, embedding_version from resume_sections order by ordinal"
        )
        return await cursor.fetchall()


async def all_of(pool: Pool, present: tuple[str, str]) -> None:
    while set(await models(pool)) != {present}:  # noqa: ASYNC110 - rows, not an event
        await asyncio.sleep(0.02)


async def test_resumes_read_without_a_model_or_with_another_get_their_vectors(
    pool: Pool, nats_url: str, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    embedder = HashedEmbedder()
    present = (embedder.name, embedder.version)
    await sections(pool, None, ("older", "1"), (embedder.name, "older"), present)
    await write(pool, "before")
    async with pool.connection() as conn:
        before = {(one.kind, one.model): one.texts for one in await vector_counts.counts(conn)}
    assert before[("résumés", None)] == 1
    assert before[("passages", None)] == 1
    async with await Bus.connect(nats_url, "language", None) as bus:
        keeping = asyncio.create_task(keep_embedded(pool, bus, embedder, pause_s=0.05))
        async with asyncio.timeout(30):
            await all_of(pool, present)
            async with pool.connection() as conn:
                await conn.execute(
                    "update resume_sections set embedding = null, embedding_model = null,"
                    " embedding_version = null where ordinal = 0"
                )
            await all_of(pool, present)
            await all_embedded(pool)
        keeping.cancel()
        with pytest.raises(asyncio.CancelledError):
            await keeping
    config = tmp_path / "central.toml"
    config.write_text(f'data_dir = "{tmp_path}"\n[database]\nurl = "{database_url}"\n', "utf-8")
    assert await asyncio.to_thread(cli.run, ["models", "vectors", "--config", str(config)]) == 0
    printed = capsys.readouterr().out
    assert f"résumés: 4 with one of {embedder.name} ({embedder.version})" in printed
    assert "0 to be made, 0 given up" in printed
