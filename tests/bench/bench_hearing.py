"""What listening costs a room PC: one core's time per second of sound, FLAC against raw.

`python -m tests.bench.bench_hearing [seconds]`; the last line is JSON. `ms_per_s` are CPU time, the
percentiles of one 20 ms chunk are wall time. Sound is espeak-ng speech
with pauses, heard in 20 ms chunks as a microphone gives it.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time

import numpy as np

from edge_agent.flow import AudioBlock, AudioChunk, Pcm
from edge_agent.hearing.codec import FlacCodec, PacketCodec, PcmCodec
from edge_agent.hearing.listener import Listener
from edge_agent.hearing.vad import FRAME_SAMPLES, SileroVoice
from edge_agent.kiosk.espeak import render
from tests.fakes.list_journal import ListJournal

RATE_HZ = 16_000
CHUNK = 320
TEXT = (
    "I led the migration of our payment service. At first we copied every row twice. "
    "Then we measured, found the slow part, and removed it. My team learned a great deal."
)


def main(seconds: int = 120) -> dict[str, float]:
    """Measure and print; returns what was printed."""
    pcm = spoken(seconds)
    _listen(pcm[: 5 * RATE_HZ], FlacCodec())  # libraries load once
    flac, raw = _listen(pcm, FlacCodec()), _listen(pcm, PcmCodec())
    result = {
        "sound_s": seconds,
        "voice_ms_per_s": _voice(pcm),
        "flac_ms_per_s": flac["ms_per_s"],
        "pcm_ms_per_s": raw["ms_per_s"],
        "flac_bytes_per_s": flac["bytes_per_s"],
        "pcm_bytes_per_s": raw["bytes_per_s"],
        "chunk_p50_ms": flac["p50_ms"],
        "chunk_p99_ms": flac["p99_ms"],
    }
    print(json.dumps({name: round(value, 3) for name, value in result.items()}))
    return result


def spoken(seconds: int) -> Pcm:
    pcm, rate_hz = asyncio.run(render(TEXT, "en"))
    times = np.arange(int(len(pcm) * RATE_HZ / rate_hz)) * rate_hz / RATE_HZ
    speech = np.interp(times, np.arange(len(pcm)), pcm)
    noise = np.random.default_rng(0).normal(0, 40, seconds * RATE_HZ)
    turn = np.concatenate([speech, np.zeros(2 * RATE_HZ)])
    whole = np.resize(turn, len(noise)) * 0.5 + noise
    return np.clip(whole, -32_768, 32_767).astype(np.int16)


def _listen(pcm: Pcm, codec: PacketCodec) -> dict[str, float]:
    journal = ListJournal()
    listener = Listener(
        journal,
        make_id=lambda: "u",
        on_voice=lambda _: None,
        on_speaking=lambda _: None,
        codec=codec,
    )
    listener.start_recording("i")
    listener.open_answer("t", "en")
    costs_ms = []
    worked_s = time.process_time()
    for start in range(0, len(pcm), CHUNK):
        chunk = AudioChunk(0, start, start * 62_500, pcm[start : start + CHUNK])
        began = time.perf_counter()
        listener.hear(chunk)
        costs_ms.append((time.perf_counter() - began) * 1_000)
    worked_s = time.process_time() - worked_s
    sound_s = len(pcm) / RATE_HZ
    packed = sum(len(packet) for block in journal.of(AudioBlock) for packet in block.packets)
    percentiles = statistics.quantiles(costs_ms, n=100)
    return {
        "ms_per_s": worked_s * 1_000 / sound_s,
        "bytes_per_s": packed / sound_s,
        "p50_ms": percentiles[49],
        "p99_ms": percentiles[98],
    }


def _voice(pcm: Pcm) -> float:
    """The voice model alone."""
    model = SileroVoice()
    began = time.process_time()
    for start in range(0, len(pcm) - FRAME_SAMPLES, FRAME_SAMPLES):
        model.probability(pcm[start : start + FRAME_SAMPLES])
    return (time.process_time() - began) * 1_000 / (len(pcm) / RATE_HZ)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
