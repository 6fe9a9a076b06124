"""What the page of policy profiles says, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

CHANNELS: Final = {
    "gaze": "Gaze",
    "expression": "Expression",
    "posture": "Posture",
    "hands": "Hands",
    "people": "Other people",
    "emotion": "Emotion",
}
ABOUT: Final = {
    "gaze": "Where the eyes look; also the calibration.",
    "expression": "Mouth and brows.",
    "posture": "Shoulders.",
    "hands": "Hands in view, and their speed.",
    "people": "Other people in the picture.",
    "emotion": "Expression as seven classes; never part of a score.",
}
PERMISSIONS: Final = {
    "off": "Is not measured",
    "on": "Is measured",
    "with_scoring": "With the consent to AI scoring",
    "with_consent": "With a consent of its own",
}
PERMISSION_ICONS: Final = {
    "off": "minus",
    "on": "circle-check",
    "with_scoring": "circle-help",
    "with_consent": "circle-help",
}
SETTINGS: Final = {
    "pause_in_answer": "Candidates may pause in mid-answer.",
    "confirm_transcript": "Candidates read at the end what was understood, and may correct it.",
    "check_devices": "Candidates try camera, microphone and loudspeaker first.",
    "practice": "Candidates are offered a practice question.",
}
SETTINGS_OFF: Final = {
    "pause_in_answer": "Candidates may pause between questions only.",
    "confirm_transcript": "Candidates are not asked to read what was understood.",
    "check_devices": "Candidates do not try camera, microphone and loudspeaker first.",
    "practice": "There is no practice question.",
}
"""What a profile says besides its channels, by the field's name, where it is on and where it is off."""
NOT_SAID: Final = "The profile does not say it: the receipt has general words."
