"""What samples and times say of who spoke."""

from __future__ import annotations

import numpy as np
import pytest

from central.speech.decode import Sound
from central.speech.evidence import clips, held, level_dbfs, played, voiced

pytestmark = pytest.mark.unit
BLOCK = 3200
RATE_HZ = 16_000


def sound(number: int, *, playing: bool = False, voice: bytes = b"") -> Sound:
    return Sound(number * BLOCK, BLOCK, (), 0, playing, voice)


@pytest.mark.parametrize(
    ("playing", "spoken", "share"),
    [
        ((False, False), [], 0.0),
        ((True, False), [], 0.5),  # still speaking: its span is not written yet
        ((True, True), [(0, BLOCK // 2)], 0.75),  # of the first block its span says more
        ((True, False), [(0, BLOCK // 4)], 0.125),
        ((False, False), [(BLOCK, 9 * BLOCK)], 0.5),
        ((True, True), [(-BLOCK, 9 * BLOCK)], 1.0),
    ],
)
def test_the_rooms_own_speech_counts_by_its_times(
    playing: tuple[bool, bool], spoken: list[tuple[int, int]], share: float
) -> None:
    sounds = [sound(number, playing=one) for number, one in enumerate(playing)]
    assert played(sounds, spoken, 0, 2 * BLOCK) == pytest.approx(share)


def test_without_sound_nobody_knows_what_was_played() -> None:
    assert played([sound(0)], [], 5 * BLOCK, 6 * BLOCK) is None


def test_voice_is_where_the_rooms_detector_heard_it() -> None:
    where = voiced([sound(0, voice=bytes([0, 255, 127, 128, 0, 0, 0]))], RATE_HZ, 256, BLOCK)
    assert sorted({int(at) // 512 for at in (where.nonzero()[0] + 256)}) == [1, 3]
    assert where.sum() == 1024


def test_a_level_needs_an_eighth_of_a_second_of_voice() -> None:
    pcm = np.full(BLOCK, 0.1, dtype=np.float32)
    where = np.zeros(BLOCK, dtype=np.bool_)
    where[: 2048 - 1] = True
    assert level_dbfs(pcm, where, RATE_HZ) is None
    where[2047] = True
    assert level_dbfs(pcm, where, RATE_HZ) == pytest.approx(-20, abs=0.01)


def test_a_block_beside_is_compared_where_it_is_there() -> None:
    assert held([sound(1)], 0, 3 * BLOCK).nonzero()[0].tolist() == list(range(BLOCK, 2 * BLOCK))


def test_clips_overlap_and_are_bounded() -> None:
    pcm = np.zeros(10, dtype=np.float32)
    assert [len(one) for one in clips(pcm, 4, 2, 9)] == [4, 4, 4, 4]
    assert len(clips(pcm, 4, 2, 2)) == 2
    assert clips(pcm[:3], 4, 2, 2) == []
