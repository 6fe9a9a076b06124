"""How fast passages are found among 100,000, and how many of the true ten nearest, against comparing
every vector in the same run.

`make bench NAME=retrieval`; the last line is JSON. The vectors are made: a mixture of 2,000 topics with
a common direction and noise whose axes fade, chosen so that a query and any passage have a cosine of
about 0.45, and a query and its nearest one of 0.8; how like a real model's they are was not measured.
Evenly random ones, each as far from every other, would be harder. Texts are of made words.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray
from pgvector.psycopg import register_vector

from central.embedded import Cluster
from central.retrieval import ngrams
from central.retrieval.find import LOOKED_AT, nearest, search
from central.retrieval.passages import Kind, Within
from central.storage import retrieval
from central.storage.migrate import migrate
from central.storage.pool import Connection, Pool, open_pool
from central.storage.retrieval import Query

ROWS = 100_000
DIMENSIONS = 1024
TOPICS = 2_000
WORDS = 20_000
QUERIES = 200
SHARED_BUFFERS_MB = 1024
WARM = 400
"""Other queries, asked first: how fast the disk is is not measured here."""
TEN = 10
SEED = 28

Vectors = NDArray[np.float32]

_GIVEN = "create temp table given (n int, topic int, text text, pieces text[], embedding vector)"
_FILL = """
insert into passages (kind, source, language, part, text, first_character, end_character, company,
  content_hash, lexemes)
select 'company', n::text, case when n % 10 = 0 then 'en' else 'ko' end, 0, text, 0, length(text),
  'c' || topic % 20, '', array_to_tsvector(pieces)
