"""Looking passages up: by vector, every one where few may be found, else through the index; by letters.

An index of vectors is looked through before the filter is applied, and gives up after 40 rows unless it
is told to go on: `relaxed_order` goes on until enough pass, and we sort what it found. Where the filter
leaves few rows, comparing each of them is exact and faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pgvector import Vector
from psycopg import sql

from central.language.plans import SAME_IN_KOREAN
from central.retrieval.passages import Kind, Passage, Within
from central.storage.pool import Connection

EXACT_UP_TO: Final = 10_000
"""Passages that the filter leaves: measured in docs/decisions/0028."""
EF_SEARCH: Final = 200
SPARE: Final = 4
"""So many times what is wanted is taken from the index and sorted: what it finds first behind a filter
is not the nearest.
"""

_WITHIN: Final = sql.SQL("""
kind = any(%(kinds)s)
and (%(language)s::text is null or language = %(language)s)
and (%(company)s::text is null or company_key is null or company_key = lower(%(company)s))
and (%(position)s::text is null or position_key is null or position_key = any(%(same)s)
  or strpos(lower(%(position)s), position_key) > 0)
and (%(question_key)s::text is null or question_key = %(question_key)s)
and (%(not_of)s::bigint is null or candidate_id is distinct from %(not_of)s)
""")
_OF_MODEL: Final = sql.SQL("embedding_name = %(name)s and embedding_version = %(version)s")
_DISTANCE: Final = sql.SQL("embedding <=> %(vector)s::halfvec")
_COSINE: Final = sql.SQL("case when {} then 1 - ({}) end").format(_OF_MODEL, _DISTANCE)
_PARTS: Final = {"within": _WITHIN, "of_model": _OF_MODEL, "distance": _DISTANCE}

# `0 +`: this order is no index's. One statement: ten thousand ids need not travel to us and back.
_AMONG_FEW: Final = sql.SQL("""
with few as materialized (
  select array_agg(id) as ids from (
    select id from passages where {within} limit %(limit)s
  ) as passing
) select coalesce(cardinality(ids), 0), nearest.id, nearest.cosine from few left join lateral (
  select passage_id as id, 1 - ({distance}) as cosine from passage_vectors
  where cardinality(ids) < %(limit)s and passage_id = any(ids) and {of_model}
  order by 0 + ({distance}) limit %(most)s
) as nearest on true order by nearest.cosine desc
""").format(**_PARTS)
_ALL: Final = sql.SQL("""
select id, 1 - ({distance}) from passages join passage_vectors on passage_id = id
where {within} and {of_model} order by 0 + ({distance}) limit %(most)s
""").format(**_PARTS)
_NEAR: Final = sql.SQL("""
with near as materialized (
  select id, {distance} as distance from passage_vectors join passages on id = passage_id
  where {within} and {of_model} order by {distance} limit %(most)s
) select id, 1 - distance from near order by distance + 0
""").format(**_PARTS)
_BY_INDEX: Final = """
select set_config('hnsw.iterative_scan', 'relaxed_order', true),
  set_config('hnsw.ef_search', %s, true), set_config('enable_sort', 'off', true)
"""
_AS_BEFORE: Final = "select set_config('enable_sort', 'on', true)"
_LEXICAL: Final = sql.SQL("""
with alike as materialized (
  select id, ts_rank(lexemes, %(pieces)s::tsquery) as rank from passages
  where {within} and lexemes @@ %(pieces)s::tsquery order by rank desc, id limit %(most)s
) select id, {cosine} from alike left join passage_vectors on passage_id = id order by rank desc, id
""")
_COMMONNESS: Final = """
select piece, share * reltuples from pg_class, pg_stats,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) as common(piece, share)
where oid = 'public.passages'::regclass and schemaname = 'public' and tablename = 'passages'
  and attname = 'lexemes' and piece = any(%s)
"""
_ROWS: Final = """
select id, kind, source, language, text, first_character, end_character, part, company, position,
  question_key, score, candidate_id, interview_id from passages where id = any(%s)
