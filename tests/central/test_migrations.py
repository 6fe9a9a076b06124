"""The migrations and the tables that the code declares are the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from central.storage.migrate import migrate, newest
from central.storage.partitions import make_partitions, name
from central.storage.tables import Base

pytestmark = pytest.mark.integration


def test_the_migrations_make_what_the_tables_declare(database_url: str) -> None:
    engine = create_engine(database_url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _not_a_partition}
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == newest()


def test_migrating_makes_a_missing_database(servers: Any) -> None:
    url = servers.postgres_url.format("made_by_migrate")
    assert migrate(url) == newest()
    with psycopg.connect(url) as conn:
        extensions = conn.execute("SELECT extname FROM pg_extension").fetchall()
    assert ("vector",) in extensions


def test_payloads_are_not_compressed(database_url: str) -> None:
    with psycopg.connect(database_url) as conn:
        storage = conn.execute(
            "SELECT attstorage FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attname = 'payload'",
            (name(datetime.now(UTC).date()),),
        ).fetchone()
    assert storage == ("e",)


async def test_partitions_are_made_once(database_url: str) -> None:
    today = datetime.now(UTC).date()
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        made = await make_partitions(conn, today, 7)
        again = await make_partitions(conn, today, 7)
    assert made == [name(today + timedelta(days=day)) for day in range(2, 7)]
    assert again == []


async def test_a_day_whose_records_are_in_the_default_partition_is_left_out(
    database_url: str,
) -> None:
    late = datetime.now(UTC).date() + timedelta(days=30)
    async with await psycopg.AsyncConnection.connect(database_url) as conn:
        await conn.execute(
            "INSERT INTO records VALUES (%s, 1, 1, NULL, 1, 0, 0, '')",
            (late,),
        )
        assert await make_partitions(conn, late, 2) == [name(late + timedelta(days=1))]


def _not_a_partition(
    _object: object, name: str | None, kind: str, reflected: bool, _compared: object
) -> bool:
    partition = (name or "").startswith(("records_", "ix_records", "alembic_version"))
    return not (reflected and partition)
