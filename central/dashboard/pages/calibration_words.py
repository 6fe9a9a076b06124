"""What the pages say of a calibration and of the figure. Every sentence is a key of the catalogues."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "none": "No calibration is going on.",
    "sent": "On its way to the room.",
    "refused": "The room did not do it.",
    "waiting": "It is offered after this answer.",
    "offered": "The candidate is being asked whether to begin.",
    "running": "The candidate looks at the points.",
    "over": "It is over.",
    "withdrawn": "The offer was taken back.",
}
STAGES: Final = {
    "read": "Reading a sentence aloud",
    "point": "Point {number} of 5",
    "head": "Slow head movement",
    "check": "Check point {number} of 4",
    "done": "Being computed",
}
OUTCOMES: Final = {
    "calibrated": "Calibrated: the gaze is known to about {error}°.",
    "skipped": "Skipped: gaze is not assessed.",
    "error_too_large": "Not calibrated: it was off by {error}°, and 5° is the limit."
    " Gaze is not assessed.",
    "too_few_points": "Not calibrated: too few points were seen. Gaze is not assessed.",
}
LIVE: Final = {
    "cal_attempt": "attempt {attempt}",
    "cal_left": "{seconds} s left",
    "cal_missed": "{count} missed",
    "cal_unseen": "The eyes are not in view.",
    "cal_frames": "{kept} of {frames}",
    "fig_quiet": "Nothing is measured now.",
    "fig_no_face": "No face in view.",
    "fig_ahead": "Faces the camera",
    "fig_left": "Head {deg}° to their left",
    "fig_right": "Head {deg}° to their right",
    "fig_up": "{deg}° up",
    "fig_down": "{deg}° down",
    "fig_open": "eyes open",
    "fig_closed": "eyes closed",
    "fig_on": "looks at the screen",
    "fig_off": "looks beside the screen",
    "fig_uncalibrated": "gaze not calibrated",
    "fig_others": "others in view: {count}",
    "why_quiet": "nothing is measured now",
    "why_no_picture": "no picture from the camera",
    "why_no_face": "no face in view",
    "why_no_eyes": "the eyes were not seen",
    "why_not_calibrated": "gaze is not calibrated",
    "why_no_shoulders": "no shoulders found, or switched off",
    "why_no_hands": "no hand was followed, or switched off",
    "why_off": "switched off in this room",
    "why_no_sound": "no sound from the microphone",
    "why_no_neutral": "the face at rest is not known",
    "why_no_points": "not scored",
    "why_too_little": "too little was seen",
}


def live() -> dict[str, str]:
    """Key to English sentence, for the script."""
    stages = {f"cal_{stage}": text for stage, text in STAGES.items()}
    return {**LIVE, **stages, "cal_waiting": STATES["waiting"], "cal_offered": STATES["offered"]}
