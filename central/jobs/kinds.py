"""The kinds of work and what each job's body says. Stored as JSON in `jobs.body`."""

from __future__ import annotations

from typing import Final

import msgspec

TRANSCRIBE: Final = "transcribe"
EVALUATE: Final = "evaluate"
REPORT: Final = "report"
EMBED: Final = "embed"
EMBED_SECTION: Final = "embed_section"
PLAN: Final = "plan"
FOLLOW_UP: Final = "follow_up"
SHADOW: Final = "shadow"
READ_RESUME: Final = "resume"


class TranscribeJob(msgspec.Struct, frozen=True):
    """Turn one utterance into text. Key: the utterance id. Inserted by the gateway."""

    interview_id: int
    room: str
    turn_key: str
    utterance_key: str
    watermark_id: int
    first_seq: int
    last_seq: int
    format_seq: int
    first_sample: int
    end_sample: int
    ordinal: int
    voiced_ms: int
    language: str
    started_wall_ns: int
    ended_wall_ns: int


class EvaluateJob(msgspec.Struct, frozen=True):
    """Mark one answer. Key: the turn's id. Inserted where a turn becomes complete."""

    interview_id: int
    room: str
    turn_id: int


class ReportJob(msgspec.Struct, frozen=True):
    """Write the report. Key: the interview's id. Inserted where the last answer is marked."""

    interview_id: int
    room: str


class EmbedJob(msgspec.Struct, frozen=True):
    """Give a passage its vector. Key: the passage's id and what it says. Inserted where an
    embedding model is there to do it: nobody waits for one that is not configured.
    """

    passage_id: int


class EmbedSectionJob(msgspec.Struct, frozen=True):
    """Give a section of a résumé its vector. Key: the section's id and the model."""

    section_id: int


class PlanJob(msgspec.Struct, frozen=True):
    """Word a posting's questions for a candidate. Key: the interview's id. Inserted where it is
    scheduled.
    """

    interview_id: int


class FollowUpJob(msgspec.Struct, frozen=True):
    """Look at what was said so far in an answer that may be followed up. Key: the utterance's. Inserted
    with its transcript while the answer is open.
    """

    interview_id: int
    room: str
    turn_id: int
    utterances: int
    """Of the answer, that were read by then: where there are more, another job has the word."""


class ShadowJob(msgspec.Struct, frozen=True):
    """Let an evaluator on trial mark an answer as well. Key: the turn's id. Inserted where an answer was
    marked, for the interviews that are drawn for it; no report waits for it.
    """

    interview_id: int
    turn_id: int


class ReadResumeJob(msgspec.Struct, frozen=True):
    """Read a résumé. Key: the résumé's id. Inserted when it is there whole."""

    interview_id: int
    resume_id: int
