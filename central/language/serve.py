"""The language role: the bank into its table, plans and follow-ups, marks for answers, reports, and
résumés that are read.
"""

from __future__ import annotations

import asyncio
import os
import platform
from contextlib import AsyncExitStack
from typing import Final

import structlog

from central.bus.bus import Bus
from central.config import Config
from central.jobs.kinds import EVALUATE, REPORT, SHADOW
from central.jobs.worker import work
from central.language import bank, evaluators
from central.language.engine.opening import open_models
from central.language.marking import Marking
from central.language.planning import neutral
from central.language.planning.serve import ask
from central.language.resumes import read_resumes
from central.retrieval import indexing
from central.retrieval.upkeep import keep_embedded
from central.storage import questions
from central.storage.pool import open_pool
from central.supervisor.notify import Notify

LEASE_S: Final = 30.0
BATCH: Final = 4

_log = structlog.get_logger(__name__)


async def serve(config: Config, notify: Notify) -> None:
    """Runs until cancelled. Raises `ConfigError` or `StartError`."""
    folder = config.path(config.language.bank) if config.language.bank else bank.SHIPPED
    entries, reviewed = bank.load(folder), neutral.load(folder)
    async with AsyncExitStack() as stack:
        models = await stack.enter_async_context(open_models(config))
        counted = evaluators.counted(config, models)
        trial = await stack.enter_async_context(evaluators.on_trial(config, models))
        pool = await open_pool(config.database.url, config.database.pool_size)
        stack.push_async_callback(pool.close)
        bus = await stack.enter_async_context(
            await Bus.connect(config.nats.url, "language", config.seeds())
        )
        async with pool.connection() as conn:
            written = await questions.upsert(conn, entries)
            await indexing.index_bank(conn, entries)
        _log.info("question bank", questions=len(entries), written=written)
        notify.ready()
        notify.status(f"marking with {counted[0].name}")
        worker = f"{platform.node()}:{os.getpid()}"
        question, embedder = models.question, models.embedding
        async with asyncio.TaskGroup() as group:
            group.create_task(read_resumes(config, pool, bus, embedder), name="résumés")
            group.create_task(
                ask(pool, bus, worker, reviewed=reviewed, model=question, embedder=embedder),
                name="questions",
            )
            if embedder is not None:
                group.create_task(keep_embedded(pool, bus, embedder), name="vectors")
            await work(
                pool,
                bus,
                [EVALUATE, REPORT, SHADOW],
                Marking(pool, bus, *counted, trial=trial).handle,
                worker=worker,
                batch=BATCH,
                lease_s=LEASE_S,
            )
