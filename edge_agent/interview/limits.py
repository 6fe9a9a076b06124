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

CONFIRMING_QUIET_MS = 180_000
"""Who presses and writes nothing for so long reads nothing: the interview ends without their word."""

CONFIRMING_LIMIT_MS = 1_800_000
"""Longest time for all of it, whatever is pressed."""

WORDS_WAIT_MS = 30_000
"""How long the kiosk waits for more words of the answers; counts anew with each that comes. A recogniser
needs a few seconds for the last sentence."""

COMPLETED = "completed"
RECORDING_DECLINED = "recording declined"
"""Reasons in INTERVIEW_FINISHED that the room gives by itself; others are an `EndInterview`'s."""
