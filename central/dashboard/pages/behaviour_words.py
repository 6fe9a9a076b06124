"""What the five channels of behaviour are called, and why one of them has no points."""

from __future__ import annotations

from typing import Final

CHANNELS: Final = {
    "gaze": "Gaze",
    "voice": "Voice",
    "expression": "Expression",
    "posture": "Posture",
    "emotion": "Emotion",
}
CLASSES: Final = {
    "angry": "Angry",
    "disgust": "Disgusted",
    "fear": "Afraid",
    "happy": "Happy",
    "sad": "Sad",
    "surprise": "Surprised",
    "neutral": "Neutral",
}
WHY: Final = {
    "not_measured": "It was not measured, or the picture was not fit for it.",
    "not_calibrated": "Gaze was not calibrated: nobody knows where on the screen it was.",
    "no_neutral": "The face at rest was not taken at calibration.",
    "too_little": "Too little of the time was measured.",
    "voice_not_scored": "Voice is not scored in this version.",
    "never_scored": "Feelings are no part of a score.",
    "sealed": "Sealed until you have locked your own ratings.",
    "policy": "The interview's policy does not allow it.",
    "scoring_declined": "The candidate declined AI scoring.",
}
