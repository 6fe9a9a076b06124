"""Which interviews an account may see: staff all, a candidate their own. The others do not exist."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import ids
from central.dashboard.auth import roles
from central.errors import Refused
from central.storage import interviews
from central.storage.interviews import InterviewView
from central.storage.users import Account


async def visible(session: AsyncSession, account: Account, interview_id: str) -> InterviewView:
    """The interview.

    Raises `Refused` (interview_unknown, 404) where there is none or it is another candidate's.
    """
    view = await interviews.get(session, ids.parse(interview_id, "interview"))
    theirs = view is not None and (is_staff(account) or view.candidate_id == account.id)
    if view is None or not theirs:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    return view


def is_staff(account: Account) -> bool:
    """Whether the account sees candidates' interviews."""
    return account.role in roles.STAFF
