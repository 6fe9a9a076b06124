"""Where an answer's sound lies, and where in it a quote is heard."""

from __future__ import annotations

from typing import Any

import pytest

from central.interview.answer_sound import Extract, Recorded, extracts, pieces, quoted

pytestmark = pytest.mark.unit


def said(
    transcript_id: int, first_s: float, end_s: float, *, recording: int = 1, rate_hz: int = 16_000
) -> Recorded:
    first, end = int(first_s * rate_hz), int(end_s * rate_hz)
    seqs = (int(first_s * 5), int(end_s * 5))
    return Recorded(transcript_id, 7, recording, 3, *seqs, first, end, rate_hz)


def test_an_answer_is_one_piece_from_its_first_utterance_to_its_last() -> None:
    (piece,) = pieces([said(1, 2, 4), said(2, 5, 9)])
    assert (piece.first_sample, piece.end_sample) == (32_000, 144_000)
    assert (piece.first_seq, piece.last_seq) == (10, 45)


def test_utterances_are_found_in_it_pauses_included() -> None:
    assert extracts([said(1, 2, 4), said(2, 5, 9)]) == {
        1: Extract(0, 2000),
        2: Extract(3000, 7000),
    }


def test_a_recording_that_began_anew_within_an_answer_follows_the_first() -> None:
    answer = [said(1, 2, 4), said(2, 0, 1, recording=2), said(3, 2, 3, recording=2)]
    assert len(pieces(answer)) == 2
    assert extracts(answer) == {
        1: Extract(0, 2000),
        2: Extract(2000, 3000),
        3: Extract(4000, 5000),
    }


def test_an_answer_without_sound_has_no_pieces() -> None:
    assert pieces([]) == ()
    assert extracts([]) == {}


WORDS: list[dict[str, Any]] = [
    {"start": 0, "end": 3, "begin_ms": 300, "end_ms": 600, "confidence": 0.9},
    {"start": 4, "end": 9, "begin_ms": 700, "end_ms": 1200, "confidence": 0.9},
    {"start": 10, "end": 14, "begin_ms": 1300, "end_ms": 1900, "confidence": None},
]


@pytest.mark.parametrize(
    ("start", "end", "heard"),
    [
        (4, 9, Extract(5550, 6450)),
        (5, 11, Extract(5550, 7000)),
        (0, 14, Extract(5150, 7000)),
        (0, 3, Extract(5150, 5850)),
        (3, 4, Extract(5000, 7000)),  # no word: all of the utterance
        (None, None, Extract(5000, 7000)),
    ],
)
def test_a_quote_is_heard_where_its_words_are(
    start: int | None, end: int | None, heard: Extract
) -> None:
    assert quoted(Extract(5000, 7000), WORDS, start, end) == heard


def test_without_word_times_a_quote_is_its_whole_utterance() -> None:
    assert quoted(Extract(0, 900), [], 2, 5) == Extract(0, 900)
