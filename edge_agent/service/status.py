"""What the room does now, as one line for `systemctl status`."""

from __future__ import annotations

from edge_agent.flow import LinkState, Phase
from edge_agent.interview import RunnerView

BUSY = "in an interview"
"""The package's scripts look for a status that begins so before they stop an agent."""


def status_line(view: RunnerView, link: LinkState, waiting: int, faults: tuple[str, ...]) -> str:
    """No names and no questions: whoever may read a unit's status may not know who is interviewed.

    `waiting`: records that central has not acknowledged; in steps, so that the line changes seldom.
    """
    parts = [_doing(view), f"link {link.name.lower()}"]
    if waiting >= 100:
        parts.append(f"more than {waiting // 100 * 100} records wait for central")
    parts += [f"fault: {one}" for one in faults]
    return "; ".join(parts)


def _doing(view: RunnerView) -> str:
    if view.phase is Phase.IDLE:
        return "waiting for an interview"
    if view.phase is Phase.FINISHED:
        return "an interview is over"
    doing = f"{BUSY}: {view.phase.name.lower()}"
    if view.question_count:
        doing += f", question {view.position + 1} of {view.question_count}"
    return doing
