"""The real recognisers: Whisper's code on random weights, PocketSphinx on a synthetic voice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from central.config import Config, Speech
from central.errors import ConfigError, EngineError, StartError
from central.speech import engine, recordings
from central.speech.gate import refuse
from central.speech.sphinx_engine import NAME, SphinxEngine
from central.speech.transcriber import Phrase, Transcriber
from tests.fakes.checkpoints import random_whisper
from tests.fakes.voices import speak

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_whisper(tmp_path_factory.mktemp("whisper") / "random.pt")


@pytest.fixture(scope="module")
def whisper(checkpoint: Path) -> Transcriber:
    from central.speech.whisper_engine import WhisperEngine

    return WhisperEngine(str(checkpoint), device="cpu")


@pytest.fixture(scope="module")
def sphinx() -> SphinxEngine:
    return SphinxEngine()


def noise(seed: int, seconds: float) -> np.ndarray:
    random = np.random.default_rng(seed)
    return (random.standard_normal(int(seconds * 16_000)) * 0.1).astype(np.float32)


def test_whisper_names_its_checkpoint_and_reads_korean(whisper: Transcriber) -> None:
    assert whisper.name == "openai-whisper/random"
    assert {"ko", "en"} <= whisper.languages
    whisper.warm_up()


def test_a_checkpoint_with_another_checksum_is_not_opened(checkpoint: Path, tmp_path: Path) -> None:
    right = hashlib.sha256(checkpoint.read_bytes()).hexdigest()
    speech = Speech(whisper_model=str(checkpoint), whisper_sha256="0" * 64, device="cpu")
    with pytest.raises(StartError, match=right):
        engine.load(Config(data_dir=tmp_path, speech=speech))


@pytest.mark.parametrize(
    ("speech", "error"),
    [
        (Speech(engine="deepspeech"), ConfigError),
        (Speech(engine="whisper"), ConfigError),
        (Speech(whisper_model="no/such/file.pt"), StartError),
    ],
)
def test_what_cannot_be_loaded_says_so(
    speech: Speech, error: type[Exception], tmp_path: Path
) -> None:
    with pytest.raises(error):
        engine.load(Config(data_dir=tmp_path, speech=speech))


def test_without_a_model_auto_is_the_labelled_last_resort(tmp_path: Path) -> None:
    model = engine.load(Config(data_dir=tmp_path))
    assert model.name == NAME
    assert model.languages == {"en"}


@pytest.mark.parametrize("draft", [False, True])
def test_pocketsphinx_recognises_a_synthetic_english_voice(
    sphinx: SphinxEngine, tmp_path: Path, draft: bool
) -> None:
    pcm = speak("we can see the people in the room and they can see us", tmp_path)
    (heard,) = sphinx.transcribe([Phrase(pcm, "en", voiced_ms=3000, draft=draft)])
    assert len(heard.text.split()) >= 4
    assert heard.confidence is None
    spelled = [heard.text[word.start : word.end] for word in heard.words]
    assert spelled == ([] if draft else heard.text.split())
    times = [at for word in heard.words for at in (word.begin_ms, word.end_ms)]
    assert times == sorted(times)
    assert all(0 <= at <= len(pcm) / 16 for at in times)


def test_what_pocketsphinx_reads_does_not_depend_on_who_spoke_before(
    sphinx: SphinxEngine, shared: Path
) -> None:
    file = shared / "testdata" / "audio" / "jfk.flac"
    if not file.is_file():
        pytest.skip(f"no {file}")
    answer = Phrase(recordings.read(file)[: 4 * 16_000], "en", voiced_ms=3000)
    alone = SphinxEngine().transcribe([answer])
    for seed, draft in ((1, False), (2, True)):
        sphinx.transcribe([Phrase(noise(seed, 3), "en", voiced_ms=3000, draft=draft)])
        assert sphinx.transcribe([answer]) == alone


def test_pocketsphinx_refuses_korean_instead_of_inventing_english(sphinx: SphinxEngine) -> None:
    with pytest.raises(EngineError, match="ko"):
        sphinx.transcribe([Phrase(noise(1, 1), "ko", voiced_ms=1000)])


def test_what_pocketsphinx_makes_up_from_silence_does_not_pass_the_gate(
    sphinx: SphinxEngine,
) -> None:
    silence = np.zeros(16_000, dtype=np.float32)
    (heard,) = sphinx.transcribe([Phrase(silence, "en", voiced_ms=0)])
    assert refuse(heard.text, language="en", voiced_ms=0, confidence=None)
