"""Archives the answers of sealed interviews: one FLAC file each, sealed in the media store.

The records of an interview are sealed as they came; this is the same sound for people, in a format that
outlives the protocol, under a key of its own that goes with the interview.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

import structlog

from central.errors import CentralError
from central.storage import answer_sounds, documents
from central.storage.answer_sounds import Answer
from central.storage.pool import Connection, Pool
from central.vault.documents import About, Documents
from central.vault.sounds import Sounds
from central.vault.vault import Vault

KIND: Final = "answer"
MOST_A_ROUND: Final = 20
LARGEST_BYTES: Final = 500_000_000
_log = structlog.get_logger("steward")


@dataclass(slots=True)
class Archived:
    """What one round did. `failed`: turn to why."""

    answers: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)


async def archive_answers(pool: Pool, vault: Vault, most: int = MOST_A_ROUND) -> Archived:
    """Archives at most `most` answers. One whose sound cannot be read is noted with the reason, and not
    tried again until more of it comes; without the site key none is.
    """
    done = Archived()
    async with pool.connection() as conn:
        waiting = await answer_sounds.waiting(conn, most)
    if not waiting:
        return done
    vault.site_keys()  # raises where it is missing: nothing is wrong with the answers
    for answer in waiting:
        try:
            await _archive(pool, vault, answer)
            done.answers.append(answer.turn_id)
        except (CentralError, OSError) as error:
            done.failed[answer.turn_id] = str(error)
            _log.error("an answer is not archived", turn=answer.turn_id, problem=str(error))
            async with pool.connection() as conn:
                await answer_sounds.keep(conn, answer, None, str(error))
    return done


async def _archive(pool: Pool, vault: Vault, answer: Answer) -> None:
    from central.speech.answers import file_of  # numpy and FFmpeg: this role starts without them

    async with pool.connection() as conn:
        said = await answer_sounds.utterances_of(conn, answer.turn_id)
    data = await file_of(Sounds(pool, vault), said)

    async def note(conn: Connection, document_id: int) -> None:
        await answer_sounds.keep(conn, answer, document_id)
        if answer.superseded is not None:
            await documents.destroy(conn, answer.superseded, None)

    await Documents(pool, vault).put(
        About(f"answer-{answer.turn_id}.flac", "audio/flac"),
        _pieces(data),
        kind=KIND,
        interview_id=answer.interview_id,
        largest_bytes=LARGEST_BYTES,
        noting=note,
    )
    _log.info("archived an answer", interview=answer.interview_id, turn=answer.turn_id)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data
