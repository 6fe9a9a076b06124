"""What Alembic runs: the revisions, over the connection that `central.storage.migrate` opened."""

from __future__ import annotations

from alembic import context

from central.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
