"""What others see of the room right now: central's live view and the kiosk page."""

from __future__ import annotations

from typing import Protocol

from edge_agent.flow import Health, LiveReading, Measure, VisionCounts, Vitals
from edge_agent.interview import RunnerView
from edge_agent.kiosk.state import Counts
from edge_agent.service import clock
from edge_agent.uplink.journal import Spool


class Sees(Protocol):
    """What is asked of the vision process."""

    counts: VisionCounts
    fps: float


def live_reading(
    view: RunnerView, measures: tuple[Measure, ...], *, now_ns: int, speaking: bool
) -> LiveReading:
    """The interview and every channel at `now_ns`."""
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
        measures=measures,
        speaking=speaking,
    )


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
