"""A hung camera, a muted microphone, and records that wait: told from figures alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.telemetry.silence import MUTED_DBFS, Silence
from edge_agent.telemetry.stillness import Stillness, fingerprint
from edge_agent.telemetry.waiting import MARKS, Waiting

pytestmark = pytest.mark.unit

S = 1_000_000_000


@pytest.mark.parametrize(
    ("levels", "asked_s", "silent_ms"),
    [
        ([], 5.0, None),
        ([(0.0, -40.0)], 0.0, 0),
        ([(0.0, -40.0), (1.0, -96.0), (2.0, -96.0)], 2.0, 2_000),
        ([(0.0, -96.0), (1.0, -96.0), (2.0, -90.0)], 2.0, 2_000),
        ([(0.0, -96.0), (1.0, -96.0), (1.5, -60.0)], 1.5, 0),
        ([(0.0, -96.0), (1.0, -96.0)], 3.1, None),  # nothing comes: lost, which is told elsewhere
        ([(0.0, -96.0), (9.0, -96.0)], 9.0, 0),  # it came back: counted anew
        ([(0.0, MUTED_DBFS), (1.0, MUTED_DBFS)], 1.0, 1_000),
    ],
)
def test_silence_counts_while_the_device_is_open(
    levels: list[tuple[float, float]], asked_s: float, silent_ms: int | None
) -> None:
    silence = Silence()
    for at_s, level in levels:
        silence.hear(level, int(at_s * S))
    assert silence.silent_ms(int(asked_s * S)) == silent_ms


def test_the_loudest_level_is_told_once() -> None:
    silence = Silence()
    for level in (-50.0, -20.0, -60.0):
        silence.hear(level, S)
    assert (silence.take_loudest(), silence.take_loudest()) == (-20.0, None)


@pytest.mark.parametrize(
    ("pictures", "asked_s", "frozen_ms"),
    [
        ([], 5.0, None),
        ([(0.0, 1)], 0.0, 0),
        ([(0.0, 1), (1.0, 2), (2.0, 3)], 2.5, 500),
        ([(0.0, 1), (1.0, 1), (2.0, 1)], 2.0, 2_000),  # they come, and are the same
        ([(0.0, 1), (1.0, 2)], 7.0, 6_000),  # none comes any more
        ([(0.0, 1), (5.0, 1), (6.0, 2)], 6.0, 0),
    ],
)
def test_a_camera_is_frozen_where_no_picture_differs(
    pictures: list[tuple[float, int]], asked_s: float, frozen_ms: int | None
) -> None:
    stillness = Stillness()
    for at_s, one in pictures:
        stillness.see(one, int(at_s * S))
    assert stillness.frozen_ms(int(asked_s * S)) == frozen_ms


def test_a_sensors_noise_alone_makes_another_fingerprint() -> None:
    noise = np.random.default_rng(5)
    scene = noise.integers(20, 200, (480, 640, 3), dtype=np.uint8)
    next_one = scene + noise.integers(0, 2, scene.shape, dtype=np.uint8)
    assert fingerprint(scene) == fingerprint(scene.copy())
    assert fingerprint(scene) != fingerprint(next_one)


@pytest.mark.parametrize(
    ("looks", "oldest_ms"),
    [
        ([(0, 1, 0)], 0),
        ([(0, 5, 0)], 0),  # four records, first seen now
        ([(0, 5, 0), (10, 5, 0)], 10_000),
        ([(0, 5, 0), (10, 9, 4)], 0),  # the new ones are new
        ([(0, 5, 0), (5, 9, 0), (10, 9, 4)], 5_000),
        ([(0, 5, 0), (10, 5, 4)], 0),
        ([(0, 50, 0), (10, 5, 0)], 0),  # a new series
    ],
)
def test_the_oldest_unsent_record_has_the_age_of_its_first_look(
    looks: list[tuple[int, int, int]], oldest_ms: int
) -> None:
    waiting = Waiting()
    told = [waiting.oldest_ms(next_seq, acked, at_s * S) for at_s, next_seq, acked in looks]
    assert told[-1] == oldest_ms


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=60))
def test_nothing_waits_where_everything_is_acknowledged(steps: list[tuple[int, int]]) -> None:
    waiting, next_seq, acked = Waiting(), 1, 0
    for at, (new, done) in enumerate(steps):
        next_seq += new
        acked = min(acked + done, next_seq - 1)
        oldest = waiting.oldest_ms(next_seq, acked, at * S)
        assert oldest <= at * 1_000
        assert acked < next_seq - 1 or oldest == 0


def test_days_without_central_take_bounded_memory_and_keep_the_oldest() -> None:
    waiting = Waiting()
    for at in range(5 * MARKS):
        oldest = waiting.oldest_ms(at + 2, 0, at * 5 * S)
    assert oldest == (5 * MARKS - 1) * 5_000
    assert len(waiting._marks) <= MARKS + 1
