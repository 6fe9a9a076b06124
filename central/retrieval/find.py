"""Find passages: by meaning and by letters, in one order."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Final, TypeVar

import structlog

from central.errors import EngineError
from central.language.model import Embedder
from central.retrieval import fusion, ngrams
from central.retrieval.passages import Found, Hit, Within
from central.storage import retrieval
from central.storage.pool import Connection, Pool
from central.storage.retrieval import Query, Ranked

LOOKED_AT: Final = 30
"""Of each way of looking, before they become one order."""
EMBEDDING_TIMEOUT_S: Final = 2.0
REFERENCE_COSINE: Final = 0.55
"""A reviewed answer that is farther away is no reference."""

One = TypeVar("One")
Other = TypeVar("Other")

_log = structlog.get_logger(__name__)


async def find(
    pool: Pool,
    embedder: Embedder | None,
    text: str,
    within: Within,
    *,
    most: int = 8,
    least_cosine: float | None = None,
    timeout_s: float = EMBEDDING_TIMEOUT_S,
) -> Found:
    """At most `most` passages near `text`: a competency, a position, a line of a project; not a whole
    document. With `least_cosine`, none that is farther away, nor one whose distance nobody knows.

    Without an embedder, or where it does not answer within `timeout_s`, only letters are compared.
    """
    query, why = await _embedded(embedder, text, timeout_s)
    return await search(pool, query, text, within, most, least_cosine, why)


async def search(  # noqa: PLR0917 - what `find` takes, in its order
    pool: Pool,
    query: Query | None,
    text: str,
    within: Within,
    most: int,
    least_cosine: float | None = None,
    why_lexical: str = "",
) -> Found:
    """`find` with the query's vector: by meaning and by letters at once, a connection each."""
    (dense, exact), (pieces, lexical) = await _both(
        _by_meaning(pool, query, within), _by_letters(pool, text, query, within)
    )
    cosines = dict([*dense, *lexical])
    fused = {
        id_: score
        for id_, score in fusion.fuse(
            [[id_ for id_, _ in dense], [id_ for id_, _ in lexical]]
        ).items()
        if _is_near(cosines[id_], least_cosine)
    }
    async with pool.connection() as conn:
        passages = await retrieval.rows(conn, list(fused)[:most])
    hits = tuple(
        Hit(id_, one, cosines[id_], ngrams.overlap(pieces, one.text), fused[id_])
        for id_ in list(fused)[:most]
        if (one := passages.get(id_)) is not None
    )
    embedding = None if query is None else (query.name, query.version)
    return Found(hits, embedding, why_lexical, exact)


async def _both(
    one: Coroutine[None, None, One], other: Coroutine[None, None, Other]
) -> tuple[One, Other]:
    """Neither holds a connection while it waits for another, so a pool of one is enough."""
    async with asyncio.TaskGroup() as group:
        first, second = group.create_task(one), group.create_task(other)
    return first.result(), second.result()


async def _by_meaning(pool: Pool, query: Query | None, within: Within) -> tuple[Ranked, bool]:
    if query is None:
        return [], True
    async with pool.connection() as conn:
        return await nearest(conn, query, within)


async def _by_letters(
    pool: Pool, text: str, query: Query | None, within: Within
) -> tuple[tuple[str, ...], Ranked]:
    async with pool.connection() as conn:
        pieces = ngrams.asked(text, await retrieval.commonness(conn, ngrams.pieces(text)))
        return pieces, await retrieval.lexical(conn, pieces, query, within, LOOKED_AT)


def _is_near(cosine: float | None, least: float | None) -> bool:
    return least is None or (cosine is not None and cosine >= least)


async def nearest(conn: Connection, query: Query, within: Within) -> tuple[Ranked, bool]:
    """The nearest by vector, and whether every one was compared: where the filter leaves few, and where
    the index gives up before it has found enough that pass.
    """
    few = await retrieval.among_few(conn, query, within, LOOKED_AT)
    if few is not None:
        return few, True
    near = await retrieval.near(conn, query, within, LOOKED_AT)
    if len(near) == LOOKED_AT:
        return near, False
    return await retrieval.exact(conn, query, within, LOOKED_AT), True


async def _embedded(
    embedder: Embedder | None, text: str, timeout_s: float
) -> tuple[Query | None, str]:
    if embedder is None:
        return None, "no embedding model is configured"
    try:
        vectors = await embedder.embed([text], timeout_s=timeout_s)
    except EngineError as error:
        _log.warning("a query has no vector", problem=str(error))
        return None, f"the embedding model did not answer: {error.problem}"
    return Query.of(vectors[0], embedder.name, embedder.version), ""
