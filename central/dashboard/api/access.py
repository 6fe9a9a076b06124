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
    if view is None or not _concerns(account, view):
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    return view


async def sees(session: AsyncSession, account: Account, interview_id: int) -> bool:
    """Whether there is this interview for the account."""
    view = await interviews.get(session, interview_id)
    return view is not None and _concerns(account, view)


def _concerns(account: Account, view: InterviewView) -> bool:
    return is_staff(account) or view.candidate_id == account.id


def is_staff(account: Account) -> bool:
    """Whether the account sees candidates' interviews."""
    return account.role in roles.STAFF
