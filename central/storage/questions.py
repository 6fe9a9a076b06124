"""The reviewed question bank: written from its files, chosen from for a plan."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.rubric import Rubric
from central.language import plans
from central.language.bank import BankEntry
from central.storage.pool import Connection
from central.storage.tables import BankQuestion


async def upsert(conn: Connection, bank: Sequence[BankEntry]) -> int:
    """Write what is new or changed, switch off what the files no longer have; how many were written.

    Questions of interviews keep the text and rubric that they were frozen with.
    """
    written = 0
    for entry in bank:
        cursor = await conn.execute(
            "insert into questions (key, language, content, category, difficulty, question_type,"
            " position, rubric, content_hash) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " on conflict (key, language) do update set content = excluded.content,"
            " category = excluded.category, difficulty = excluded.difficulty,"
            " question_type = excluded.question_type, position = excluded.position,"
            " rubric = excluded.rubric, content_hash = excluded.content_hash, is_active = true"
            " where questions.content_hash <> excluded.content_hash or not questions.is_active",
            (
                entry.key, entry.language, entry.content, entry.category, entry.difficulty,
                entry.question_type, entry.position, Jsonb(msgspec.to_builtins(entry.rubric)),
                entry.content_hash,
            ),
        )  # fmt: skip
        written += cursor.rowcount
    await conn.execute(
        "update questions set is_active = false where is_active and key <> all(%s)",
        ([entry.key for entry in bank],),
    )
    return written


async def entries(session: AsyncSession) -> tuple[BankEntry, ...]:
    """The active bank as its files had it, by key and language."""
    query = (
        select(BankQuestion)
        .where(BankQuestion.is_active, ~BankQuestion.is_follow_up)
        .order_by(BankQuestion.key, BankQuestion.language)
    )
    return tuple(
        BankEntry(
            key=row.key,
            language=row.language,
            content=row.content,
            category=row.category,
            difficulty=row.difficulty,
            question_type=row.question_type,
            position=row.position,
            rubric=msgspec.convert(row.rubric, Rubric),
            content_hash=row.content_hash,
        )
        for row in (await session.scalars(query)).all()
    )


async def ids(session: AsyncSession) -> dict[tuple[str, str], int]:
    """Row ids of the active bank by key and language."""
    query = select(BankQuestion.key, BankQuestion.language, BankQuestion.id).where(
        BankQuestion.is_active
    )
    return {(key, language): number for key, language, number in await session.execute(query)}


async def choose(
    session: AsyncSession, *, position: str, language: str, count: int, seed: int | str
) -> tuple[BankQuestion, ...]:
    """At most `count` main questions for a posting's position, in the order to ask."""
    query = select(BankQuestion).where(
        BankQuestion.language == language,
        BankQuestion.is_active,
        ~BankQuestion.is_follow_up,
        BankQuestion.question_type != plans.INTRODUCTION,
    )
    rows = {row.id: row for row in (await session.scalars(query)).all()}
    candidates = [
        plans.Candidate(row.id, row.key, row.category, row.difficulty, row.position)
        for row in rows.values()
    ]
    chosen = plans.choose(candidates, position=position, count=count, seed=str(seed))
    return tuple(rows[one.id] for one in chosen)
