"""How agents came to their certificates: tokens, every certificate that was issued, generations."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from central.storage.tables.base import Base, Id, Now, When


class EnrolmentToken(Base):
    """Lets one key into one room, once. The secret itself is stored nowhere."""

    __tablename__ = "enrolment_tokens"
    __table_args__ = (
        UniqueConstraint("token_id"),
        Index("ix_enrolment_tokens_room_id", "room_id"),
    )

    id: Mapped[Id]
    token_id: Mapped[str]
    """The public part, by which it is found."""
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    secret_sha256: Mapped[str]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    """Null: from the command line."""
    created_at: Mapped[Now]
    expires_at: Mapped[When]
    used_at: Mapped[When | None]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))
    """Who used it."""
    key_sha256: Mapped[str | None]
    """Over which key: the same one gets the same certificate again."""


class AgentCertificate(Base):
    """A certificate that was issued to an agent; the newest of an agent has its highest generation."""

    __tablename__ = "agent_certificates"
    __table_args__ = (
        UniqueConstraint("agent_id", "generation"),
        UniqueConstraint("serial"),
        CheckConstraint("origin in ('file', 'token', 'renewal', 'recovery')", name="origin"),
    )

    id: Mapped[Id]
    agent_id: Mapped[int] = mapped_column(ForeignKey("agents.id"))
    generation: Mapped[int]
    serial: Mapped[str]
    """Hexadecimal, lower case."""
    key_sha256: Mapped[str]
    certificate: Mapped[str]
    """PEM, with its chain."""
    not_after: Mapped[When]
    origin: Mapped[str]
    issued_at: Mapped[Now]


class AgentStanding(Base):
    """What is remembered of an agent beside its certificates. Its revocation is `agents.revoked_at`."""

    __tablename__ = "agent_standings"

    agent_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("agents.id"), primary_key=True, autoincrement=False
    )
    stepped_back: Mapped[bool] = mapped_column(server_default="false")
    """Whether the one tolerated step back of the generation was taken since the last plain renewal."""
    recoveries: Mapped[int] = mapped_column(server_default="0")
    """Since the last token."""
    revoked_why: Mapped[str] = mapped_column(server_default="")
    """`revoked` (a person), `superseded` (another agent enrolled in the room) or `locked` (an old
    generation was used)."""
