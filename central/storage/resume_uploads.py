"""Résumés as people send them in, look at them and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.jobs.kinds import READ_RESUME, ReadResumeJob
from central.resumes.flow import Structured
from central.storage import audit, interviews
from central.storage.documents import ARRIVING
from central.storage.tables import Document, Job, Resume, ResumeSection


@dataclass(frozen=True, slots=True)
class NewResume:
    """An upload that is about to begin: where its file will lie, and its key under the upload key."""

    name: str
    wrapped: bytes
    upload_key_id: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a person should know of a reading; the keys are those of `central.resumes`."""

    hidden: Sequence[dict[str, Any]] = ()
    stripped: dict[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()
    confined_by: Sequence[str] = ()
    rules: str = ""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section that questions may be made of: characters `start` to `end` of the text."""

    kind: str
    heading: str
    start: int
    end: int
    text: str
    is_embedded: bool


@dataclass(frozen=True, slots=True)
class ResumeView:
    """One résumé. `state`: uploading, waiting, read or refused; `code`: why it was refused."""

    id: int
    interview_id: int
    state: str
    code: str
    format: str
    pages: int
    size_bytes: int
    text: str
    structured: Structured
    findings: Findings
    sections: tuple[SectionView, ...]
    created_at: datetime
    read_at: datetime | None


async def begin(
    session: AsyncSession, interview_id: int, new: NewResume, *, actor_id: int | None
) -> int:
    """Notes that a résumé is about to come; its id. The caller commits.

    Raises `Refused`: interview_unknown 404; resume_not_scheduled, resume_there 409.
    """
    interview = await interviews.locked(session, interview_id)
    if interview.status != "scheduled":
        raise Refused(
            "resume_not_scheduled",
            409,
            f"The interview is {interview.status}; a résumé comes before it.",
        )
    document = Document(
        name=new.name,
        interview_id=interview_id,
        candidate_id=interview.candidate_id,
        kind=ARRIVING,
        wrapped=new.wrapped,
        site_key_id=new.upload_key_id,
    )
    session.add(document)
    await session.flush()
    row = Resume(
        interview_id=interview_id,
        candidate_id=interview.candidate_id,
        uploaded_by=actor_id,
        document_id=document.id,
    )
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Refused(
            "resume_there", 409, "The interview has a résumé already; delete that one first."
        ) from error
    _note(session, actor_id, "resume.upload", interview_id, row.id)
    return row.id


async def finish(session: AsyncSession, resume_id: int, size_bytes: int, sha256: bytes) -> bool:
    """It is there whole and will be read; False where it or its interview was deleted meanwhile."""
    row = await session.get(Resume, resume_id, with_for_update=True)
    document = None if row is None else await session.get(Document, row.document_id)
    if row is None or document is None or document.wrapped is None or row.state != "uploading":
        return False
    document.size_bytes, document.sha256 = size_bytes, sha256
    document.sealed_at = row.changed_at = datetime.now(UTC)
    row.state = "waiting"
    job = ReadResumeJob(row.interview_id, row.id)
    await session.execute(
        postgresql.insert(Job).values(
            kind=READ_RESUME,
            key=str(row.id),
            interview_id=row.interview_id,
            body=msgspec.to_builtins(job),
        )
    )
    return True


async def forget(session: AsyncSession, resume_id: int) -> None:
    """It did not come: as if it had never begun, but for the audit trail and its file, which the
    steward deletes.
    """
    row = await session.get(Resume, resume_id)
    if row is not None and row.state == "uploading":
        await _destroy(session, row)


async def remove(session: AsyncSession, interview_id: int, *, actor_id: int | None) -> bool:
    """Destroys the key of the interview's résumé and deletes all that was understood of it; False
    where it has none. The caller commits.
    """
    query = select(Resume).where(Resume.interview_id == interview_id).with_for_update()
    found = (await session.scalars(query)).all()
    for row in found:
        await _destroy(session, row)
        _note(session, actor_id, "resume.delete", interview_id, row.id)
    return bool(found)


async def latest(session: AsyncSession, interview_id: int) -> ResumeView | None:
    """The interview's newest résumé; None where it has none."""
    query = (
        select(Resume, func.coalesce(Document.size_bytes, 0))
        .outerjoin(Document, Document.id == Resume.document_id)
        .where(Resume.interview_id == interview_id)
        .order_by(Resume.id.desc())
        .limit(1)
    )
    found = (await session.execute(query)).first()
    if found is None:
        return None
    row, size_bytes = found
    return ResumeView(
        id=row.id,
        interview_id=row.interview_id,
        state=row.state,
        code=row.code,
        format=row.format,
        pages=row.pages,
        size_bytes=size_bytes,
        text=row.text,
        structured=msgspec.convert(row.structured, Structured),
        findings=msgspec.convert(row.findings, Findings),
        sections=await _sections(session, row.id),
        created_at=row.created_at,
        read_at=row.read_at,
    )


async def _sections(session: AsyncSession, resume_id: int) -> tuple[SectionView, ...]:
    query = (
        select(
            ResumeSection.kind,
            ResumeSection.heading,
            ResumeSection.start_at,
            ResumeSection.end_at,
            ResumeSection.text,
            ResumeSection.embedding_model.is_not(None),
        )
        .where(ResumeSection.resume_id == resume_id)
        .order_by(ResumeSection.ordinal)
    )
    return tuple(SectionView(*one) for one in (await session.execute(query)).all())


async def _destroy(session: AsyncSession, row: Resume) -> None:
    await session.execute(
        update(Document)
        .where(Document.id == row.document_id)
        .values(wrapped=None, destroyed_at=func.now())
    )
    await session.execute(delete(Job).where(Job.kind == READ_RESUME, Job.key == str(row.id)))
    await session.execute(delete(Resume).where(Resume.id == row.id))


def _note(
    session: AsyncSession, actor_id: int | None, action: str, interview_id: int, resume_id: int
) -> None:
    audit.write(
        session,
        actor_id=actor_id,
        action=action,
        subject=f"interview:{interview_id}",
        detail={"resume": str(resume_id)},
    )
