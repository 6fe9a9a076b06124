"""The report of one interview. A candidate reads their own only."""

from __future__ import annotations

from typing import Any

from litestar import Response, Router, get
from litestar.params import FromPath
from litestar.response import Template

from central.bus.sounds import MEDIA_TYPE
from central.dashboard import answer_sound, calibrating, desk, ids, seal
from central.dashboard.api.sounds import Range
from central.dashboard.auth import roles
from central.dashboard.pages import channels, erasing
from central.dashboard.pages.moments import Moment, by_turn
from central.dashboard.wants import Reveal, Session, SignedIn, ToRooms
from central.errors import Refused
from central.interview.delivery import CHANNELS
from central.interview.reveal import Rule
from central.storage import calibrations, reports, retention
from central.storage.reports import QuestionReport, ReportView
from central.storage.retention import Hold
from central.storage.series import ChannelSummary
from central.storage.users import Account


@get("/interviews/{interview_id:str}/report", guards=[roles.allow(*roles.STAFF, roles.CANDIDATE)])
async def report_page(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> Template:
    """What was asked, said, measured and marked, and what was not and why."""
    view = await reports.report(session, ids.parse(interview_id, "interview"))
    own = view is not None and view.interview.candidate_id == account.id
    if view is None or (account.role == roles.CANDIDATE and not own):
        # Whether another candidate's interview exists is nobody's business either.
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    if await seal.is_sealed(session, account, view.interview.id, reveal):
        view = seal.without_marks(view)
    made = calibrations.in_use(await calibrations.of_interview(session, view.interview.id))
    context = {
        "page": "interviews",
        "calibration": made,
        "calibration_why": calibrating.why(made) if made else None,
        "report": view,
        "hold": await _hold(session, view, account),
        "interview": view.interview,
        "shown_channels": shown_channels,
        "moments": await _moments(session, view, account, reveal),
    }
    return Template("report.html", context=context)


async def _hold(session: Session, view: ReportView, account: Account) -> Hold | None:
    """For staff alone."""
    staff = account.role in roles.STAFF
    return await retention.find_hold(session, view.interview.id) if staff else None


async def _moments(
    session: Session, view: ReportView, account: Account, rule: Rule
) -> dict[int, list[Moment]]:
    """Markers and notes as this person may see them; a candidate sees none."""
    if account.role not in roles.STAFF:
        return {}
    found = await desk.look(session, view.interview.id, account, rule)
    return by_turn(found.markers, view.questions)


@get(
    "/turns/{turn_id:str}/audio",
    guards=[roles.allow(*roles.STAFF, roles.CANDIDATE)],
    media_type=MEDIA_TYPE,
)
async def audio(
    turn_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn, wanted: Range = ""
) -> Response[Any]:
    """The sound of an answer, for the player under it."""
    return await answer_sound.answer_sound(session, bus, account, turn_id, wanted)


def shown_channels(question: QuestionReport) -> tuple[ChannelSummary, ...]:
    """The channels of an answer in the order of the page; those of its delivery have a table."""
    shown = [one for one in question.channels if one.channel not in CHANNELS]
    return tuple(sorted(shown, key=lambda one: channels.place(one.channel)))


router = Router(
    "/", route_handlers=[report_page, audio, *erasing.HANDLERS], include_in_schema=False
)
