"""What the measures of delivery are called, in which units they are, and why one has no value."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "talk_ratio": "Share of the answer with voice",
    "voice_level_dbfs": "Level of the voice",
    "voice_level_shift_db": "Louder than in the sentence read at the start",
    "snr_db": "Voice over the noise of the room",
    "clipped_ratio": "Share of the voice that is clipped",
    "pauses_count": "Pauses of 0.25 s and longer",
    "pauses_s": "All pauses together",
    "longest_pause_s": "Longest pause",
    "articulation_rate_hz": "Syllables a second of voice (estimate)",
    "speaking_rate_hz": "Syllables a second of the answer (estimate)",
    "syllable_rate_ratio": "Tempo over that of the sentence read at the start",
    "pitch_hz": "Pitch, median",
    "pitch_shift_st": "Higher than in the sentence read at the start",
    "pitch_range_st": "Range of the pitch",
}
SEMITONES: Final = {"st": "{value} semitones"}
"""Units that are words."""
WHY: Final = {
    "not_measured": "Not measured in this answer.",
    "too_little_voice": "Less than two seconds of voice.",
    "no_sentence": "No sentence was read aloud at calibration.",
    "inner_state": "Feelings do not follow from how a voice sounds, so nothing is concluded.",
}
STATES: Final = {"confidence": "Confidence", "nervousness": "Nervousness"}
_written: Final = {
    "ratio": ("%", 0, 100.0),
    "dbfs": (" dBFS", 0, 1.0),
    "db": (" dB", 0, 1.0),
    "count": ("", 0, 1.0),
    "s": (" s", 1, 1.0),
    "hz": ("/s", 1, 1.0),
    "pitch": (" Hz", 0, 1.0),
    "st": ("", 1, 1.0),
    "clipped": ("%", 2, 100.0),
}
"""What is written behind a value, its digits, and what it is multiplied by; by the end of its name."""


def unit(name: str) -> tuple[str, int, float]:
    """Of one measure."""
    if name == "clipped_ratio":
        return _written["clipped"]
    return _written["pitch"] if name == "pitch_hz" else _written[name.rpartition("_")[2]]
