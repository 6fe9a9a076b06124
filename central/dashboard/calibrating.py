"""One calibration of the gaze as far as it is: what was asked of the room, what the room says of it
right now, and what came of it. For the page and the API.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from central.bus.events import CalibrationProgress, Readings
from central.dashboard import ids
from central.errors import Refused
from central.interview.commands import CalibrateStep
from central.storage import calibrations, live_rooms
from central.storage.calibrations import CalibrationView, OfferView

CURRENT: Final = "current"
"""In place of an id: the last one of the interview that the room holds."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """`state`: "sent", "refused", "waiting" for the end of an answer, "offered", "running", "over",
    "withdrawn", or "none" where none is on (`detail` may say why). `result` is set where it is over.
    """

    interview_id: int
    offer: OfferView | None
    state: str
    detail: str
    progress: CalibrationProgress | None
    result: CalibrationView | None


async def find(
    session: AsyncSession, room_code: str, ref: str, now: Readings | None
) -> Calibration:
    """By the id that its creation gave, or "current".

    Raises `Refused`: room_unknown 404, calibration_unknown 404, interview_not_live 409.
    """
    if not await live_rooms.exists(session, room_code):
        raise Refused("room_unknown", 404, "There is no room with this code.")
    if ref == CURRENT:
        interview_id = await live_interview(session, room_code)
        return await latest(session, room_code, interview_id, now)
    offer = await calibrations.offer(session, room_code, ids.parse(ref, "calibration"))
    if offer is None:
        raise Refused("calibration_unknown", 404, "There is no calibration with this id here.")
    return await _of(session, offer.interview_id, offer, now)


async def latest(
    session: AsyncSession, room_code: str, interview_id: int, now: Readings | None
) -> Calibration:
    """The last one of an interview: the one that is on, else the one that was offered last, else the
    plan's.
    """
    newest = await calibrations.newest_offer(session, interview_id)
    offer = None if newest is None else await calibrations.offer(session, room_code, newest)
    progress = _progress(now, interview_id)
    if progress is not None:
        return Calibration(interview_id, offer, _named(progress), "", progress, None)
    return await _of(session, interview_id, offer, now)


async def live_interview(session: AsyncSession, room_code: str) -> int:
    """The interview that the room holds. Raises `Refused`: room_unknown 404, interview_not_live 409."""
    if not await live_rooms.exists(session, room_code):
        raise Refused("room_unknown", 404, "There is no room with this code.")
    found = await calibrations.live_interview(session, room_code)
    if found is None:
        raise Refused("interview_not_live", 409, "No interview is live in this room.")
    return found


def refuse_unfit(step: CalibrateStep, now: Readings | None) -> None:
    """Raises `Refused` 409 where the room says that the step fits no more; silence refuses nothing: the
    room has the last word anyway.
    """
    if now is None:
        return
    stage = now.calibration.stage if now.calibration else ""
    match step, stage:
        case "offer", "waiting" | "offered":
            raise Refused("calibration_offered", 409, "The calibration is offered already.")
        case "begin", "" | "waiting":
            raise Refused("calibration_not_offered", 409, "No calibration is offered now.")
        case "begin", running if running != "offered":
            raise Refused("calibration_running", 409, "The points are shown already.")
        case "skip", "":
            raise Refused("calibration_not_offered", 409, "There is no calibration to skip.")


def why(made: CalibrationView) -> str | None:
    """Why gaze is not calibrated: skipped, error_too_large or too_few_points; None where it is."""
    if made.outcome == "calibrated":
        return None
    if made.outcome == "skipped":
        return "skipped"
    return "too_few_points" if made.error_deg is None else "error_too_large"


async def _of(
    session: AsyncSession, interview_id: int, offer: OfferView | None, now: Readings | None
) -> Calibration:
    asked = None if offer is None else offer.id
    rows = await calibrations.of_interview(session, interview_id)
    result = next((one for one in rows if one.offered_by == asked), None)
    progress = _progress(now, interview_id)
    if offer is not None and not offer.newest:
        progress = None  # of a later one
    state, detail = _state(offer, progress, result)
    live = progress if state in {"waiting", "offered", "running"} else None
    return Calibration(interview_id, offer, state, detail, live, result)


def _state(
    offer: OfferView | None, progress: CalibrationProgress | None, result: CalibrationView | None
) -> tuple[str, str]:
    if result is not None:
        return "over", ""
    if offer is not None and offer.state == "open":
        return "sent", ""
    if offer is not None and offer.state != "done":
        return "refused", offer.detail or offer.state
    if offer is not None and offer.withdrawn:
        return "withdrawn", ""
    if progress is None:
        return "none", ""
    return _named(progress), ""


def _progress(now: Readings | None, interview_id: int) -> CalibrationProgress | None:
    return now.calibration if now and now.interview_id == str(interview_id) else None


def _named(progress: CalibrationProgress) -> str:
    return progress.stage if progress.stage in {"waiting", "offered"} else "running"