"""


@dataclass(frozen=True, slots=True)
class Query:
    """What is near: the query's vector as pgvector writes it, and whose it is."""

    vector: str
    name: str
    version: str

    @classmethod
    def of(cls, vector: NDArray[np.float32], name: str, version: str) -> Query:
        """The vector of this model."""
        return cls(Vector(vector).to_text(), name, version)


Ranked: TypeAlias = list[tuple[int, float | None]]
"""Ids, the best first, each with its cosine with the query; None: it has no vector of this model."""


async def among_few(conn: Connection, query: Query, within: Within, most: int) -> Ranked | None:
    """The nearest, each compared, where the filter leaves so few that each can be; else None."""
    parameters = _filter(within) | _query(query) | {"limit": EXACT_UP_TO + 1, "most": most}
    found = await _all(conn, _AMONG_FEW, parameters)
    if found[0][0] > EXACT_UP_TO:
        return None
    return [(id_, cosine) for _, id_, cosine in found if id_ is not None]


async def exact(conn: Connection, query: Query, within: Within, most: int) -> Ranked:
    """The nearest, each compared, however many there are."""
    return await _all(conn, _ALL, _filter(within) | _query(query) | {"most": most})


async def near(conn: Connection, query: Query, within: Within, most: int) -> Ranked:
    """The nearest that the index finds."""
    parameters = _filter(within) | _query(query) | {"most": most * SPARE}
    async with conn.pipeline():  # three statements, one way there and back
        await conn.execute(_BY_INDEX, (str(max(EF_SEARCH, most)),))
        cursor = await conn.execute(_NEAR, parameters, prepare=False)
        await conn.execute(_AS_BEFORE)
        found: Ranked = await cursor.fetchall()
    return found[:most]


async def lexical(
    conn: Connection, pieces: Sequence[str], query: Query | None, within: Within, most: int
) -> Ranked:
    """Those that share most of `pieces`."""
    if not pieces:
        return []
    words = " | ".join(f"'{piece}'" for piece in pieces)
    parameters = _filter(within) | {"pieces": words, "most": most}
    cosine: sql.Composable = sql.SQL("null::float8")
    if query is not None:
        parameters |= _query(query)
        cosine = _COSINE
    return await _all(conn, _LEXICAL.format(**_PARTS, cosine=cosine), parameters)


async def commonness(conn: Connection, pieces: Sequence[str]) -> dict[str, float]:
    """How many passages have a piece, as PostgreSQL last estimated; nothing of the rare ones."""
    cursor = await conn.execute(_COMMONNESS, (list(pieces),))
    return {str(piece): float(count) for piece, count in await cursor.fetchall()}


async def rows(conn: Connection, ids: Sequence[int]) -> dict[int, Passage]:
    """The passages with these ids that are still there."""
    cursor = await conn.execute(_ROWS, (list(ids),))
    return {
        row[0]: Passage(Kind(row[1]), row[2], row[3], row[4], (row[5], row[6]), *row[7:])
        for row in await cursor.fetchall()
    }


async def _all(
    conn: Connection, query: sql.Composed, parameters: dict[str, Any]
) -> list[tuple[Any, ...]]:
    # Never prepared: a plan for any filter at all is a poor one for each.
    cursor = await conn.execute(query, parameters, prepare=False)
    return await cursor.fetchall()


def _filter(within: Within) -> dict[str, Any]:
    position = (within.position or "").lower()
    return {
        "kinds": [str(kind) for kind in within.kinds],
        "language": within.language,
        "company": within.company,
        "position": within.position,
        "same": [
            key for key, names in SAME_IN_KOREAN.items() if any(name in position for name in names)
        ],
        "question_key": within.question_key,
        "not_of": within.not_of_candidate,
    }


def _query(query: Query) -> dict[str, Any]:
    return {"vector": query.vector, "name": query.name, "version": query.version}
