"""Speech made by espeak-ng: clear, public, and nobody's voice."""

from __future__ import annotations

import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from central.speech.decode import _at_16_khz
from central.speech.transcriber import Pcm


def speak(text: str, folder: Path, *, voice: str = "en-us") -> Pcm:
    """`text` spoken, mono at 16 kHz; skips the test where espeak-ng is not installed."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    file = folder / "spoken.wav"
    subprocess.run(
        ["espeak-ng", "-v", voice, "-s", "140", "-w", file, text], check=True, timeout=20
    )
    with wave.open(str(file)) as sound:
        rate_hz = sound.getframerate()
        data = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
    return _at_16_khz(np.asarray(data / 32768, dtype=np.float32), rate_hz)
