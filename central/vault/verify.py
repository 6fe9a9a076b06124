"""Reads everything that is sealed back, and says what is not as it should be."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass

from central.errors import CentralError
from central.storage import documents, sealing, vault_keys
from central.storage.documents import DocumentRow
from central.storage.pool import Connection
from central.storage.sealing import Part
from central.vault.content import Tally
from central.vault.documents import read
from central.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Checked:
    """One sealed file. `problem` None: decrypted to the last byte, and as it was sealed."""

    what: str
    name: str
    problem: str | None


async def verify(
    conn: Connection, vault: Vault, interview_id: int | None = None
) -> AsyncIterator[Checked]:
    """Every sealed file, or those of one interview; then files that belong to nothing."""
    parts = await sealing.all_parts(conn)
    for part in parts:
        if interview_id in {None, part.interview_id}:
            problem = await _problem_of_part(conn, vault, part)
            yield Checked(f"interview {part.interview_id}", part.name, problem)
    for row in await documents.readable(conn):
        if interview_id in {None, row.interview_id}:
            yield Checked(f"document {row.id}", row.name, await _problem_of_document(vault, row))
    if interview_id is None:
        known = await vault_keys.file_names(conn)
        async for name in vault.store.names():
            if name not in known:
                yield Checked("no row", name, "belongs to nothing that the database knows")


async def _problem_of_part(conn: Connection, vault: Vault, part: Part) -> str | None:
    try:
        file, tally = await vault.open(conn, part), Tally()
        async with aclosing(file.all()) as records:
            async for record in records:
                tally.add(record)
    except (CentralError, OSError) as error:
        return str(error)
    found = tally.summary()
    same = (found.records, found.sha256) == (part.records, part.sha256)
    return None if same else f"holds {found.records} records, not the {part.records} that it should"


async def _problem_of_document(vault: Vault, row: DocumentRow) -> str | None:
    digest = hashlib.sha256()
    try:
        async for piece in (await read(vault, row)).content:
            digest.update(piece)
    except (CentralError, OSError) as error:
        return str(error)
    return None if digest.digest() == row.sha256 else "its content is not what was uploaded"
