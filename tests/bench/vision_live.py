"""The vision process in real time, while the agent beside it listens, records and sends; and the way
that it replaced: the same models inside the receiving loop, for every sixth frame.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.flow import (
    AudioChunk,
    DeviceEvent,
    FrameReading,
    Pcm,
    VisionCounts,
)
from edge_agent.hearing.listener import Listener
from edge_agent.models.places import FACE
from edge_agent.recorder import Recorder
from edge_agent.vision import Vision, VisionSettings
from tests.bench.sending import sending
from tests.bench.vision_stages import Ours, resident_kb
from tests.fakes.memory_spool import MemorySpool

RATE_HZ = 16_000
CHUNK = 320
CHUNK_S = CHUNK / RATE_HZ
FPS = 30
INTERVIEW, TURN = "1", "0b2f8b0e-8a5e-4a1c-9d51-5f2f0a3c7d11"
_SPOOL_BYTES = 1 << 30
_SETTLE_S = 10.0
_LONG_S = 300.0
"""A run that is shorter says nothing of an hour."""
_FIFTHS = 5
_SEEDS_EVERY = 6
"""The earlier system analysed five of thirty frames a second."""
_TICKS_A_S = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Seen:
    """What a run left behind."""

    latency_ms: list[float] = field(default_factory=list)
    sound_late_ms: list[float] = field(default_factory=list)
    events: list[DeviceEvent] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        return {
            "readings": len(self.latency_ms),
            "arrival_to_reading_median_ms": _share(self.latency_ms, 50),
            "arrival_to_reading_p99_ms": _share(self.latency_ms, 99),
            "sound_late_p99_ms": _share(self.sound_late_ms, 99),
        }


async def apart(
    film: Path, hold_s: float, models: Path, sound: Pcm, seconds: float
) -> dict[str, Any]:
    """Ours. The film goes back and forth over the second before `hold_s`. A frame arrives when it is
    due, so that decoding it counts.
    """
    spool, seen = MemorySpool(_SPOOL_BYTES), Seen()
    recorder = Recorder(spool)

    def take(reading: FrameReading) -> None:
        recorder.add_frame(reading)
        seen.latency_ms.append((time.monotonic_ns() - reading.mono_ns) / 1e6)

    vision = Vision(
        VisionSettings(
            replay_file=str(film),
            replay_holds_s=(hold_s,),
            replay_start_mono_ns=time.monotonic_ns(),
            model=str(models / FACE),
            models=str(models),
            posture=True,
            hands=True,
            people=True,
        ),
        on_reading=take,
        on_device=seen.events.append,
        on_look=recorder.add_look,
        on_health=recorder.add_health,
    )
    async with sending(spool) as (_, gateway):
        recorder.set_sample_zero(time.monotonic_ns())
        running = asyncio.create_task(vision.run())
        await vision.ready.wait()
        await asyncio.sleep(min(_SETTLE_S, seconds / 3))
        seen.latency_ms.clear()
        recorder.start(INTERVIEW, time.monotonic_ns(), VisionCounts(0, 0, 0, 0))
        before, pid = vision.counts, vision.pid
        assert pid is not None
        cpu_s, own_s = _cpu_s(pid), time.process_time()
        held_kb: list[int] = []
        watching = asyncio.create_task(_watch(pid, held_kb))
        await _listen(spool, recorder, sound, seconds, seen)
        watching.cancel()
        found = {
            **seen.figures(),
            "captured": vision.counts.captured - before.captured,
            "dropped": vision.counts.dropped - before.dropped,
            "restarts": vision.counts.restarts,
            "vision_cpu_share": round((_cpu_s(pid) - cpu_s) / seconds, 3),
            "agent_cpu_share": round((time.process_time() - own_s) / seconds, 3),
            **_held(held_kb, seconds),
            "records_at_the_gateway": sum(len(one) for one in gateway.records.values()),
        }
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return found


async def inside(pictures: list[Any], models: Path, sound: Pcm, seconds: float) -> dict[str, Any]:
    """The seeds' way: five frames a second, analysed in the loop that receives frames and sound."""
    ours, spool, seen = Ours(models), MemorySpool(_SPOOL_BYTES), Seen()
    recorder = Recorder(spool)
    async with sending(spool):
        recorder.set_sample_zero(time.monotonic_ns())
        recorder.start(INTERVIEW, time.monotonic_ns(), VisionCounts(0, 0, 0, 0))

        async def receive() -> None:
            began_ns, number = time.monotonic_ns(), 0
            while True:
                due_ns = began_ns + round(number * 1e9 / FPS)
                await asyncio.sleep((due_ns - time.monotonic_ns()) / 1e9)
                if number % _SEEDS_EVERY == 0:
                    ours.see(pictures[number % len(pictures)])
                    seen.latency_ms.append((time.monotonic_ns() - due_ns) / 1e6)
                number += 1

        receiving = asyncio.create_task(receive())
        await _listen(spool, recorder, sound, seconds, seen)
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
    ours.close()
    return seen.figures()


async def _listen(
    spool: MemorySpool, recorder: Recorder, sound: Pcm, seconds: float, seen: Seen
) -> None:
    """Sound at its own pace, over and over; how late each 20 ms of it was taken."""
    listener = Listener(
        spool, make_id=lambda: TURN, on_voice=recorder.add_voice, on_speaking=lambda _: None
    )
    listener.start_recording(INTERVIEW)
    listener.open_answer(TURN, "en")
    began_s = time.monotonic()
    for number in range(int(seconds / CHUNK_S)):
        due_s = began_s + number * CHUNK_S
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        seen.sound_late_ms.append((time.monotonic() - due_s) * 1e3)
        at = number * CHUNK % (len(sound) - CHUNK)
        listener.hear(AudioChunk(0, number * CHUNK, round(due_s * 1e9), sound[at : at + CHUNK]))


async def _watch(pid: int, held_kb: list[int]) -> None:
    while True:
        held_kb.append(resident_kb(pid))
        await asyncio.sleep(1)


def _held(held_kb: list[int], seconds: float) -> dict[str, Any]:
    """Frames that wait come and go with what else the machine does: what counts is the least that was
    held in each fifth, and how it grew from the second to the last.
    """
    part = len(held_kb) // _FIFTHS
    lows = (
        [min(held_kb[at * part : (at + 1) * part]) / 1024 for at in range(_FIFTHS)] if part else []
    )
    grown_mb = lows[-1] - lows[1] if seconds >= _LONG_S else None
    hours = seconds / 3600 * (_FIFTHS - 2) / _FIFTHS
    return {
        "rss_low_mb": [round(one, 1) for one in lows],
        "rss_growth_mb_an_hour": None if grown_mb is None else round(grown_mb / hours, 1),
    }


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_S


def _share(values: list[float], percent: float) -> float:
    return round(float(np.percentile(values, percent)), 2)
