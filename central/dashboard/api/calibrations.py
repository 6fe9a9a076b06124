"""Calibration of the gaze, as a session: create, start, status, result, cancel.

The camera's frames never leave the room, so nothing sends any here: the room's kiosk shows the points,
the room measures, and `status` is what it says of it. In place of an id, "current" is the last one of
the interview that the room holds, the plan's own among them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath

from central.bus.events import CalibrationPoint, Readings
from central.dashboard import actions, calibrating
from central.dashboard.api import shapes
from central.dashboard.auth import roles
from central.dashboard.calibrating import Calibration
from central.dashboard.wants import RightNow, Session, SignedIn, ToRooms
from central.errors import Refused
from central.interview.commands import CalibrateStep
from central.storage.users import Account

STAFF = [roles.allow(*roles.STAFF)]


class Created(msgspec.Struct, frozen=True):
    """What the other requests name it by."""

    calibration_id: str
    room: str
    interview_id: str


class Status(msgspec.Struct, frozen=True):
    """How far it is. `state`: sent, refused, waiting (for the end of an answer), offered, running, over,
    withdrawn, or none where none is on. While it runs: `phase` read, point, head or check, the `point`
    that is shown, step `position` of `count` in this `attempt`, `seen` whether the eyes are in view,
    `left_ms` until the step ends by itself, `missed` points that timed out and are shown once more.
    """

    room: str
    interview_id: str
    calibration_id: str | None
    state: str
    detail: str
    phase: str | None
    point: str | None
    position: int
    count: int
    attempt: int
    seen: bool | None
    left_ms: int | None
    missed: int
    points: tuple[CalibrationPoint, ...]
    outcome: str | None


class PointResult(msgspec.Struct, frozen=True):
    """One point: frames of use of those that were seen, how restless the gaze was, how far the corrected
    gaze was off, and where on the screen it fell. Those called check_1 to check_4 were held out.
    """

    name: str
    frames: int
    kept: int
    spread_deg: float | None
    error_deg: float | None
    look_x_ratio: float | None
    look_y_ratio: float | None


class Result(msgspec.Struct, frozen=True):
    """What came of it. `outcome`: calibrated, failed or skipped; `why` names the reason where it is not
    calibrated: skipped, error_too_large or too_few_points. `error_deg` is the median over the held-out
    points; `attempts` how often the points were gone through.
    """

    room: str
    interview_id: str
    calibration_id: str | None
    outcome: str
    why: str | None
    error_deg: float | None
    attempts: int
    parameters: dict[str, float] | None
    points: tuple[PointResult, ...]
    neutral: dict[str, Any] | None
    made_at: datetime


@post("/rooms/{code:str}/calibrations", guards=STAFF, status_code=202)
async def create(
    code: FromPath[str], session: Session, bus: ToRooms, hub: RightNow, account: SignedIn
) -> Created:
    """Offer the calibration between two questions; again where it was made before."""
    interview_id = await calibrating.live_interview(session, code)
    calibrating.refuse_unfit("offer", hub.now(code))
    sent = await actions.calibrate(session, bus, interview_id, "offer", actor=account)
    return Created(str(sent.command_id), code, str(interview_id))


@post("/rooms/{code:str}/calibrations/{calibration:str}/start", guards=STAFF, status_code=202)
async def start(
    code: FromPath[str],
    calibration: FromPath[str],
    *,
    session: Session,
    bus: ToRooms,
    hub: RightNow,
    account: SignedIn,
) -> shapes.Command:
    """Show the points of an offer, as the candidate can."""
    now = hub.now(code)
    found = await calibrating.find(session, code, calibration, now)
    return await _steer(session, bus, found, "begin", now=now, actor=account)


@get("/rooms/{code:str}/calibrations/{calibration:str}/status", guards=STAFF)
async def get_status(
    code: FromPath[str], calibration: FromPath[str], session: Session, hub: RightNow
) -> Status:
    """How far it is."""
    return _status(code, await calibrating.find(session, code, calibration, hub.now(code)))


@get("/rooms/{code:str}/calibrations/{calibration:str}/result", guards=STAFF)
async def get_result(
    code: FromPath[str], calibration: FromPath[str], session: Session, hub: RightNow
) -> Result:
    """What came of it; before: 404 with `calibration_not_over`."""
    return _result(code, await calibrating.find(session, code, calibration, hub.now(code)))


@delete("/rooms/{code:str}/calibrations/{calibration:str}", guards=STAFF, status_code=202)
async def cancel(
    code: FromPath[str],
    calibration: FromPath[str],
    *,
    session: Session,
    bus: ToRooms,
    hub: RightNow,
    account: SignedIn,
) -> shapes.Command:
    """Withdraw the offer, or stop the points. A gaze that was calibrated before stays so."""
    now = hub.now(code)
    found = await calibrating.find(session, code, calibration, now)
    return await _steer(session, bus, found, "skip", now=now, actor=account)


async def _steer(
    session: Session,
    bus: ToRooms,
    found: Calibration,
    step: CalibrateStep,
    *,
    now: Readings | None,
    actor: Account,
) -> shapes.Command:
    if found.state in {"over", "refused", "withdrawn"}:
        raise Refused("calibration_over", 409, f"This calibration is {found.state}.")
    calibrating.refuse_unfit(step, now)
    sent = await actions.calibrate(session, bus, found.interview_id, step, actor=actor)
    return shapes.command(sent)


def _status(code: str, found: Calibration) -> Status:
    on = found.progress
    running = on if found.state == "running" else None
    return Status(
        room=code,
        interview_id=str(found.interview_id),
        calibration_id=str(found.offer.id) if found.offer else None,
        state=found.state,
        detail=found.detail,
        phase=running.stage if running else None,
        point=(running.name or None) if running else None,
        position=running.position if running else 0,
        count=running.count if running else 0,
        attempt=running.attempt if running else 0,
        seen=running.seen if running else None,
        left_ms=on.left_ms if on and on.stage != "waiting" else None,
        missed=running.missed if running else 0,
        points=running.points if running else (),
        outcome=found.result.outcome if found.result else None,
    )


def _result(code: str, found: Calibration) -> Result:
    made = found.result
    if made is None:
        raise Refused("calibration_not_over", 404, "Nothing has come of this calibration yet.")
    return Result(
        room=code,
        interview_id=str(found.interview_id),
        calibration_id=None if made.offered_by is None else str(made.offered_by),
        outcome=made.outcome,
        why=calibrating.why(made),
        error_deg=made.error_deg,
        attempts=made.attempts,
        parameters=made.parameters,
        points=tuple(
            PointResult(
                one.name,
                one.frames,
                one.kept,
                one.spread_deg,
                one.error_deg,
                one.look_x_ratio,
                one.look_y_ratio,
            )
            for one in made.points
        ),
        neutral=made.neutral,
        made_at=made.made_at,
    )


HANDLERS = (create, start, get_status, get_result, cancel)
