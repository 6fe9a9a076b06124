"""Level and clipping of signals whose level is known."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.hearing.level import clipped_ratio, level_dbfs

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("amplitude", "dbfs"), [(32_767, -3.01), (16_384, -9.03), (328, -43.0), (0, -96.0)]
)
def test_the_level_of_a_sine_is_known(amplitude: int, dbfs: float) -> None:
    sine = (amplitude * np.sin(np.arange(16_000) * 2 * np.pi / 160)).astype(np.int16)
    assert level_dbfs(sine) == pytest.approx(dbfs, abs=0.1)


def test_clipping_is_the_share_of_samples_at_the_limit() -> None:
    pcm = np.array([32_767, -32_768, 0, 100], dtype=np.int16)
    assert clipped_ratio(pcm) == 0.5
    assert clipped_ratio(pcm[:0]) == 0.0
