"""Finding passages on real PostgreSQL with pgvector."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from central.errors import EngineError
from central.retrieval.find import REFERENCE_COSINE, find
from central.retrieval.passages import Kind, Passage, Within
from central.storage import passages, retrieval
from central.storage.passages import Unembedded
from central.storage.pool import Connection, Pool, open_pool
from central.storage.retrieval import EXACT_UP_TO, Query
from tests.fakes.scripted_model import HashedEmbedder

pytestmark = pytest.mark.integration

BANK = Within((Kind.BANK,))
EMBEDDER = HashedEmbedder()


def passage(text: str, kind: Kind = Kind.BANK, language: str = "ko", **facts: object) -> Passage:
    given = {"source": text[:40], "span": (0, len(text)), **facts}
    return Passage(kind=kind, language=language, text=text, **given)  # type: ignore[arg-type] # its fields


async def keep(pool: Pool, *those: Passage, embedder: HashedEmbedder | None = EMBEDDER) -> None:
    async with pool.connection() as conn:
        await passages.put(conn, those)
        if embedder is not None:
            await give_vectors(conn, embedder)


async def give_vectors(conn: Connection, embedder: HashedEmbedder) -> None:
    cursor = await conn.execute("select id, text from passages")
    found = [Unembedded(*row) for row in await cursor.fetchall()]
    vectors = await embedder.embed([one.text for one in found], timeout_s=1)
    for one, vector in zip(found, vectors, strict=True):
        assert await passages.embed(conn, one, vector, embedder.name, embedder.version)


async def test_the_nearest_comes_first_with_where_it_stands_and_how_near(pool: Pool) -> None:
    near = passage("장애가 났을 때 원인을 어떻게 찾으셨나요?", source="incident", span=(3, 26))
    await keep(pool, near, passage("팀에서 의견이 갈렸을 때 어떻게 하셨나요?"))
    found = await find(pool, EMBEDDER, "장애 원인을 찾은 경험", BANK)
    best = found.hits[0]
    assert best.passage == near
    assert best.dense is not None
    assert best.dense > 0.25
    assert best.lexical > 0.5
    assert (found.embedding, found.lexical_only, found.exact) == (("hashed", "1"), "", True)


async def test_without_an_embedder_letters_alone_find_and_it_says_so(pool: Pool) -> None:
    await keep(pool, passage("카프카를 쓴 이유는 무엇인가요?"), passage("휴가 때 무엇을 하나요?"))
    found = await find(pool, None, "카프카 운영", BANK)
    assert [hit.passage.text for hit in found.hits] == ["카프카를 쓴 이유는 무엇인가요?"]
    assert found.hits[0].dense is None
    assert found.embedding is None
    assert "no embedding model" in found.lexical_only


class Broken(HashedEmbedder):
    async def embed(self, texts: Sequence[str], *, timeout_s: float) -> NDArray[np.float32]:
        raise EngineError("hashed", "out of time")


async def test_an_embedder_that_does_not_answer_leaves_the_letters(pool: Pool) -> None:
    await keep(pool, passage("카프카를 쓴 이유는 무엇인가요?"))
    found = await find(pool, Broken(), "카프카", BANK)
    assert len(found.hits) == 1
    assert "out of time" in found.lexical_only


@pytest.mark.parametrize(("name", "version"), [("hashed", "2"), ("other", "1")])
async def test_vectors_of_another_model_are_never_compared(
    pool: Pool, name: str, version: str
) -> None:
    other = HashedEmbedder()
    other.name, other.version = name, version
    await keep(pool, passage("카프카를 쓴 이유는 무엇인가요?"), embedder=other)
    found = await find(pool, EMBEDDER, "카프카를 쓴 이유는", BANK)
    assert [hit.dense for hit in found.hits] == [None]
    assert not (await find(pool, EMBEDDER, "카프카를", BANK, least_cosine=-1.0)).hits


TEXT = "카프카를 쓴 이유는 무엇인가요?"


@pytest.mark.parametrize(
    ("facts", "within", "is_found"),
    [
        ({}, BANK, True),
        ({"kind": Kind.ANSWER}, BANK, False),
        ({"kind": Kind.ANSWER}, Within((Kind.BANK, Kind.ANSWER)), True),
        ({}, Within((Kind.BANK,), language="en"), False),
        ({"company": "Nuri"}, Within((Kind.BANK,), company="nuri"), True),
        ({"company": "Nuri"}, Within((Kind.BANK,), company="Other"), False),
        ({}, Within((Kind.BANK,), company="Other"), True),
        ({"position": "backend"}, Within((Kind.BANK,), position="백엔드 개발자"), True),
        ({"position": "backend"}, Within((Kind.BANK,), position="Senior Backend Engineer"), True),
        ({"position": "backend"}, Within((Kind.BANK,), position="Accountant"), False),
        ({}, Within((Kind.BANK,), position="Accountant"), True),
        ({"question_key": "q1"}, Within((Kind.BANK,), question_key="q1"), True),
        ({"question_key": "q1"}, Within((Kind.BANK,), question_key="q2"), False),
    ],
)
async def test_only_what_the_search_is_within_is_found(
    pool: Pool, facts: dict[str, object], within: Within, is_found: bool
) -> None:
    await keep(pool, passage(TEXT, **facts))  # type: ignore[arg-type] # its fields
    for embedder in (EMBEDDER, None):
        assert bool((await find(pool, embedder, TEXT, within)).hits) is is_found


async def test_nobody_is_measured_against_an_answer_of_their_own(pool: Pool) -> None:
    async with pool.connection() as conn:
        cursor = await conn.execute(
            "insert into users (email, username, password_hash, role, language) values"
            " ('a@b.c', 'a', 'x', 'candidate', 'ko') returning id"
        )
        row = await cursor.fetchone()
    assert row is not None
    await keep(
        pool,
        passage("카프카를 그만 쓰기로 했습니다", Kind.ANSWER, candidate_id=row[0]),
        passage("카프카를 다시 쓰기로 했습니다", Kind.ANSWER),
    )
    within = Within((Kind.ANSWER,), not_of_candidate=row[0])
    found = await find(pool, EMBEDDER, "카프카를 쓰기로", within)
    assert [hit.passage.candidate_id for hit in found.hits] == [None]


async def test_a_reviewed_answer_that_is_far_away_is_no_reference(pool: Pool) -> None:
    near, far = "로그를 보고 원인을 찾았습니다", "주말에는 원인 모를 산책을 합니다"
    await keep(pool, passage(near, Kind.ANSWER), passage(far, Kind.ANSWER))
    within = Within((Kind.ANSWER,))
    found = await find(
        pool, EMBEDDER, "로그를 보고 원인을 찾았다", within, least_cosine=REFERENCE_COSINE
    )
    assert [hit.passage.text for hit in found.hits] == [near]


async def test_a_filter_that_leaves_one_in_fifty_still_finds_its_ten_through_the_index(
    pool: Pool,
) -> None:
    """What an index returns before the filter is applied is not enough: it has to go on. With another
    class of operators it would not be used at all, and nobody would say so.
    """
    rng = np.random.default_rng(7)
    async with pool.connection() as conn:
        await fill(conn, rng.normal(size=(600, 1024)).astype(np.float32))
        query = Query.of(rng.normal(size=1024).astype(np.float32), "m", "1")
        within = Within((Kind.BANK,), language="ko")
        near = await retrieval.near(conn, query, within, 10)
        assert await scans(conn) == 1
        exact = await retrieval.exact(conn, query, within, 10)
        assert await scans(conn) == 1
        await conn.rollback()
    assert [id_ for id_, _ in near] == [id_ for id_, _ in exact]
    assert len(near) == 10


async def fill(conn: Connection, vectors: NDArray[np.float32]) -> None:
    """Every fiftieth is Korean. An index is built faster than it grows."""
    await conn.execute("drop index ix_passage_vectors_embedding")
    await conn.execute(
        "insert into passages (kind, source, language, part, text, first_character, end_character,"
        " content_hash, lexemes)"
        " select 'bank', n::text, case when n %% 50 = 0 then 'ko' else 'en' end, 0, '', 0, 0, '', ''"
        " from generate_series(1, %s) n",
        (len(vectors),),
    )
    await conn.execute(
        "insert into passage_vectors select id, (%s::text[])[source::int]::halfvec, 'm', '1'"
        " from passages",
        ([str(vector.tolist()) for vector in vectors],),
    )
    await conn.execute(
        "create index ix_passage_vectors_embedding on passage_vectors"
        " using hnsw (embedding halfvec_cosine_ops)"
    )
    await conn.execute("analyze passages, passage_vectors")


async def scans(conn: Connection) -> int:
    """How often this transaction looked through the index of vectors."""
    cursor = await conn.execute(
        "select pg_stat_get_xact_numscans('ix_passage_vectors_embedding'::regclass)"
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("more", [0, 1])
async def test_few_passages_are_all_compared_and_many_are_not(pool: Pool, more: int) -> None:
    async with pool.connection() as conn:
        await conn.execute(
            "insert into passages (kind, source, language, part, text, first_character,"
            " end_character, content_hash, lexemes) select 'bank', n::text, 'ko', 0, '', 0, 0, '', ''"
            " from generate_series(1, %s) n",
            (EXACT_UP_TO + more,),
        )
        query = Query.of(np.ones(1024, np.float32), "made", "1")
        few = await retrieval.among_few(conn, query, BANK, 10)
    assert few == (None if more else []), "none has a vector"


async def test_a_pool_of_one_connection_is_enough(database_url: str) -> None:
    pool = await open_pool(database_url, 1)
    try:
        await keep(pool, passage(TEXT))
        async with asyncio.timeout(5):
            found = await asyncio.gather(*(find(pool, EMBEDDER, TEXT, BANK) for _ in range(4)))
    finally:
        await pool.close()
    assert [len(one.hits) for one in found] == [1] * 4


async def test_how_common_pieces_are_is_asked_of_the_database(pool: Pool) -> None:
    common = [passage(f"{n}번째로 어떻게 하셨나요?") for n in range(60)]
    await keep(pool, *common, passage("카프카는 어떻게 하셨나요?"), embedder=None)
    async with pool.connection() as conn:
        await conn.execute("analyze passages")
        assert await retrieval.commonness(conn, ["어떻", "하셨"]) == {"어떻": 61, "하셨": 61}
    found = await find(pool, None, "카프카는 어떻게 하셨나요?", BANK)
    assert found.hits[0].passage.text == "카프카는 어떻게 하셨나요?"
