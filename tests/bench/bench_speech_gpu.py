"""Large-v3-turbo's shape on CUDA (random weights: speed, not accuracy): 30 rooms at once, and what it
would bring to begin decoding at 250 ms of silence. Without CUDA: why it was skipped.

    python -m tests.bench.bench_speech_gpu [--rooms 30] [--phrases 6] [--seconds 4] [--batch 16]
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Final

from central.speech.transcriber import Transcriber
from edge_agent.interview.steps import VOICE_END_MS
from tests.bench.bench_speech import batch_gain
from tests.bench.speech_stages import Load, measure
from tests.fakes.checkpoints import random_whisper

SPECULATE_MS: Final = 250
GOAL_MS: Final = 1500.0


def main() -> None:
    """The last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", default="turbo")
    parser.add_argument("--rooms", type=int, default=30)
    parser.add_argument("--phrases", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--device", default="cuda", help="another one only to try this script out")
    given = parser.parse_args()
    reason = _no_cuda() if given.device == "cuda" else None
    if reason is not None:
        print(json.dumps({"bench": "speech-gpu", "skipped": reason}))
        return
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = random_whisper(Path(folder) / f"{given.shape}.pt", given.shape)

        def make() -> Transcriber:
            from central.speech.whisper_engine import WhisperEngine

            return WhisperEngine(str(checkpoint), device=given.device)

        gain = batch_gain(make(), given.batch, given.seconds, rounds=3)
        load = Load(given.rooms, given.phrases, given.seconds, given.batch)
        stages = measure(make, load)
    told = {"bench": "speech-gpu", "shape": given.shape, **gain, **stages, **_early(stages)}
    print(json.dumps(told))


def _early(stages: dict[str, float]) -> dict[str, object]:
    """A decode that begins at 250 ms of silence and is kept where none follows: its time is hidden
    behind the rest of the wait. What breaks it off (voice again) costs a decode and no time.
    """
    hidden_ms = float(VOICE_END_MS - SPECULATE_MS)
    work_ms = sum(stages[f"{name}_p95_ms"] for name in ("claim", "wait", "decode"))
    saved = min(work_ms, hidden_ms)
    return {
        "goal_total_p95_ms": GOAL_MS,
        "goal_met": stages["total_p95_ms"] <= GOAL_MS,
        "speculation_at_ms": SPECULATE_MS,
        "speculation_total_p95_ms": round(stages["total_p95_ms"] - saved, 1),
    }


def _no_cuda() -> str | None:
    import torch

    if not torch.cuda.is_available():
        return "torch sees no CUDA device"
    return None


if __name__ == "__main__":
    main()