from given order by n
"""
_VECTORS = """
insert into passage_vectors select id, embedding::halfvec(1024), 'made', '1'
from passages join given on source = n::text
"""
_INDEX = (
    "create index ix_passage_vectors_embedding on passage_vectors"
    " using hnsw (embedding halfvec_cosine_ops)"
)
_WAYS = {
    "all": Within((Kind.COMPANY,)),
    "most": Within((Kind.COMPANY,), language="ko"),
    "tenth": Within((Kind.COMPANY,), language="en"),
    "twentieth": Within((Kind.COMPANY,), company="c0"),
    "hundredth": Within((Kind.COMPANY,), company="c0", language="en"),
}
"""One row in so many passes; of "most", nine in ten. A company's rows are of its own topics: what is
near is of another's.
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Rows, and queries with the words that they are made of: those that count, then those before."""

    vectors: Vectors
    topics: NDArray[np.int64]
    texts: list[str]
    queries: Vectors
    asked: list[str]


def corpus(rows: int) -> Corpus:
    """The same one every time."""
    rng = np.random.default_rng(SEED)
    common = _unit(rng.normal(size=DIMENSIONS))
    middles = _unit(rng.normal(size=(TOPICS, DIMENSIONS)))
    fading = 1 / np.sqrt(1 + np.arange(DIMENSIONS) / 16)
    words = _words(rng)

    def some(count: int) -> tuple[Vectors, NDArray[np.int64], list[str]]:
        topics = rng.integers(0, TOPICS, count)
        noise = _unit(rng.normal(size=(count, DIMENSIONS)) * fading)
        made = _unit(0.67 * common + 0.57 * middles[topics] + 0.47 * noise)
        return made.astype(np.float32), topics, [_text(rng, words, topic) for topic in topics]

    vectors, topics, texts = some(rows)
    queries, _, asked = some(QUERIES + WARM)
    return Corpus(vectors, topics, texts, queries, [" ".join(one.split()[:6]) for one in asked])


def _words(rng: np.random.Generator) -> list[str]:
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4, 7)]
    return ["".join(rng.choice(syllables, rng.integers(2, 4))) for _ in range(WORDS)]


def _text(rng: np.random.Generator, words: Sequence[str], topic: int) -> str:
    """Forty words: half of the topic's own thirty, half of everybody's, with three endings."""
    own = (topic * 7 + rng.integers(0, 30, 20)) % WORDS
    everybody = np.minimum(rng.zipf(1.2, 20) - 1, WORDS - 1)
    chosen = rng.permutation(np.concatenate([own, everybody]))
    endings = rng.choice(["을", "에서", "합니다"], 40)
    return " ".join(words[number] + end for number, end in zip(chosen, endings, strict=True))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return unit


def fill(url: str, given: Corpus) -> dict[str, float]:
    """Writes the rows, then builds the index; seconds and sizes."""
    with psycopg.connect(url, autocommit=True) as conn:
        register_vector(conn)
        conn.execute("drop index ix_passage_vectors_embedding")
        conn.execute(_GIVEN)
        began_s = time.perf_counter()
        with (
            conn.cursor() as cursor,
            cursor.copy("copy given from stdin (format binary)") as copy,
        ):
            copy.set_types(["int4", "int4", "text", "text[]", "vector"])
            for n, text in enumerate(given.texts):
                pieces = list(ngrams.pieces(text))
                copy.write_row((n, int(given.topics[n]), text, pieces, given.vectors[n]))
        conn.execute(_FILL)
        conn.execute(_VECTORS)
        filled_s = time.perf_counter()
        conn.execute("set maintenance_work_mem = '2GB'")
        conn.execute(f"set max_parallel_maintenance_workers = {(os.cpu_count() or 2) - 1}")
        conn.execute(_INDEX)
        built_s = time.perf_counter()
        conn.execute("vacuum analyze passages, passage_vectors")
        conn.execute("checkpoint")
        row = conn.execute("select pg_relation_size('ix_passage_vectors_embedding')").fetchone()
    assert row is not None
    return {
        "fill_s": round(filled_s - began_s, 1),
        "index_build_s": round(built_s - filled_s, 1),
        "index_mb": round(row[0] / 1e6),
    }


async def times_ms(one: Callable[[int], Awaitable[object]], count: int) -> tuple[float, float]:
    """Median and 95th percentile, after other queries have read most pages."""
    for number in range(min(WARM, 2 * count)):
        await one(QUERIES + number)
    took: list[float] = []
    for number in range(count):
        began_s = time.perf_counter()
        await one(number)
        took.append((time.perf_counter() - began_s) * 1000)
    p50, p95 = np.percentile(took, [50, 95])
    return round(float(p50), 1), round(float(p95), 1)


async def look(url: str, given: Corpus, count: int) -> dict[str, float]:
    figures: dict[str, float] = {}
    query = [Query.of(vector, "made", "1") for vector in given.queries]
    async with (
        await open_pool(url, 2) as pool,
        await psycopg.AsyncConnection.connect(url) as conn,
    ):
        for name, within in _WAYS.items():
            p50, p95 = await times_ms(_whole(pool, query, given.asked, within), count)
            figures |= {f"{name}_p50_ms": p50, f"{name}_p95_ms": p95}
            figures[f"{name}_recall"] = await recall(conn, given, within, count)
        for name, within in _WAYS.items():
            few = count if name == "hundredth" else 20
            p50, p95 = await times_ms(_exact(conn, query, within), few)
            figures |= {f"{name}_exact_p50_ms": p50, f"{name}_exact_p95_ms": p95}
        everybody = _WAYS["all"]
        for name, way in (
            ("dense", _dense(conn, query, everybody)),
            ("lexical", _letters(pool, given.asked)),
        ):
            p50, p95 = await times_ms(way, count)
            figures |= {f"{name}_p50_ms": p50, f"{name}_p95_ms": p95}
        for name in ("most", "tenth"):
            figures[f"{name}_index_recall"] = await recall(
                conn, given, _WAYS[name], count, by_index=True
            )
            p50, p95 = await times_ms(_index(conn, query, _WAYS[name]), count)
            figures |= {f"{name}_index_p50_ms": p50, f"{name}_index_p95_ms": p95}
    return figures


def _index(
    conn: Connection, query: list[Query], within: Within
) -> Callable[[int], Awaitable[object]]:
    return lambda number: retrieval.near(conn, query[number], within, LOOKED_AT)


def _whole(
    pool: Pool, query: list[Query], asked: list[str], within: Within
) -> Callable[[int], Awaitable[object]]:
    return lambda number: search(pool, query[number], asked[number], within, TEN)


def _exact(
    conn: Connection, query: list[Query], within: Within
) -> Callable[[int], Awaitable[object]]:
    return lambda number: retrieval.exact(conn, query[number], within, LOOKED_AT)


def _dense(
    conn: Connection, query: list[Query], within: Within
) -> Callable[[int], Awaitable[object]]:
    return lambda number: nearest(conn, query[number], within)


def _letters(pool: Pool, asked: list[str]) -> Callable[[int], Awaitable[object]]:
    return lambda number: search(pool, None, asked[number], _WAYS["all"], TEN)


async def recall(
    conn: Connection,
    given: Corpus,
    within: Within,
    count: int,
    *,
    by_index: bool = False,
) -> float:
    """How many of the true ten nearest are among the first ten by vector, as `search` looks, or through
    the index in any case.
    """
    numbers = np.arange(len(given.texts))
    passes = np.ones(len(numbers), bool)
    if within.language is not None:
        passes &= (numbers % 10 == 0) == (within.language == "en")
    if within.company:
        passes &= given.topics % 20 == 0
    true = given.queries[:count] @ given.vectors[passes].T
    found = 0
    for number in range(count):
        best = set(numbers[passes][np.argsort(-true[number])[:TEN]].tolist())
        query = Query.of(given.queries[number], "made", "1")
        if by_index:
            dense = await retrieval.near(conn, query, within, LOOKED_AT)
        else:
            dense, _ = await nearest(conn, query, within)
        rows = await retrieval.rows(conn, [id_ for id_, _ in dense[:TEN]])
        found += len(best & {int(passage.source) for passage in rows.values()})
    return round(found / (TEN * count), 4)


def likeness(given: Corpus) -> dict[str, float]:
    """What the made vectors are like: cosines of two rows, and of a query with its nearest row."""
    few = given.queries[:QUERIES] @ given.vectors.T
    return {
        "median_cosine": round(float(np.median(few)), 3),
        "nearest_cosine": round(float(np.median(few.max(axis=1))), 3),
        "tenth_nearest_cosine": round(float(np.median(np.sort(few, axis=1)[:, -TEN])), 3),
    }


def measure(rows: int = ROWS, queries: int = QUERIES) -> dict[str, float]:
    """Everything, on a server of its own."""
    given = corpus(rows)
    figures: dict[str, float] = {"rows": rows, "shared_buffers_mb": SHARED_BUFFERS_MB}
    figures |= likeness(given)
    with tempfile.TemporaryDirectory(prefix="daedam-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's account may walk through it
        with server(Path(folder)) as url:
            migrate(url)
            figures |= fill(url, given)
            figures |= asyncio.run(look(url, given, queries))
    return figures


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A database on a server with as much memory as a site's has."""
    cluster = Cluster(
        folder / "pg", folder / "sockets", durable=False, shared_buffers_mb=SHARED_BUFFERS_MB
    )
    cluster.prepare()
    running = subprocess.Popen(cluster.command(), stderr=subprocess.DEVNULL)
    try:
        while not cluster.is_ready(running.pid):
            time.sleep(0.05)
        yield cluster.url("postgres")
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--queries", type=int, default=QUERIES, help=f"at most {QUERIES}")
    given = parser.parse_args()
    figures = measure(given.rows, given.queries)
    for name, value in figures.items():
        print(f"{name:>24} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
