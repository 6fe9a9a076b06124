"""Who uses central: people and their roles, and the trail of what they did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Json, Now, When

ROLES = ("candidate", "interviewer", "recruiter", "admin", "it")


class User(Base):
    """A person with an account. A candidate needs none to sit in a room, but has one to read their
    own report.
    """

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(f"role in {ROLES}", name="role"),
        Index("uq_users_email", "email", unique=True),
        Index("uq_users_username", "username", unique=True),
    )

    id: Mapped[Id]
    email: Mapped[str]
    username: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    password_is_initial: Mapped[bool] = mapped_column(server_default="false")
    """Somebody else chose it: nobody signs in with it before they have put their own in its place."""
    full_name: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="ko")
    is_active: Mapped[bool] = mapped_column(server_default="true")
    failed_logins: Mapped[int] = mapped_column(server_default="0")
    locked_until: Mapped[When | None]
    session_epoch: Mapped[int] = mapped_column(server_default="0")
    """Part of every session and token: raising it ends them all."""
    last_login_at: Mapped[When | None]
    created_at: Mapped[Now]


class EndedSession(Base):
    """A browser's session that somebody signed out of: its cookie is worth nothing from then on, whoever
    kept a copy. Forgotten when the cookie has run out.
    """

    __tablename__ = "ended_sessions"

    key: Mapped[str] = mapped_column(primary_key=True)
    ended_at: Mapped[Now]


class AuditEntry(Base):
    """Who did what to what. Written in the transaction that does it; never updated."""

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_action", "action", "id"),
        Index("ix_audit_log_actor_id", "actor_id", "id"),
        Index("ix_audit_log_subject", "subject", "id"),
    )

    id: Mapped[Id]
    at: Mapped[Now]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[Json] = mapped_column(server_default="{}")


def is_locked(user: User, now: datetime) -> bool:
    """Whether too many wrong passwords lock this account right now."""
    return user.locked_until is not None and user.locked_until > now
