"""Bring a database to the newest revision; make it where it is not there.

Forward only: a restore from a backup is the way back.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, exc, make_url, text

from central.errors import StartError

_LOCK = 0x6DAE_DA00
"""Two processes that migrate at once take turns by this advisory lock."""


def migrate(url: str) -> str:
    """Make the database if missing, run what is not yet run; the revision it is now at.

    Raises `StartError` where the server does not answer or the database is newer than this code.
    """
    try:
        _ensure_database(url)
        engine = _engine(url)
        try:
            with engine.connect() as connection:
                return _upgrade(connection)
        finally:
            engine.dispose()
    except exc.OperationalError as error:
        raise StartError("migrate", f"cannot reach the database: {error.orig}") from error


def newest() -> str:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(_alembic()).get_current_head() or ""


def _upgrade(connection: Connection) -> str:
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
    connection.commit()
    alembic = _alembic()
    alembic.attributes["connection"] = connection
    try:
        command.upgrade(alembic, "head")
        connection.commit()
    except CommandError as error:
        raise StartError("migrate", f"the database is not of this version: {error}") from error
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
        connection.commit()
    return newest()


def _ensure_database(url: str) -> None:
    wanted = make_url(url).database or ""
    engine = _engine(str(make_url(url).set(database="postgres").render_as_string(False)))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            if connection.execute(known, {"name": wanted}).scalar() is None:
                quoted = connection.dialect.identifier_preparer.quote(wanted)
                connection.execute(text(f"CREATE DATABASE {quoted}"))
    except exc.OperationalError:
        # A managed server may not let us into `postgres`; the wanted database then has to be there.
        _engine(url).connect().close()
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))


def _alembic() -> AlembicConfig:
    config = AlembicConfig()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config
