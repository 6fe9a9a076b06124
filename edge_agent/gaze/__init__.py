"""Calibrated gaze, as pure code: where on the screen a candidate looks, and how sure that is.

In: `FrameReading`s, voice levels, time, the screen's geometry. Out: what the kiosk has to show
(`SessionStatus`), one `Calibration` at the end, and with its parameters a `ScreenGaze` a frame. No
I/O, no clock. A fit that its points do not determine is refused, never guessed.
"""

from edge_agent.gaze.look import screen_gaze
from edge_agent.gaze.screen import Screen
from edge_agent.gaze.session import CalibrationSession, SessionStatus
from edge_agent.gaze.shown import ShownGaze

__all__ = ["CalibrationSession", "Screen", "SessionStatus", "ShownGaze", "screen_gaze"]
