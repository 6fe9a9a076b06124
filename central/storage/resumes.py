"""What was understood of résumés: for whoever reads them, and for whoever makes questions of them."""

from __future__ import annotations

from dataclasses import dataclass

from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class ResumeSectionText:
    """A section of a résumé that a question may be made of. `text` is exactly characters `start` to
    `end` of the résumé's own text, so that a span within it can be checked and shown; fields that
    nobody may ask about are blanks in it. `kind`: a `central.resumes.flow.Kind` of `FOR_MODELS`.
    """

    resume_id: int
    section_id: int
    kind: str
    heading: str
    start: int
    end: int
    text: str


async def for_questions(conn: Connection, interview_id: int) -> tuple[ResumeSectionText, ...]:
    """The sections of the interview's résumé, in its order; none where it has none that was read.

    Whoever marks answers never calls this: a résumé is no evidence of what was said.
    """
    cursor = await conn.execute(
        "select s.resume_id, s.id, s.kind, s.heading, s.start_at, s.end_at, s.text"
        " from resume_sections s join resumes r on r.id = s.resume_id"
        " where r.interview_id = %s and r.state = 'read' order by s.ordinal",
        (interview_id,),
    )
    return tuple(ResumeSectionText(*row) for row in await cursor.fetchall())
