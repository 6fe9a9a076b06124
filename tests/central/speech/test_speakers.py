"""Who spoke: what the room played, then the nearer microphone, then the nearer voice, else unknown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from central.errors import EngineError
from central.speech import recordings
from central.speech.resemblyzer_voice import ResemblyzerVoice, mel_bands
from central.speech.speakers import ROOM, UNKNOWN, Evidence, Speaker, Why, decide
from central.speech.voices import EnrolledVoices, VoiceEncoder
from tests.fakes.voice_encoder import ScriptedVoices

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("evidence", "speaker"),
    [
        (Evidence(), UNKNOWN),
        (Evidence(played=0.8), Speaker(ROOM, Why.PLAYED, 0.8)),
        (Evidence(played=0.2), UNKNOWN),
        (
            Evidence(played=0.9, levels_dbfs={"candidate": -20, "interviewer": -40}),
            Speaker(ROOM, Why.PLAYED, 0.9),
        ),
        (
            Evidence(played=0.0, levels_dbfs={"candidate": -20, "interviewer": -28}),
            Speaker("candidate", Why.CHANNEL, 8),
        ),
        (Evidence(levels_dbfs={"candidate": -20, "interviewer": -25}), UNKNOWN),
        (Evidence(levels_dbfs={"candidate": -20}), UNKNOWN),
        (
            Evidence(
                levels_dbfs={"candidate": -20, "interviewer": -24},
                likeness={"candidate": 0.78, "interviewer": 0.84},
                voiced_s=3,
            ),
            Speaker("interviewer", Why.VOICE, 0.84 - 0.78),
        ),
        (Evidence(likeness={"candidate": 0.80, "interviewer": 0.84}, voiced_s=3), UNKNOWN),
        (Evidence(likeness={"candidate": 0.99}, voiced_s=3), UNKNOWN),
        (Evidence(likeness={"candidate": 0.6, "interviewer": 0.9}, voiced_s=1), UNKNOWN),
    ],
)
def test_the_first_clear_evidence_decides(evidence: Evidence, speaker: Speaker) -> None:
    assert decide(evidence) == speaker


def test_a_person_is_known_after_three_clips_and_forgotten_with_the_interview() -> None:
    encoder: VoiceEncoder = ScriptedVoices()
    voices = EnrolledVoices()
    clip = np.full(32_000, 0.5, dtype=np.float32)
    for n in range(3):
        assert voices.likeness(7, encoder.embed(clip)) == {}
        voices.enrol(7, "candidate", encoder.embed(clip + n / 100))
    assert voices.likeness(7, encoder.embed(clip))["candidate"] > 0.99
    assert voices.likeness(8, encoder.embed(clip)) == {}
    voices.forget(7)
    assert voices.likeness(7, encoder.embed(clip)) == {}


def test_a_bounded_number_of_interviews_is_remembered_and_none_is_printed() -> None:
    voices = EnrolledVoices(most=2)
    one = np.full(4, 0.5, dtype=np.float32)
    for interview in (1, 2, 3):
        for _ in range(3):
            voices.enrol(interview, "candidate", one)
    assert voices.likeness(1, one) == {}
    assert voices.likeness(3, one)
    assert repr(voices) == "<voices of 2 interviews>"


def test_bands_are_triangles_of_one_area_up_to_8_khz() -> None:
    bands = mel_bands()
    assert bands.shape == (40, 201)
    assert (bands >= 0).all()
    peaks_hz = bands.argmax(axis=1) * 40.0
    assert (np.diff(peaks_hz) >= 0).all()
    assert peaks_hz[-1] > 7000


@pytest.fixture(scope="module")
def resemblyzer() -> ResemblyzerVoice:
    pytest.importorskip("torch")
    import importlib.util

    if importlib.util.find_spec("resemblyzer") is None:
        pytest.skip("pip install --no-deps Resemblyzer==0.1.4")
    return ResemblyzerVoice()


def test_too_little_voice_says_nothing(resemblyzer: ResemblyzerVoice) -> None:
    for encoder in (resemblyzer, ScriptedVoices()):
        with pytest.raises(EngineError):
            encoder.embed(np.zeros(16_000, dtype=np.float32))


def test_real_voices_are_told_apart_by_the_nearest_of_them(
    resemblyzer: ResemblyzerVoice, shared: Path
) -> None:
    """Five speakers of LibriSpeech, three clips each to enrol, the others to tell; 3 s of each."""
    folders = sorted((shared / "testdata" / "audio" / "librispeech").iterdir())
    clips = {
        folder.name: [
            resemblyzer.embed(recordings.read(file)[16_000:64_000])
            for file in sorted(folder.glob("*.flac"))[:6]
        ]
        for folder in folders
        if folder.is_dir()
    }
    voices = EnrolledVoices()
    for person, embedded in clips.items():
        assert np.linalg.norm(embedded[0]) == pytest.approx(1, abs=1e-5)
        for one in embedded[:3]:
            voices.enrol(1, person, one)
    told = [
        (person, decide(Evidence(likeness=voices.likeness(1, one), voiced_s=3)).who)
        for person, embedded in clips.items()
        for one in embedded[3:]
    ]
    assert len(told) == 15
    assert not [pair for pair in told if pair[1] not in {pair[0], None}], told
    assert sum(person == who for person, who in told) >= 12, told
