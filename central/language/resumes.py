"""Reads résumés: the file out of its seal, into a process that is confined, what it says into rows."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from typing import Final

import structlog

from central.bus.bus import Bus
from central.config import Config
from central.errors import CentralError, EngineError, LeaseLost, ResumeError, VaultError
from central.jobs.kinds import READ_RESUME, ReadResumeJob
from central.jobs.queue import ClaimedJob
from central.jobs.worker import work
from central.language.model import Embedder
from central.resumes.flow import Reading
from central.resumes.reader import ConfinedReader, ResumeReader
from central.storage import documents, jobs, planning, resumes
from central.storage.pool import Pool
from central.storage.resumes import DIMENSIONS, Embedded
from central.vault.resumes import Arriving

EMBED_S: Final = 60.0
LEASE_S: Final = 30.0
_log = structlog.get_logger(__name__)


class ReadingResumes:
    """Does `resume` jobs. Without an embedder, sections have no vectors."""

    def __init__(
        self, pool: Pool, arriving: Arriving, reader: ResumeReader, embedder: Embedder | None
    ) -> None:
        self._pool = pool
        self._arriving = arriving
        self._reader = reader
        self._embedder = embedder

    async def handle(self, batch: Sequence[ClaimedJob]) -> None:
        """One after the other."""
        for job in batch:
            read = job.read(ReadResumeJob)
            resume_id = read.resume_id
            try:
                await self._read(job, resume_id, read.interview_id)
            except (CentralError, OSError) as error:
                if isinstance(error, LeaseLost) or not job.is_last_attempt:
                    raise
                _log.exception("a résumé could not be read", resume=resume_id)
                await self._refuse(job, resume_id, "crashed")

    async def _read(self, job: ClaimedJob, resume_id: int, interview_id: int) -> None:
        try:
            reading = await self._reader.read(await self._content(resume_id))
        except ResumeError as error:
            await self._refuse(job, resume_id, error.code)
            return
        embedded = await self._embedded(reading, resume_id)
        async with self._pool.connection() as conn:
            await resumes.keep(conn, resume_id, reading, embedded)
            await planning.again(conn, interview_id, f"resume-{resume_id}")
            await jobs.finish(conn, job.id, job.attempt)

    async def _refuse(self, job: ClaimedJob, resume_id: int, code: str) -> None:
        _log.info("a résumé is refused", resume=resume_id, code=code)
        async with self._pool.connection() as conn:
            await resumes.refuse(conn, resume_id, code)
            await jobs.finish(conn, job.id, job.attempt)

    async def _content(self, resume_id: int) -> bytes:
        """Raises `ResumeError` where it was deleted meanwhile, or its file is not what was sealed;
        `StartError` where the upload key is missing: the job is tried again.
        """
        async with self._pool.connection() as conn:
            document_id = await resumes.document_of(conn, resume_id)
            row = None if document_id is None else await documents.get(conn, document_id)
        if row is None:
            raise ResumeError("damaged")
        try:
            return await self._arriving.content_of(row)
        except VaultError as error:
            _log.error("a résumé's file is damaged", resume=resume_id, problem=str(error))
            raise ResumeError("damaged") from error

    async def _embedded(self, reading: Reading, resume_id: int) -> Embedded | None:
        sections = resumes.for_models(reading)
        embedder = self._embedder
        if embedder is None or embedder.dimensions != DIMENSIONS or not sections:
            return None
        texts = [" ".join(reading.text[one.start : one.end].split()) for one in sections]
        try:
            vectors = await embedder.embed(texts, timeout_s=EMBED_S)
        except EngineError as error:
            _log.warning("a résumé has no vectors", resume=resume_id, problem=str(error))
            return None
        return Embedded(vectors, embedder.name, embedder.version)


async def read_resumes(
    config: Config, pool: Pool, bus: Bus, embedder: Embedder | None = None
) -> None:
    """Reads what is uploaded until cancelled, one at a time: nothing else waits for it."""
    reading = ReadingResumes(pool, Arriving.of(config), ConfinedReader(), embedder)
    await work(
        pool,
        bus,
        [READ_RESUME],
        reading.handle,
        worker=f"{platform.node()}:{os.getpid()}:resumes",
        batch=1,
        lease_s=LEASE_S,
    )
