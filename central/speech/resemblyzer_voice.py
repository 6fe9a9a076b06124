"""Resemblyzer's encoder behind the port: its weights come with its wheel, nothing is downloaded.

Only the file of weights is used (Wan et al. 2018, arXiv 1710.10467: three LSTM layers of 256, a linear
layer, ReLU, unit length, over windows of 1.6 s of 40 mel bands). The package itself is never imported:
it wants librosa and a webrtcvad without wheels.

    pip install --no-deps Resemblyzer==0.1.4
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Any, Final

import numpy as np

from central.errors import EngineError, StartError
from central.speech.transcriber import SAMPLE_RATE_HZ, Pcm
from central.speech.voices import Embedding

SHA256: Final = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
WINDOW: Final = 400
HOP: Final = 160
MELS: Final = 40
PARTIAL_FRAMES: Final = 160
PARTIAL_HOP: Final = 80
LEAST_SAMPLES: Final = SAMPLE_RATE_HZ * 16 // 10
LOUDNESS_DBFS: Final = -30.0


class ResemblyzerVoice:
    """On the CPU: 7 to 21 ms a clip."""

    name = "resemblyzer/0.1.4"

    def __init__(self) -> None:
        """Raises `StartError` where the wheel is not installed, or holds other weights."""
        weights = _weights()  # first: without them nobody waits for torch
        import torch
        from torch import nn

        state = torch.load(weights, map_location="cpu", weights_only=True)["model_state"]
        self._lstm = nn.LSTM(MELS, 256, 3, batch_first=True)
        self._linear = nn.Linear(256, 256)
        for name, module in (("lstm.", self._lstm), ("linear.", self._linear)):
            own = {
                key.removeprefix(name): one for key, one in state.items() if key.startswith(name)
            }
            module.load_state_dict(own)
            module.eval()
        self._bands = torch.from_numpy(mel_bands())

    def embed(self, pcm: Pcm) -> Embedding:
        """The mean over windows of 1.6 s, each half over the last. Raises `EngineError` below 1.6 s."""
        import torch

        if len(pcm) < LEAST_SAMPLES:
            raise EngineError(self.name, "less than 1.6 s of voice says nothing")
        with torch.inference_mode():
            mels = self._mels(torch.from_numpy(_loud(pcm)))
            starts = range(0, len(mels) - PARTIAL_FRAMES + 1, PARTIAL_HOP)
            partials = torch.stack([mels[at : at + PARTIAL_FRAMES] for at in starts])
            _, (hidden, _) = self._lstm(partials)
            raw = torch.relu(self._linear(hidden[-1]))
            each = raw / raw.norm(dim=1, keepdim=True)
            mean = each.mean(dim=0)
            return np.asarray((mean / mean.norm()).numpy(), dtype=np.float32)

    def _mels(self, pcm: Any) -> Any:
        """[frames, 40] of power, not of its logarithm."""
        import torch

        spectrum = torch.stft(
            pcm, WINDOW, HOP, window=torch.hann_window(WINDOW), center=True,
            pad_mode="constant", return_complex=True,
        )  # fmt: skip
        return (self._bands @ spectrum.abs() ** 2).T


def mel_bands() -> Any:
    """Slaney's triangles of equal area, 0 to 8 kHz, [40, 201]: linear up to 1 kHz, then logarithmic
    (Slaney 1998, Auditory Toolbox, technical report 1998-010).
    """
    step_hz, knee_hz, factor = 200.0 / 3.0, 1000.0, np.log(6.4) / 27.0
    knee = knee_hz / step_hz
    top = knee + np.log(SAMPLE_RATE_HZ / 2 / knee_hz) / factor
    mels = np.linspace(0.0, top, MELS + 2)
    edges_hz = np.where(
        mels < knee, mels * step_hz, knee_hz * np.exp(factor * (np.maximum(mels, knee) - knee))
    )
    bins_hz = np.linspace(0.0, SAMPLE_RATE_HZ / 2, WINDOW // 2 + 1)
    low, centre, high = (edges_hz[at : at + MELS, np.newaxis] for at in range(3))
    rising = (bins_hz - low) / (centre - low)
    falling = (high - bins_hz) / (high - centre)
    bands = np.maximum(0.0, np.minimum(rising, falling)) * 2.0 / (high - low)
    return np.asarray(bands, dtype=np.float32)


def _loud(pcm: Pcm) -> Pcm:
    """At least as loud as what it was trained on."""
    level_dbfs = 10.0 * np.log10(max(float(np.mean(pcm.astype(np.float64) ** 2)), 1e-12))
    gain = 10.0 ** (max(LOUDNESS_DBFS - level_dbfs, 0.0) / 20.0)
    return np.asarray(pcm * gain, dtype=np.float32)


def _weights() -> Path:
    spec = importlib.util.find_spec("resemblyzer")  # of a top-level package: nothing is imported
    if spec is None or spec.origin is None:
        raise StartError(
            "speech", "Resemblyzer is not here: pip install --no-deps Resemblyzer==0.1.4"
        )
    file = Path(spec.origin).parent / "pretrained.pt"
    with file.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != SHA256:
        raise StartError("speech", f"{file} has sha256 {found}, not {SHA256}: not opened")
    return file
