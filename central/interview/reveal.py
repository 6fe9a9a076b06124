"""Who sees what of an interview's judgements, and when: people judge before they see. Pure.

A machine's marks are sealed for an interviewer until they locked their own ratings; another person's
ratings for everybody who is yet to lock theirs. Recruiters and administrators plan and moderate: they
see, and what they rate is not called independent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Rule: TypeAlias = Literal["after_lock", "always"]
"""When an interviewer sees a machine's marks: after they locked their ratings, or at any time."""
INTERVIEWER: Final = "interviewer"
MODERATORS: Final = ("recruiter", "admin")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is with their own ratings of one interview."""

    begun: bool = False
    locked: bool = False


NOT_BEGUN: Final = Standing()


def marks_sealed(rule: Rule, role: str, own: Standing) -> bool:
    """Whether a machine's marks and scores are kept from this person."""
    return rule == "after_lock" and role == INTERVIEWER and not own.locked


def others_sealed(role: str, own: Standing) -> bool:
    """Whether other people's ratings, markers and notes are kept from this person: no rule of a site
    lifts it.
    """
    if own.locked:
        return False
    return role not in MODERATORS or own.begun


def independent(rule: Rule, role: str) -> bool:
    """Whether ratings that begin now are made without a machine's marks in view."""
    return marks_sealed(rule, role, NOT_BEGUN)


def may_moderate(role: str, own: Standing, *, created: bool) -> bool:
    """Whether this person writes what the panel agrees on, and decides: who plans interviews, or who
    created this one; never before they may see what the others rated.
    """
    return (created or role in MODERATORS) and not others_sealed(role, own)


def may_lock(status: str) -> bool:
    """Ratings are locked when the interview is over: a lock during it would show marks of answers whose
    neighbours are not given yet.
    """
    return status in {"completed", "cancelled"}
