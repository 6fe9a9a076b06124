"""The handler of `embed` jobs: passages get their vectors, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from central.jobs.kinds import EmbedJob
from central.jobs.queue import ClaimedJob
from central.language.model import Embedder
from central.storage import jobs, passages
from central.storage.pool import Pool

TIMEOUT_S: Final = 60.0

_log = structlog.get_logger(__name__)


class Embedding:
    """Embeds the texts of all jobs of a batch at once."""

    def __init__(self, pool: Pool, embedder: Embedder) -> None:
        self._pool = pool
        self._embedder = embedder

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """Passages that have a vector of this model, or are gone, need nothing."""
        name, version = self._embedder.name, self._embedder.version
        ids = [job.read(EmbedJob).passage_id for job in claimed]
        async with self._pool.connection() as conn:
            missing = await passages.unembedded(conn, ids, name, version)
        vectors = await self._embedder.embed([one.text for one in missing], timeout_s=TIMEOUT_S)
        async with self._pool.connection() as conn:
            for passage, vector in zip(missing, vectors, strict=True):
                await passages.embed(conn, passage, vector, name, version)
            for job in claimed:
                await jobs.finish(conn, job.id, job.attempt)
        _log.info("embedded", passages=len(missing), model=name)
