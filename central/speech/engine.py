"""Which recogniser this process loads."""

from __future__ import annotations

from pathlib import Path

from central.config import Config
from central.errors import ConfigError
from central.speech.transcriber import Transcriber


def load(config: Config) -> Transcriber:
    """The engine that the configuration asks for, loaded. Called in the thread that will own it.

    Raises `ConfigError` or `StartError`.
    """
    match config.speech.engine:
        case "auto":
            return _whisper(config) if config.speech.whisper_model else _sphinx()
        case "whisper":
            return _whisper(config)
        case "pocketsphinx":
            return _sphinx()
        case other:
            raise ConfigError(
                "speech.engine", f'{other!r} is none of "auto", "whisper", "pocketsphinx"'
            )


def _whisper(config: Config) -> Transcriber:
    from central.speech.whisper_engine import WhisperEngine

    speech = config.speech
    if not speech.whisper_model:
        raise ConfigError(
            "speech.whisper_model", "is empty: give a checkpoint's path or a Whisper model's name"
        )
    path = config.path(Path(speech.whisper_model))
    model = str(path) if path.is_file() else speech.whisper_model
    return WhisperEngine(model, sha256=speech.whisper_sha256, device=speech.device)


def _sphinx() -> Transcriber:
    from central.speech.sphinx_engine import SphinxEngine

    return SphinxEngine()
