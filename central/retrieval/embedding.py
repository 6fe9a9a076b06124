"""The handler of `embed` and `embed_section` jobs: texts get their vectors, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import structlog

from central.jobs.kinds import EMBED, EMBED_SECTION, EmbedJob, EmbedSectionJob
from central.jobs.queue import ClaimedJob
from central.language.model import Embedder
from central.storage import jobs, passages, resume_vectors
from central.storage.pool import Pool

TIMEOUT_S: Final = 60.0

_log = structlog.get_logger(__name__)


class Embedding:
    """Embeds the texts of all jobs of a batch at once: of passages, and of sections of résumés."""

    def __init__(self, pool: Pool, embedder: Embedder) -> None:
        self._pool = pool
        self._embedder = embedder

    async def handle(self, claimed: Sequence[ClaimedJob]) -> None:
        """What has a vector of this model, or is gone, needs nothing."""
        name, version = self._embedder.name, self._embedder.version
        numbers = [job.read(EmbedJob).passage_id for job in claimed if job.kind == EMBED]
        sections = [
            job.read(EmbedSectionJob).section_id for job in claimed if job.kind == EMBED_SECTION
        ]
        async with self._pool.connection() as conn:
            texts = await passages.unembedded(conn, numbers, name, version)
            parts = await resume_vectors.unembedded(conn, sections, name, version)
        both = [one.text for one in (*texts, *parts)]
        vectors = await self._embedder.embed(both, timeout_s=TIMEOUT_S)
        async with self._pool.connection() as conn:
            for passage, vector in zip(texts, vectors[: len(texts)], strict=True):
                await passages.embed(conn, passage, vector, name, version)
            for part, vector in zip(parts, vectors[len(texts) :], strict=True):
                await resume_vectors.embed(conn, part, vector, name, version)
            for job in claimed:
                await jobs.finish(conn, job.id, job.attempt)
        _log.info("embedded", passages=len(texts), sections=len(parts), model=name)
