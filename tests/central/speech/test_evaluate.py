"""A site measures its recogniser on recordings of its own."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from central import cli
from central.errors import ConfigError
from central.speech import recordings
from central.speech.error_rates import Errors, character_errors, word_errors
from central.speech.evaluate import evaluate
from tests.fakes.transcribers import ScriptedTranscriber
from tests.fakes.voices import speak

pytestmark = pytest.mark.unit

TEXT = st.text(alphabet="ab 가나다.,", max_size=20)


@pytest.mark.parametrize(
    ("said", "recognised", "characters", "words"),
    [
        ("안녕하세요 저는 개발자입니다.", "안녕 하세요 저는개발자입니다", 0.0, 1.0),
        ("안녕하세요", "안녕하새요", 0.2, 1.0),
        ("We don’t know.", "we don't know", 0.0, 0.0),
        ("one two three four", "one too four", 6 / 15, 0.5),
        ("one", "", 1.0, 1.0),
        ("네", "네 네 네", 2.0, 2.0),
    ],
)
def test_error_rates(said: str, recognised: str, characters: float, words: float) -> None:
    assert character_errors(said, recognised).rate == pytest.approx(characters)
    assert word_errors(said, recognised).rate == pytest.approx(words)


@given(TEXT, TEXT)
def test_errors_are_at_most_those_of_writing_it_anew(said: str, recognised: str) -> None:
    found, back = character_errors(said, recognised), character_errors(recognised, said)
    assert found.edits == back.edits <= max(found.length, back.length)
    assert character_errors(said, said).edits == 0


def test_nothing_said_has_no_rate() -> None:
    assert word_errors("...", "made up") == Errors(2, 0)
    assert Errors(2, 0).rate is None


def test_a_long_recording_is_cut_where_it_is_quiet() -> None:
    time_s = np.arange(60 * 16_000) / 16_000
    loud = np.where((time_s % 10 > 9.5), 0.001, 0.3) * np.sin(time_s * 2000)
    found = recordings.phrases(loud.astype(np.float32), "ko")
    assert len(found) >= 3
    assert sum(len(one.pcm) for one in found) >= 60 * 16_000 - recordings.FRAME
    for one in found[:-1]:
        assert len(one.pcm) <= 22 * 16_000
        assert abs(one.pcm[-100:]).max() < 0.01
    assert recordings.phrases(np.zeros(16_000, dtype=np.float32), "ko") == []


def write(file: Path, pcm: np.ndarray) -> None:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes((pcm * 32767).astype("<i2").tobytes())


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    time_s = np.arange(2 * 16_000) / 16_000
    for name, text in (("a", "we measured it twice"), ("b", "so we shipped it")):
        write(tmp_path / f"{name}.wav", 0.3 * np.sin(time_s * 2000))
        (tmp_path / f"{name}.txt").write_text(text)
    write(tmp_path / "without a text.wav", np.zeros(100))
    (tmp_path / "broken.wav").write_bytes(b"no sound")
    (tmp_path / "broken.txt").write_text("never heard")
    return tmp_path


def test_what_is_refused_is_counted_and_left_out(recorded: Path) -> None:
    answers = iter(["we measured it twice", "Thanks for watching!"])
    found = evaluate(ScriptedTranscriber(lambda _: next(answers)), recorded, recorded, "en")
    summary = found.summary()
    assert (summary["files"], summary["unread"], summary["refused_phrases"]) == (2, 1, 1)
    assert summary["wer"] == 0.5
    assert summary["wer_without_gate"] == 0.5
    assert summary["refused"] == {"a phrase that recognisers make up from noise": 1}
    assert list(found.unread) == ["broken.wav"]


def test_what_cannot_be_evaluated_says_so(recorded: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    model = ScriptedTranscriber()
    with pytest.raises(ConfigError, match="no recording"):
        evaluate(model, tmp_path / "empty", recorded, "en")
    with pytest.raises(ConfigError, match="folders"):
        evaluate(model, tmp_path / "missing", recorded, "en")
    with pytest.raises(ConfigError, match="does not read"):
        evaluate(model, recorded, recorded, "ja")


def test_the_command_reports_rates_and_refusals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "we can see the people in the room and they can see us"
    write(tmp_path / "one.wav", speak(sentence, tmp_path))
    (tmp_path / "spoken.wav").unlink()
    (tmp_path / "one.txt").write_text(sentence)
    folders = ["--audio", str(tmp_path), "--text", str(tmp_path)]
    assert cli.run(["speech", "evaluate", *folders, "--lang", "en", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["engine"].startswith("pocketsphinx")
    assert result["files"] == 1
    assert result["wer"] < 0.7
    assert cli.run(["speech", "evaluate", *folders, "--lang", "ko"]) == 2
    assert "does not read 'ko'" in capsys.readouterr().err


def test_the_role_still_asks_for_its_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["speech"]) == 2
    assert "--config FILE or --data DIR" in capsys.readouterr().err
