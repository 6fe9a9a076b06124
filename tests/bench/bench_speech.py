"""How fast this machine reads, and where the time goes from the last voiced sample to the stored text:
Whisper one by one and in batches (random weights of a published shape, so no accuracy is measured), and
PocketSphinx for the record and for captions.

    python -m tests.bench.bench_speech [--shape tiny|turbo|mini] [--batch 8] [--seconds 5] [--rooms 3]
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from central.speech.sphinx_engine import SphinxEngine
from central.speech.transcriber import SAMPLE_RATE_HZ, Phrase, Transcriber
from central.speech.whisper_engine import FIRST_TOKENS, TOKENS_PER_SECOND, WhisperEngine
from tests.bench.speech_stages import Load, measure
from tests.fakes.checkpoints import SHAPES, random_whisper
from tests.fakes.voices import speak

SENTENCE: Final = (
    "we measured the problem for two weeks and then we changed the design of the system"
)
VOICED_SHARE: Final = 0.8
"""Of a phrase that is voice."""
VOICE_SHARE: Final = 0.6
"""Of a room's time that is voice of the candidate, in mid-interview."""
LOAD: Final = 0.7
"""How full a worker may be before its queue grows."""


def main() -> None:
    """The last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=sorted(SHAPES), default="tiny")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rooms", type=int, default=3)
    parser.add_argument("--phrases", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = random_whisper(Path(folder) / f"{given.shape}.pt", given.shape)
        make = partial(WhisperEngine, str(checkpoint))
        load = Load(given.rooms, given.phrases, given.seconds, given.batch)
        result: dict[str, Any] = {
            "bench": "speech",
            "whisper_shape": given.shape,
            **batch_gain(make(), given.batch, given.seconds, given.rounds),
            **plain_whisper(str(checkpoint), given.seconds, given.rounds),
            "stages": measure(make, load),
            "stages_one_by_one": measure(make, replace(load, batch=1)),
            **_sphinx(Path(folder), given.rounds),
        }
    print(json.dumps(result))


def batch_gain(engine: Transcriber, batch: int, seconds: float, rounds: int) -> dict[str, object]:
    """Throughput of batches beside that of single phrases, in the same run. Random weights never end a
    text: every decode runs to its cap, the worst case.
    """
    import torch

    engine.warm_up()
    phrases = [Phrase(_noise(seconds), "ko", _voiced_ms(seconds)) for _ in range(batch)]
    single_s = _median_s(lambda: engine.transcribe(phrases[:1]), rounds)
    batch_s = _median_s(lambda: engine.transcribe(phrases), rounds)
    cuda = torch.cuda.is_available()
    return {
        "device": torch.cuda.get_device_name() if cuda else "cpu",
        "batch": batch,
        "phrase_s": seconds,
        "whisper_single_s": round(single_s, 4),
        "whisper_batch_s": round(batch_s, 4),
        "whisper_phrases_per_s_single": round(1 / single_s, 2),
        "whisper_phrases_per_s_batch": round(batch / batch_s, 2),
        "batch_gain": round(single_s * batch / batch_s, 2),
        "rooms_per_worker": round(batch / batch_s * seconds / VOICE_SHARE * LOAD, 1),
        "rooms_per_worker_one_by_one": round(1 / single_s * seconds / VOICE_SHARE * LOAD, 1),
    }


def plain_whisper(checkpoint: str, seconds: float, rounds: int) -> dict[str, object]:
    """What openai-whisper's own decoding takes for one such phrase, to the same cap: the alternative.
    It times no words; doing that too is a second pass.
    """
    import torch
    import whisper

    model = whisper.load_model(checkpoint)
    options = whisper.DecodingOptions(
        language="ko",
        without_timestamps=True,
        fp16=torch.cuda.is_available(),
        sample_len=int(FIRST_TOKENS + TOKENS_PER_SECOND * _voiced_ms(seconds) / 1_000),
    )
    pcm = _noise(seconds)

    def one() -> object:
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(pcm), model.dims.n_mels)
        return whisper.decode(model, mel.to(model.device), options)

    one()
    plain_s = _median_s(one, rounds)
    return {
        "plain_whisper_single_s": round(plain_s, 4),
        "plain_whisper_phrases_per_s": round(1 / plain_s, 2),
    }


def _voiced_ms(seconds: float) -> int:
    return int(seconds * VOICED_SHARE * 1_000)


def _noise(seconds: float) -> npt.NDArray[np.float32]:
    samples = int(seconds * SAMPLE_RATE_HZ)
    return np.random.default_rng(1).standard_normal(samples).astype(np.float32) * np.float32(0.1)


def _sphinx(folder: Path, rounds: int) -> dict[str, object]:
    engine = SphinxEngine()
    engine.warm_up()
    pcm = speak(SENTENCE, folder)
    seconds = len(pcm) / SAMPLE_RATE_HZ
    final, caption = (Phrase(pcm, "en", _voiced_ms(seconds), draft) for draft in (False, True))
    return {
        "sphinx_phrase_s": round(seconds, 2),
        "sphinx_final_cpu_s_per_s": round(
            _median_s(lambda: engine.transcribe([final]), rounds, time.thread_time) / seconds, 3
        ),
        "sphinx_caption_cpu_s_per_s": round(
            _median_s(lambda: engine.transcribe([caption]), rounds, time.thread_time) / seconds, 3
        ),
    }


def _median_s(
    work: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    taken = []
    for _ in range(rounds):
        began_s = clock()
        work()
        taken.append(clock() - began_s)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
