"""Several people's ratings beside each other, what they agreed on, and the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, JSONBody

from central.dashboard import desk, ids, panel
from central.dashboard.auth import roles
from central.dashboard.panel import Row
from central.dashboard.wants import Reveal, Session, SignedIn
from central.errors import Refused
from central.storage.panels import Agreed

STAFF = [roles.allow(*roles.STAFF)]
Outcome = Literal["next_stage", "hold", "reject"]


class NewConsensus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`level` 1 to 5, or null: no basis to judge."""

    question_id: str
    criterion: str
    level: Annotated[int, msgspec.Meta(ge=1, le=5)] | None
    reason: str


class NewDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of the candidate, and why."""

    outcome: Outcome
    reason: str


class Consensus(msgspec.Struct, frozen=True):
    """What the panel agreed on."""

    level: int | None
    reason: str
    moderator: str
    agreed_at: datetime


class Criterion(msgspec.Struct, frozen=True):
    """What locked ratings say of one criterion: levels in order, how many could not judge, and how far
    they are `apart`; `middle` is their mean, null without any.
    """

    question_id: str
    criterion: str
    levels: tuple[int, ...]
    abstained: int
    apart: int
    middle: float | None
    consensus: Consensus | None


class Decision(msgspec.Struct, frozen=True):
    """A person's decision; the first of the list stands."""

    outcome: str
    reason: str
    decided_by: str
    decided_at: datetime


class Panel(msgspec.Struct, frozen=True):
    """The panel. `locked`, `waiting`: who has locked, and who is still rating."""

    locked: tuple[str, ...]
    waiting: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    decisions: tuple[Decision, ...]


@get("/interviews/{interview_id:str}/panel", guards=STAFF)
async def get_panel(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> Panel:
    """All ratings beside each other; 403 (ratings_sealed) before one's own are locked."""
    found = await desk.look(session, ids.parse(interview_id, "interview"), account, reveal)
    seen = await panel.look(session, found)
    if seen is None:
        raise Refused("ratings_sealed", 403, "Lock your own ratings first.")
    return Panel(
        locked=tuple(one.interviewer for one in seen.sheets),
        waiting=tuple(one.interviewer for one in seen.waiting),
        criteria=tuple(_criterion(row) for _, rows in seen.questions for row in rows),
        decisions=tuple(
            Decision(one.outcome, one.reason, one.decided_by, one.decided_at)
            for one in seen.decisions
        ),
    )


@put("/interviews/{interview_id:str}/consensus", guards=STAFF, status_code=204)
async def put_consensus(
    interview_id: FromPath[str],
    data: JSONBody[NewConsensus],
    session: Session,
    account: SignedIn,
    reveal: Reveal,
) -> None:
    """Write what the panel agreed on for one criterion; for its moderator."""
    number = ids.parse(interview_id, "interview")
    question = ids.parse(data.question_id, "criterion")
    new = Agreed(question, data.criterion, data.level, data.reason)
    await panel.agree(session, number, new, actor=account, rule=reveal)


@post("/interviews/{interview_id:str}/decisions", guards=STAFF, status_code=204)
async def post_decision(
    interview_id: FromPath[str],
    data: JSONBody[NewDecision],
    session: Session,
    account: SignedIn,
    reveal: Reveal,
) -> None:
    """Decide about the candidate; for the panel's moderator."""
    number = ids.parse(interview_id, "interview")
    await panel.decide(session, number, data.outcome, data.reason, actor=account, rule=reveal)


def _criterion(row: Row) -> Criterion:
    agreed = row.agreed
    return Criterion(
        question_id=str(row.criterion.question_id),
        criterion=row.criterion.criterion,
        levels=row.spread.levels,
        abstained=row.spread.abstained,
        apart=row.spread.apart,
        middle=row.spread.middle,
        consensus=None
        if agreed is None
        else Consensus(agreed.level, agreed.reason, agreed.moderator, agreed.agreed_at),
    )


HANDLERS = (get_panel, put_consensus, post_decision)
