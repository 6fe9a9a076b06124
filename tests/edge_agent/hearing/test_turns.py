"""End-pointing on probabilities whose answer is known by construction."""

from __future__ import annotations

import pytest

from edge_agent.flow import UtteranceCut, VoiceFrame
from edge_agent.hearing.turns import EndPointer, Span

pytestmark = pytest.mark.unit

FRAME = 512


def run(*parts: tuple[float, int]) -> list[Span]:
    """Spans from parts of (probability, number of 32 ms frames)."""
    points = EndPointer()
    out = []
    at = 0
    for probability, frames in parts:
        for _ in range(frames):
            span = points.take(VoiceFrame(at, probability, -30.0))
            at += FRAME
            if span:
                out.append(span)
    return out


def test_voice_of_96_ms_is_no_utterance_and_of_128_ms_is() -> None:
    assert run((0.0, 20), (0.9, 3), (0.0, 40)) == []
    assert len(run((0.0, 20), (0.9, 4), (0.0, 40))) == 1


def test_an_utterance_has_300_ms_before_it_and_200_ms_after() -> None:
    (span,) = run((0.0, 20), (0.9, 30), (0.0, 40))
    assert span.first_sample == 20 * FRAME - 4_800
    assert span.end_sample == 50 * FRAME + 3_200
    assert span.voiced_ms == 960


@pytest.mark.parametrize(("pause_frames", "spans"), [(18, 1), (19, 2)])
def test_a_pause_of_600_ms_parts_two_utterances(pause_frames: int, spans: int) -> None:
    assert len(run((0.9, 20), (0.1, pause_frames), (0.9, 20), (0.0, 40))) == spans


def test_probabilities_between_exit_and_start_are_no_silence_of_their_own() -> None:
    assert run((0.9, 20), (0.4, 60)) == []


def test_a_faint_frame_does_not_interrupt_silence() -> None:
    assert len(run((0.9, 20), (0.1, 10), (0.4, 1), (0.1, 8))) == 1


def test_the_rest_of_a_split_that_has_no_voice_is_no_utterance() -> None:
    spans = run((0.9, 688 - 9 - 5), (0.1, 40))
    assert [span.cut for span in spans] == [UtteranceCut.SPLIT]


def test_a_pre_roll_never_reaches_into_the_last_utterance() -> None:
    one, two = run((0.9, 20), (0.1, 19), (0.9, 20), (0.1, 19))
    assert one.end_sample <= two.first_sample


def test_speech_of_a_minute_is_split_into_spans_of_22_s_at_most_without_a_hole() -> None:
    spans = run((0.9, 2_000), (0.0, 40))
    assert [span.cut.name for span in spans] == ["SPLIT", "SPLIT", "SILENCE"]
    assert all(span.end_sample - span.first_sample <= 22 * 16_000 for span in spans[:-1])
    assert spans[0].end_sample == spans[1].first_sample
    assert spans[1].end_sample == spans[2].first_sample
