"""Vectors for whatever has none of the present model: what is there already, and what comes."""

from __future__ import annotations

import asyncio
import os
import platform
from typing import Final

import structlog

from central.bus.bus import Bus
from central.errors import ConfigError
from central.jobs.kinds import EMBED, EMBED_SECTION
from central.jobs.worker import work
from central.language.model import Embedder
from central.retrieval.embedding import TIMEOUT_S, Embedding
from central.storage import passages, resume_vectors
from central.storage.pool import Pool, is_away

BATCH: Final = 16
LOOK_AGAIN_S: Final = 60.0

_log = structlog.get_logger(__name__)


async def keep_embedded(
    pool: Pool, bus: Bus, embedder: Embedder, *, pause_s: float = LOOK_AGAIN_S
) -> None:
    """Runs until cancelled, beside the role's other work. Another model than before, or another version
    of it, begins with all passages and all sections of résumés anew; until each passage has its vector,
    letters find it.

    Raises `ConfigError` where its vectors are of another length than those that are kept.
    """
    if embedder.dimensions != passages.DIMENSIONS:
        raise ConfigError(
            "language.models.embedding",
            f"vectors of {embedder.name} have {embedder.dimensions} numbers; a model with"
            f" {passages.DIMENSIONS} is needed, as KURE-v1 or bge-m3",
        )
    async with pool.connection() as conn:
        wanted = await passages.want_vectors(conn, embedder.name, embedder.version)
        sections = await resume_vectors.want_vectors(conn, embedder.name, embedder.version)
    _log.info(
        "vectors",
        model=embedder.name,
        version=embedder.version,
        passages=wanted,
        sections=sections,
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(_look_again(pool, embedder, pause_s))
        await work(
            pool,
            bus,
            [EMBED, EMBED_SECTION],
            Embedding(pool, embedder).handle,
            worker=f"{platform.node()}:{os.getpid()}",
            batch=BATCH,
            lease_s=TIMEOUT_S,
        )


async def _look_again(pool: Pool, embedder: Embedder, pause_s: float) -> None:
    """People add documents while the role runs, and a résumé may be read while the model is away."""
    while True:
        await asyncio.sleep(pause_s)
        try:
            async with pool.connection() as conn:
                for texts in (passages, resume_vectors):
                    await texts.want_vectors(
                        conn, embedder.name, embedder.version, missing_only=True
                    )
        except Exception as error:
            if not is_away(error):
                raise
            _log.warning("the database is away; looking again", error=str(error))
