"""Erasing an interview: for admins, said twice, and never undone."""

from __future__ import annotations

import msgspec
from litestar import delete
from litestar.params import FromPath, FromQuery

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn
from central.errors import Refused
from central.storage import erasure


class Erased(msgspec.Struct, frozen=True):
    """What is gone: rows by table, and sealed files. Their keys are destroyed by now; the files
    themselves follow within minutes.
    """

    interview_id: str
    rows: dict[str, int]
    files: int


@delete("/interviews/{interview_id:str}/data", guards=[roles.allow(roles.ADMIN)], status_code=200)
async def erase(
    interview_id: FromPath[str],
    session: Session,
    account: SignedIn,
    *,
    confirm: FromQuery[str] = "",
) -> Erased:
    """Destroy the interview's key and delete all that is known of it. `confirm` repeats its id."""
    number = confirmed(interview_id, confirm)
    done = await erasure.erase(session, number, actor_id=account.id)
    await session.commit()
    return Erased(interview_id, done.rows, done.files)


def confirmed(interview_id: str, said: str) -> int:
    """The interview's number. Raises `Refused` (erase_unconfirmed) where it was not said again."""
    number = ids.parse(interview_id, "interview")
    if said.strip() != interview_id:
        raise Refused(
            "erase_unconfirmed", 422, "Erasing cannot be undone: repeat the interview's number."
        )
    return number


HANDLERS = (erase,)
