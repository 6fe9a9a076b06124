"""openai-whisper behind the port: a loop of our own on its model (`whisper_greedy`).

`whisper.transcribe` is not used: it decodes up to six times at rising temperatures and feeds earlier
text back, which makes hallucinations repeat themselves. Here: greedy, fixed language, no previous
text, no timestamps, capped length, one batch per language, mel spectrogram on the model's device.
The sound is encoded once and decoded once; words are timed by what was looked at (`whisper_words`).
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from central.errors import EngineError, StartError
from central.speech.transcriber import SAMPLE_RATE_HZ, Heard, Phrase
from central.speech.whisper_greedy import greedy
from central.speech.whisper_words import words

MOST_TOKENS: Final = 224
FIRST_TOKENS: Final = 12
TOKENS_PER_SECOND: Final = 9
"""Korean speech is 4 to 6 tokens a second: twice that, and a loop ends early."""


class WhisperEngine:
    """One Whisper checkpoint on one device."""

    batches = True

    def __init__(self, model: str, *, sha256: str = "", device: str = "auto") -> None:
        """`model`: path of a checkpoint, or a name that openai-whisper knows (it downloads that).

        Raises `StartError` where there is no such model, its checksum differs, or the device that was
        asked for is not there.
        """
        import torch
        import whisper
        from whisper.tokenizer import LANGUAGES

        if sha256:
            _check(Path(model), sha256)
        self._device = _device(device, cuda=torch.cuda.is_available())
        try:
            self._model = whisper.load_model(model, device=self._device)
        except (OSError, RuntimeError, KeyError, TypeError) as error:
            raise StartError("speech", f"Whisper model {model!r}: {error}") from error
        found = self._model.device.type
        if found != self._device:
            raise StartError("speech", f"Whisper is on {found}, not on {self._device}")
        self._model.eval()
        if self._device == "cuda":
            halve(self._model)
        self._load_vocabulary()
        self.name = f"openai-whisper/{Path(model).stem if Path(model).is_file() else model}"
        self.languages = frozenset(LANGUAGES) if self._model.is_multilingual else frozenset({"en"})

    def warm_up(self) -> None:
        """One second of silence through encoder and decoder."""
        silence = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
        language = "ko" if "ko" in self.languages else "en"
        self.transcribe([Phrase(silence, language, voiced_ms=100)])

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        """Decode all phrases at once; each becomes what it would be alone."""
        import torch

        tokenizer = self._tokenizer(batch[0].language)
        try:
            with torch.inference_mode():
                features = self._encoded([self._mel(one) for one in batch])
                caps, listen = [_cap(one) for one in batch], not batch[0].draft
                decoded = greedy(self._model, tokenizer, features, caps, listen=listen)
                timed = [
                    words(tokenizer, one, len(phrase.pcm) * 1000 // SAMPLE_RATE_HZ)
                    for one, phrase in zip(decoded, batch, strict=True)
                ]
        except (RuntimeError, ValueError) as error:
            raise EngineError(self.name, str(error)) from error
        return [
            Heard(tokenizer.decode(one.tokens).strip(), one.mean_logprob, one.no_speech, its)
            for one, its in zip(decoded, timed, strict=True)
        ]

    def _encoded(self, mels: list[Any]) -> Any:
        """[phrases, 1500, n_audio_state]. A processor encodes one after the other: what eight phrases
        make on the way fits no cache (2.8 s at once, 2.2 s so, on two cores with the tiny shape).
        """
        import torch

        if self._device == "cpu":
            return torch.cat([self._model.encoder(mel[None]) for mel in mels])
        return self._model.encoder(torch.stack(mels))

    def _load_vocabulary(self) -> None:
        """Whisper reads a vocabulary once per process and leaves closing the file to chance."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            self._tokenizer("en")

    def _tokenizer(self, language: str) -> Any:
        from whisper.tokenizer import get_tokenizer

        model = self._model
        return get_tokenizer(
            model.is_multilingual,
            num_languages=model.num_languages,
            language=language,
            task="transcribe",
        )

    def _mel(self, phrase: Phrase) -> Any:
        """[n_mels, 3000]: 30 s, padded with silence."""
        from whisper.audio import log_mel_spectrogram, pad_or_trim

        pcm = pad_or_trim(phrase.pcm)
        mel = log_mel_spectrogram(pcm, self._model.dims.n_mels, device=self._device)
        return mel.to(self._model.encoder.conv1.weight.dtype)


def _cap(phrase: Phrase) -> int:
    return min(MOST_TOKENS, int(FIRST_TOKENS + TOKENS_PER_SECOND * phrase.voiced_ms / 1000))


def halve(model: Any) -> None:
    """Half precision, once: Whisper would cast every weight again at every step. Norms stay as they
    are, as it computes them in single precision.
    """
    from torch import nn

    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv1d | nn.Embedding):
            module.half()


def _device(wanted: str, *, cuda: bool) -> str:
    if wanted == "auto":
        return "cuda" if cuda else "cpu"
    if wanted == "cuda" and not cuda:
        raise StartError("speech", "speech.device is cuda, but torch sees no CUDA device")
    return wanted


def _check(path: Path, sha256: str) -> None:
    """A checkpoint is executable enough to be known before it is opened."""
    if not path.is_file():
        raise StartError(
            "speech", f"speech.whisper_sha256 is set, but there is no file {path} to check"
        )
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256.lower():
        raise StartError("speech", f"{path} has sha256 {found}, not {sha256}: not opened")
