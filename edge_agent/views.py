"""What others see of the room right now: central's live view and the kiosk page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from edge_agent.calibration import LiveGaze
from edge_agent.flow import (
    Capabilities,
    Channel,
    Health,
    LiveReading,
    Measure,
    Phase,
    ScreenGaze,
    VisionCounts,
    Vitals,
)
from edge_agent.interview import RunnerView
from edge_agent.interview.check_in import MOST_TRIES
from edge_agent.kiosk.state import Counts
from edge_agent.service import clock
from edge_agent.uplink.journal import Spool


class Sees(Protocol):
    """What is asked of the vision process."""

    counts: VisionCounts
    fps: float
    camera_name: str
    provider: str
    profile: str
    fallback: str


def live_reading(
    view: RunnerView,
    measures: tuple[Measure, ...],
    *,
    now_ns: int,
    speaking: bool,
    gaze: LiveGaze | None = None,
) -> LiveReading:
    """The interview and every channel at `now_ns`; of the place on the screen the one that was smoothed
    for the eye.
    """
    looks_at = gaze.looks_at if gaze else None
    return LiveReading(
        mono_ns=now_ns,
        wall_ns=clock.wall_ns(),
        interview_id=view.interview_id,
        phase=view.phase,
        turn_id=view.turn_id,
        question_id=view.question_id,
        position=view.position,
        question_count=view.question_count,
        phase_elapsed_ms=view.phase_elapsed_ms,
        measures=measures if looks_at is None else tuple(_steadied(measures, looks_at)),
        speaking=speaking,
        calibration=gaze.calibration if gaze else None,
    )


def _steadied(measures: Iterable[Measure], looks_at: ScreenGaze) -> Iterator[Measure]:
    places = {
        Channel.SCREEN_X_RATIO: looks_at.x_ratio,
        Channel.SCREEN_Y_RATIO: looks_at.y_ratio,
    }
    for one in measures:
        place = places.get(one.channel)
        yield one if place is None or one.value is None else replace(one, value=place)


def capabilities(vision: Sees, microphone: str, speaker: str) -> Capabilities:
    """What the room PC was found to have; known once it is warm."""
    return Capabilities(
        camera=vision.camera_name,
        microphone=microphone,
        speaker=speaker,
        vision_provider=vision.provider,
        vision_profile=vision.profile,
        vision_fallback=vision.fallback,
    )


def for_staff(view: RunnerView) -> tuple[str, ...]:
    """What staff have to do before the candidate can go on, told like a fault while it stands."""
    if view.phase is Phase.WAITING and view.check_in.needs_code and not view.check_in.tries_left:
        return (f"check_in: {MOST_TRIES} wrong codes; staff let the candidate in",)
    return ()


def health(vision: Sees, spool: Spool, faults: tuple[str, ...], vitals: Vitals) -> Health:
    """How the room PC is."""
    return Health(
        wall_ns=clock.wall_ns(),
        frames=vision.counts,
        fps=vision.fps,
        records_appended=spool.next_seq - 1,
        records_acked=spool.acked_seq,
        spool_bytes=spool.waiting_bytes,
        faults=faults,
        vitals=vitals,
    )


def counts(frames: VisionCounts, spool: Spool) -> Counts:
    """What the room has done since it started."""
    return Counts(
        frames_captured=frames.captured,
        frames_analysed=frames.analysed,
        frames_dropped=frames.dropped,
        records_appended=spool.next_seq - 1,
        records_acked=spool.acked_seq,
    )
