"""Looks of a second as the fields of their messages: offsets after the first, fixed-point integers."""

from __future__ import annotations

from typing import Any

from edge_agent.flow import BodyReadings, EmotionReadings, HandsLook, PeopleLook, PostureLook
from edge_agent.uplink.fixed_point import signed, unsigned

Fields = dict[str, Any]


def body_fields(readings: BodyReadings) -> Fields:
    """Fields of `daedam.v1.BodyReadings`."""
    kinds = (readings.postures, readings.hands, readings.people)
    first_ns = min((look.mono_ns for looks in kinds for look in looks), default=0)
    return {
        "first_mono_ns": first_ns,
        "postures": [_posture(look, first_ns) for look in readings.postures],
        "hands": [_hands(look, first_ns) for look in readings.hands],
        "people": [_people(look, first_ns) for look in readings.people],
    }


def emotion_fields(readings: EmotionReadings) -> Fields:
    """Fields of `daedam.v1.EmotionReadings`."""
    first_ns = min((look.mono_ns for look in readings.looks), default=0)
    fields: Fields = {
        "first_mono_ns": first_ns,
        "model": readings.model,
        "turn_id": readings.turn_id,
        "looks": [
            {
                "offset_us": _offset_us(look.mono_ns, first_ns),
                "probability_milli": [unsigned(p * 1000) for p in look.probabilities or ()],
                "abstained": look.abstained or 0,
            }
            for look in readings.looks
        ],
    }
    if readings.neutral is not None:
        log_p = readings.neutral.log_p or ()
        milli = [signed(p * 1000) for p in log_p]
        fields["neutral"] = {"looks": readings.neutral.looks, "log_p_milli": milli}
    return fields


def _posture(look: PostureLook, first_ns: int) -> Fields:
    offset_us, posture = _offset_us(look.mono_ns, first_ns), look.posture
    if posture is None:
        return {"offset_us": offset_us}
    return {
        "offset_us": offset_us,
        "found": True,
        "shoulder_tilt_cdeg": signed(posture.shoulder_tilt_deg * 100),
        "shoulder_width_milli": unsigned(posture.shoulder_width_ratio * 1000),
        "centre_x_milli": signed(posture.centre_x_ratio * 1000),
        "centre_y_milli": signed(posture.centre_y_ratio * 1000),
    }


def _hands(look: HandsLook, first_ns: int) -> Fields:
    fields: Fields = {"offset_us": _offset_us(look.mono_ns, first_ns), "hands": look.hands}
    if look.speed_ratio_s is not None:
        fields["speed_milli_s"] = unsigned(look.speed_ratio_s * 1000)
    return fields


def _people(look: PeopleLook, first_ns: int) -> Fields:
    return {"offset_us": _offset_us(look.mono_ns, first_ns), "people": look.people}


def _offset_us(mono_ns: int, first_ns: int) -> int:
    return unsigned((mono_ns - first_ns) / 1000)
