"""What candidates say of their interviews, all together."""

from __future__ import annotations

from datetime import date

import msgspec
from litestar import get
from litestar.params import FromQuery

from central.dashboard.auth import roles
from central.dashboard.wants import Session
from central.storage import surveys


class Survey(msgspec.Struct, frozen=True):
    """Means of 1 to 5; null where fewer than five people answered. `ease`: how easy the kiosk was to
    use; `fairness`: how fair the interview felt.
    """

    count: int
    ease: float | None
    fairness: float | None


@get("/survey", guards=[roles.allow(*roles.STAFF)])
async def read_survey(session: Session, since: FromQuery[date | None] = None) -> Survey:
    """All answers, or those from a day on. There is no way to read one person's."""
    found = await surveys.means(session, since)
    return Survey(found.count, found.ease, found.fairness)


HANDLERS = (read_survey,)
