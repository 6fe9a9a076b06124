"""How fast this machine reads: Whisper one by one and in batches (random weights of a published shape,
so no accuracy is measured), and PocketSphinx for the record and for captions.

    python -m tests.bench.bench_speech [--shape tiny|turbo|mini] [--batch 8] [--seconds 5]
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from central.speech.sphinx_engine import SphinxEngine
from central.speech.transcriber import SAMPLE_RATE_HZ, Phrase
from central.speech.whisper_engine import WhisperEngine
from tests.fakes.checkpoints import SHAPES, random_whisper
from tests.fakes.voices import speak

SENTENCE = "we measured the problem for two weeks and then we changed the design of the system"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=sorted(SHAPES), default="tiny")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = {
            "bench": "speech",
            **_whisper(Path(folder), arguments),
            **_sphinx(Path(folder), arguments.rounds),
        }
    print(json.dumps(result))


def _whisper(folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    import torch

    checkpoint = random_whisper(folder / f"{arguments.shape}.pt", arguments.shape)
    engine = WhisperEngine(str(checkpoint))
    engine.warm_up()
    random = np.random.default_rng(1)
    samples = int(arguments.seconds * SAMPLE_RATE_HZ)
    # Random weights never end a text: every decode runs to its cap, the worst case.
    voiced_ms = int(arguments.seconds * 800)
    batch = [
        Phrase(random.standard_normal(samples).astype(np.float32) * 0.1, "ko", voiced_ms)
        for _ in range(arguments.batch)
    ]
    single_s = _median_s(lambda: engine.transcribe(batch[:1]), arguments.rounds)
    batch_s = _median_s(lambda: engine.transcribe(batch), arguments.rounds)
    cuda = torch.cuda.is_available()
    return {
        "whisper_shape": arguments.shape,
        "device": torch.cuda.get_device_name() if cuda else "cpu",
        "batch": arguments.batch,
        "phrase_s": arguments.seconds,
        "whisper_single_s": round(single_s, 4),
        "whisper_batch_s": round(batch_s, 4),
        "whisper_phrases_per_s_single": round(1 / single_s, 2),
        "whisper_phrases_per_s_batch": round(arguments.batch / batch_s, 2),
        "batch_gain": round(single_s * arguments.batch / batch_s, 2),
    }


def _sphinx(folder: Path, rounds: int) -> dict[str, object]:
    engine = SphinxEngine()
    engine.warm_up()
    pcm = speak(SENTENCE, folder)
    seconds = len(pcm) / SAMPLE_RATE_HZ
    final, caption = (Phrase(pcm, "en", int(seconds * 800), draft) for draft in (False, True))
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
