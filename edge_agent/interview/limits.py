"""How long a phase may last that nobody ends, and why an interview is over."""

from __future__ import annotations

CALIBRATION_LIMIT_MS = 180_000
"""Calibration that nobody ends is skipped: an empty chair must not hold the room for ever. Counts
anew once the candidate begins it."""

CHECKING_LIMIT_MS = 300_000
PRACTICE_LIMIT_MS = 120_000
"""The same of the devices and of the practice question, with its reading aloud."""

PRACTICE_ANSWER_MS = 45_000
"""The longest practice answer."""

FINISHED_SHOWN_MS = 90_000
"""How long the farewell stays on the kiosk, unless the candidate wipes it: time to scan a code and to
answer two questions."""

COMPLETED = "completed"
RECORDING_DECLINED = "recording declined"
"""Reasons in INTERVIEW_FINISHED that the room gives by itself; others are an `EndInterview`'s."""
