"""Readings of a span become points: each formula's value on its scale, the display scale last."""

from __future__ import annotations

from collections.abc import Sequence

from edge_agent.flow import BodyLook, CameraHealth, Channel, FrameReading, Measure
from edge_agent.scoring.body import POSTURE_HZ, Expected
from edge_agent.scoring.compliance import compliance
from edge_agent.scoring.expression import expression
from edge_agent.scoring.jitter import jitter
from edge_agent.scoring.presence import presence
from edge_agent.scoring.rules import Rules, Variant
from edge_agent.scoring.scale import less_is_better, more_is_better, points
from edge_agent.scoring.steadiness import head_sway, posture_sway
from edge_agent.scoring.valid import picture_is_valid, valid_faces, valid_postures

POINTS = frozenset(
    {
        Channel.GAZE_JITTER_POINTS,
        Channel.GAZE_COMPLIANCE_POINTS,
        Channel.GAZE_POINTS,
        Channel.HEAD_STEADINESS_POINTS,
        Channel.POSTURE_STEADINESS_POINTS,
        Channel.EXPRESSION_POINTS,
        Channel.PRESENCE_POINTS,
    }
)
"""Channels of the scores."""

Quality = tuple[float | None, float]
"""From 0 to 1, and its coverage; (None, 0) where it was not measured or is not valid."""
_NOTHING: Quality = (None, 0.0)


class Scorer:
    """The rules of one interview: what its windows are scored by."""

    def __init__(self, rules: Rules, variant: Variant) -> None:
        self._rules = rules
        self.variant = variant
        self.neutral_smile_ratio: float | None = None
        """The candidate's mouth at rest: known from calibration on, which is after the first windows."""

    def measures(
        self,
        frames: Sequence[FrameReading],
        expected: int,
        looks: Sequence[BodyLook],
        healths: Sequence[CameraHealth],
        due: Expected,
    ) -> tuple[Measure, ...]:
        """All `POINTS`, in order. Coverage is the share of `expected` frames (of the looks that are
        `due`) behind a value; below the least coverage, or from a picture
        that is not valid, there is no value.
        """
        found: dict[Channel, Quality] = dict.fromkeys(POINTS, _NOTHING)
        if picture_is_valid(healths, self._rules):
            found |= self._of_frames(frames, expected) | self._of_looks(looks, due)
        return tuple(
            Measure(channel, points(found[channel][0]), found[channel][1])
            for channel in sorted(found)
        )

    def _of_frames(self, frames: Sequence[FrameReading], expected: int) -> dict[Channel, Quality]:
        rules, faces = self._rules, valid_faces(frames, self._rules)
        trembling, trembling_of = jitter(faces, rules.farthest_pair_ms)
        kept, kept_of = compliance(faces)
        swaying, swaying_of = head_sway(faces)
        smiling, smiling_of = expression(faces, self.neutral_smile_ratio)
        there, there_of = presence(frames)
        calm = _fall(trembling, rules.steady_gaze_deg, rules.restless_gaze_deg)
        still = _fall(swaying, rules.steady_head_deg, rules.restless_head_deg)
        smile = None if smiling is None else more_is_better(smiling, 0.0, rules.full_smile_ratio)
        steady = self._covered(calm, trembling_of, expected)
        on_screen = self._covered(kept, kept_of, expected)
        return {
            Channel.GAZE_JITTER_POINTS: steady,
            Channel.GAZE_COMPLIANCE_POINTS: on_screen,
            Channel.GAZE_POINTS: self._gaze(steady, on_screen),
            Channel.HEAD_STEADINESS_POINTS: self._covered(still, swaying_of, expected),
            Channel.EXPRESSION_POINTS: self._covered(smile, smiling_of, expected),
            Channel.PRESENCE_POINTS: self._covered(there, there_of, expected),
        }

    def _of_looks(self, looks: Sequence[BodyLook], due: Expected) -> dict[Channel, Quality]:
        rules = self._rules
        swaying, behind = posture_sway(valid_postures(looks, rules))
        still = _fall(swaying, rules.steady_posture_ratio, rules.restless_posture_ratio)
        expected = round(due(POSTURE_HZ))
        return {Channel.POSTURE_STEADINESS_POINTS: self._covered(still, behind, expected)}

    def _gaze(self, steady: Quality, on_screen: Quality) -> Quality:
        """The variant's weighted mean (0.4 jitter + 0.6 compliance by default) over what both cover.

        There is none where one of them is missing: the other alone is another measure, and weights
        that shift from one window to the next would pass for a change of the candidate.
        """
        if steady[0] is None or on_screen[0] is None:
            return _NOTHING
        weights = self.variant.jitter + self.variant.compliance
        total = self.variant.jitter * steady[0] + self.variant.compliance * on_screen[0]
        return total / weights, min(steady[1], on_screen[1])

    def _covered(self, quality: float | None, behind: int, expected: int) -> Quality:
        coverage = behind / max(expected, behind, 1)
        if quality is None or behind == 0 or coverage < self._rules.least_coverage:
            return _NOTHING
        return quality, coverage


def _fall(value: float | None, best: float, worst: float) -> float | None:
    return None if value is None else less_is_better(value, best, worst)
