"""A candidate of flesh: eyes with their own size, place and kappa in a head with its own size.

Nothing here is what the fit assumes: radius, depth, place of the eyeball, both kappas, the head's
scale and shape and the lids' bias in pitch vary from subject to subject, landmarks carry noise, corners
of the eyes go with the iris, and pixels go through the vision's own head pose and gaze.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from edge_agent.flow import Brows, Eyes, FrameReading, HeadPose, Mouth
from edge_agent.gaze.look import unit
from edge_agent.gaze.screen import Screen, Vector
from edge_agent.vision.canonical import RIGID, RIGID_CM
from edge_agent.vision.gaze import EYES, gaze
from edge_agent.vision.head_pose import HeadPoseReader, direction, rotation
from edge_agent.vision.optics import Optics

OPTICS = Optics.from_fov(640, 480, 60.0)
IRIS_NOISE_PX = 0.12
"""Of each iris: 0.4 to 0.5 degrees a frame for both eyes together at 60 cm, as measured."""
POINT_NOISE_PX = 0.25
CORNERS_FOLLOW_PX = 0.11
"""Of the eyes' corners up and down, for each degree that the eyes turn up or down in the head: as the
landmark models do on rendered faces at 55 cm (`test_rendered`).
"""
SHAPE_CM = 0.15
"""Of each point of a face against the canonical one."""
CORNERS = [[int(np.flatnonzero(point == RIGID)[0]) for point in eye[:2]] for eye in EYES]
"""Rows of the rigid points."""


@dataclass
class Subject:
    """One candidate, drawn from a seed."""

    seed: int
    screen: Screen = field(default_factory=Screen)

    def __post_init__(self) -> None:
        rng = self.rng = np.random.default_rng(self.seed)
        self.scale = 1 + 0.03 * rng.standard_normal()
        self.radius_cm = 1.2 * (1 + 0.05 * rng.standard_normal())
        self.behind_cm = 0.85 + 0.05 * rng.standard_normal()
        self.off_cm = 0.03 * rng.standard_normal((2, 2))
        self.kappa = [
            (-side * (4 + 1.5 * rng.standard_normal()) + rng.standard_normal(),
             1.5 * rng.standard_normal())
            for side in (1, -1)
        ]  # fmt: skip
        self.lid_gain = 1 - 0.06 * abs(rng.standard_normal())
        self.heads = HeadPoseReader(OPTICS)
        self.sway = rng.uniform(0, 2 * math.pi, 5)
        self.place_cm = np.array([0.0, 8.0, 60.0]) + np.array([2.0, 2.0, 5.0]) * rng.uniform(
            -1, 1, 3
        )
        self.bent = rng.uniform(-5, 5, 3) * (1, 1, 0.6)
        self.face_cm = RIGID_CM + SHAPE_CM * rng.standard_normal(RIGID_CM.shape)
        self.index = 0

    def head_at(self, t_s: float, moving: bool) -> tuple[HeadPose, Vector]:
        """A still head sways a little; a moving one turns by up to 15 degrees and shifts."""
        size = 1.0 if moving else 0.05
        a, b, c, d, e = self.sway
        yaw = self.bent[0] + size * 14 * math.sin(1.6 * t_s + a)
        pitch = self.bent[1] + size * 9 * math.sin(1.1 * t_s + b)
        roll = self.bent[2] + size * 4 * math.sin(0.7 * t_s + c)
        shift = size * np.array([3 * math.sin(0.9 * t_s + d), math.sin(t_s + e), 3 * math.sin(t_s)])
        return HeadPose(yaw, pitch, roll), self.place_cm + shift

    def eye_cm(self, number: int, turned: Vector, place: Vector) -> Vector:
        """Centre of one eyeball in the camera's axes, in real centimetres."""
        middle = self.face_cm[CORNERS[number]].mean(axis=0)
        inside = middle + np.array([*self.off_cm[number], self.behind_cm])
        return np.asarray(turned @ (inside * self.scale) + place)

    def between_cm(self, t_s: float, *, moving: bool = False) -> Vector:
        """The place between the eyes."""
        pose, place = self.head_at(t_s, moving)
        turned = rotation(pose)
        return np.asarray((self.eye_cm(0, turned, place) + self.eye_cm(1, turned, place)) / 2)

    def read(
        self,
        t_s: float,
        target: tuple[float, float],
        *,
        moving: bool = False,
        closed: bool = False,
        away: bool = False,
        mono_ns: int | None = None,
    ) -> FrameReading:
        """One frame at `t_s` of a subject who looks at `target` (ratios of the screen); `away`: at a
        place that has nothing to do with it.
        """
        pose, place = self.head_at(t_s, moving)
        turned = rotation(pose)
        pixels = np.zeros((478, 3))
        pixels[RIGID, :2] = OPTICS.project(self.scale * self.face_cm @ turned.T + place)
        pixels[RIGID, :2] += POINT_NOISE_PX * self.rng.standard_normal((len(RIGID), 2))
        aim = self.screen.place_cm(*(self.rng.uniform(-1, 2, 2) if away else target))
        for number, eye in enumerate(EYES):
            centre = self.eye_cm(number, turned, place)
            yaw, pitch = direction(turned.T @ (aim - centre))
            kappa_yaw, kappa_pitch = self.kappa[number]
            inside = unit(yaw - kappa_yaw, self.lid_gain * (pitch - kappa_pitch))
            iris = centre + self.radius_cm * self.scale * (turned @ inside)
            noise = IRIS_NOISE_PX * self.rng.standard_normal(2)
            pixels[list(eye[:2]), 1] -= CORNERS_FOLLOW_PX * direction(inside)[1]
            pixels[eye[2], :2] = OPTICS.project(iris[None])[0] + noise
        head = self.heads.read(pixels)
        assert head is not None
        self.index += 1
        seen = None if closed else gaze(pixels, head, OPTICS)
        level = 0.08 if closed else 0.3 + 0.01 * self.rng.standard_normal()
        return FrameReading(
            self.index,
            int(t_s * 1e9) if mono_ns is None else mono_ns,
            1,
            head.pose,
            Eyes(level, level, closed, blink_ended=False),
            seen,
            Mouth(0.02, 0.5, 0.04 + 0.005 * self.rng.standard_normal()),
            Brows(0.3, 0.25),
        )
