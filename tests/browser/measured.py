"""What a room would measure of a candidate who nods, looks about and talks in waves."""

from __future__ import annotations

import math
import random


def said_at(second: float, talk: float, noise: random.Random) -> dict[str, list[float | None]]:
    """How it was said, of a second with so much voice; a pause ends every nine seconds."""

    def voice(value: float) -> list[float | None]:
        return [round(value, 3), round(talk, 3)] if talk else [None, 0.0]

    pause_s = 0.8 + 0.3 * noise.random() if second % 9 == 8 else 0.0
    rate = 5 + noise.gauss(0, 0.5)
    pitch_st = 7 + 1.5 * math.sin(second / 3)
    return {
        "talk_ratio": [round(talk, 3), 1.0],
        "pauses_count": [float(pause_s > 0), 1.0],
        "pauses_s": [pause_s, 1.0],
        "longest_pause_s": [pause_s, 1.0],
        "syllables_count": [round(rate * talk), 1.0],
        "syllable_rate_hz": voice(rate),
        "syllable_rate_ratio": voice(rate / 4.6),
        "voice_level_dbfs": voice(-27 + noise.gauss(0, 1)),
        "voice_level_shift_db": voice(1.5 + noise.gauss(0, 1)),
        "snr_db": voice(31 + noise.gauss(0, 1)),
        "clipped_ratio": voice(0.0),
        "pitch_hz": voice(100 * 2 ** (pitch_st / 12)),
        "pitch_st": voice(pitch_st),
        "pitch_sd_st": voice(1.4),
        "pitch_shift_st": voice(pitch_st - 6.5),
    }


def measures_at(second: float, away: bool, noise: random.Random) -> dict[str, list[float | None]]:
    """What a room would measure."""

    def seen(value: float) -> list[float | None]:
        return [None, 0.0] if away else [round(value + noise.gauss(0, 0.02), 3), 1.0]

    yaw = 14 * math.sin(second / 5) + noise.gauss(0, 1.2)
    speech = max(0.0, math.sin(second / 7) + 0.4)
    return {
        "head_yaw_deg": seen(yaw),
        "head_pitch_deg": seen(-4 + 5 * math.sin(second / 9)),
        "head_roll_deg": seen(2 * math.sin(second / 11)),
        "head_speed_deg_s": seen(abs(14 * math.cos(second / 5))),
        "gaze_yaw_deg": seen(yaw * 0.6),
        "gaze_pitch_deg": seen(3 * math.sin(second / 4)),
        "eye_openness_ratio": seen(0.28 + 0.02 * math.sin(second)),
        "blinks_count": [None, 0.0] if away else [float(noise.random() < 0.3), 1.0],
        "smile_ratio": seen(0.35 + 0.1 * math.sin(second / 13)),
        "mouth_open_ratio": seen(0.12 * speech),
        "presence_ratio": [0.0 if away else 1.0, 1.0],
        "faces_count": [0.0 if away else 1.0, 1.0],
        "level_dbfs": [round(-52 + 28 * speech + noise.gauss(0, 2), 1), 1.0],
        "speech_ratio": [round(min(1.0, speech), 2), 1.0],
        **said_at(second, min(1.0, speech), noise),
        "gaze_jitter_points": seen(82 + 6 * math.sin(second / 6)),
        "gaze_compliance_points": [None, 0.0],
        "gaze_points": [None, 0.0],
        "head_steadiness_points": seen(74 + 9 * math.sin(second / 5)),
        "posture_steadiness_points": seen(88 + 5 * math.sin(second / 8)),
        "expression_points": seen(58 + 8 * math.sin(second / 13)),
        "presence_points": [40.0 if away else 100.0, 1.0],
    }
