"""Marks of an evaluator on trial, and with what an interview and a posting are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from psycopg.types.json import Jsonb

from central.jobs.kinds import SHADOW, ShadowJob
from central.language.evaluator import MarkDraft
from central.storage import jobs
from central.storage.answers import Answer
from central.storage.evaluations import judgement
from central.storage.pool import Connection

PRIORITY = 200
"""After everything that somebody waits for."""


async def ask(conn: Connection, answer: Answer) -> bool:
    """Let the evaluator on trial mark this answer as well, and anew with what followed it; whether that
    is new.
    """
    body = ShadowJob(interview_id=answer.interview_id, turn_id=answer.turn_id)
    read = f"+{len(answer.confirmed)}" if answer.confirmed else ""
    key = ":".join(map(str, answer.turns)) + read
    return await jobs.insert(conn, SHADOW, key, body, answer.interview_id, PRIORITY)


async def add(
    conn: Connection,
    answer: Answer,
    marks: Sequence[MarkDraft],
    *,
    variant: str,
    evaluator: str,
    versions: dict[str, str],
) -> None:
    """Write what it made of an answer; what the same variant made of as much of it before stays."""
    for mark in marks:
        await conn.execute(
            "insert into shadow_scores (interview_id, turn_id, variant, criterion, dimension, level,"
            " quotes, abstained_reason, needs_person, judgement, evaluator, versions, turns,"
            " confirmed) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " on conflict (turn_id, criterion, variant) do update set level = excluded.level,"
            "  quotes = excluded.quotes, abstained_reason = excluded.abstained_reason,"
            "  needs_person = excluded.needs_person, judgement = excluded.judgement,"
            "  evaluator = excluded.evaluator, versions = excluded.versions, turns = excluded.turns,"
            "  confirmed = excluded.confirmed, created_at = now()"
            " where jsonb_array_length(shadow_scores.turns || shadow_scores.confirmed)"
            " < jsonb_array_length(excluded.turns || excluded.confirmed)",
            (
                answer.interview_id, answer.turn_id, variant, mark.criterion, mark.dimension,
                mark.level, Jsonb([asdict(quote) for quote in mark.quotes]), mark.abstained_reason,
                Jsonb(list(mark.needs_person)), judgement(mark), evaluator, Jsonb(versions),
                Jsonb(list(answer.turns)), Jsonb(list(answer.confirmed)),
            ),
        )  # fmt: skip


async def pin(
    conn: Connection, interview_id: int, evaluator: str, versions: dict[str, str]
) -> bool:
    """Whether the interview and its posting are marked with these versions; the first answer of each
    settles it.
    """
    cursor = await conn.execute("select posting_id from interviews where id = %s", (interview_id,))
    row = await cursor.fetchone()
    scopes: list[tuple[str, int | None]] = [(f"interview:{interview_id}", interview_id)]
    if row is not None and row[0] is not None:
        scopes.append((f"posting:{row[0]}", None))
    return all([await _same(conn, scope, evaluator, versions) for scope in scopes])


async def pin_scheme(conn: Connection, interview_id: int, scheme: str) -> bool:
    """Whether the posting's interviews of this stage are totalled by this scheme; the first report
    settles it. Without a posting nobody is compared.
    """
    cursor = await conn.execute(
        "select 'posting:' || posting_id || ':stage:' || stage from interviews where id = %s",
        (interview_id,),
    )
    row = await cursor.fetchone()
    if row is None or row[0] is None:
        return True
    return await _same(conn, (row[0], None), scheme, {})


async def pinned(conn: Connection, interview_id: int) -> tuple[str, dict[str, str] | None]:
    """The widest scope that an interview is in, and the versions that it or its posting began with;
    None: nothing was marked yet.
    """
    cursor = await conn.execute(
        "select coalesce('posting:' || i.posting_id, 'interview:' || i.id), ("
        " select p.versions from evaluation_pins p"
        " where p.scope in ('interview:' || i.id, 'posting:' || i.posting_id)"
        " order by p.interview_id is null limit 1) from interviews i where i.id = %s",
        (interview_id,),
    )
    row = await cursor.fetchone()
    return (f"interview:{interview_id}", None) if row is None else (row[0], row[1])


async def _same(
    conn: Connection, scope: tuple[str, int | None], evaluator: str, versions: dict[str, str]
) -> bool:
    name, interview_id = scope
    await conn.execute(
        "insert into evaluation_pins (scope, interview_id, evaluator, versions)"
        " values (%s, %s, %s, %s) on conflict (scope) do nothing",
        (name, interview_id, evaluator, Jsonb(versions)),
    )
    cursor = await conn.execute(
        "select evaluator, versions from evaluation_pins where scope = %s", (name,)
    )
    row = await cursor.fetchone()
    return row == (evaluator, versions)
