"""What one room sends in a minute of continuous speech: the listener and the recorder at work, and what
they write as the messages of a stream.

Sound: real speech (LibriSpeech) where it lies beside the repository, else espeak-ng; the result says.
Pictures: a head that moves and a tracker that trembles, made up; their size hardly depends on it.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import google_crc32c
import numpy as np

from edge_agent import views
from edge_agent.flow import (
    AudioChunk,
    Brows,
    Eyes,
    FrameReading,
    Gaze,
    HeadPose,
    Health,
    Mouth,
    Pcm,
    Phase,
    RecordValue,
    ScreenGaze,
    VisionCounts,
)
from edge_agent.hearing.codec import make_codec
from edge_agent.hearing.listener import Listener
from edge_agent.interview import RunnerView
from edge_agent.kiosk.espeak import render
from edge_agent.recorder import Recorder
from edge_agent.uplink import wire
from edge_agent.uplink.abridging import Abridger
from edge_agent.uplink.durable.committer import GROUP_S
from edge_agent.uplink.journal import StoredRecord

SECONDS = 60
RATE_HZ = 16_000
CHUNK = 320
FPS = 30
LIVE_S = 0.1
HEARTBEAT_S = 5.0
INTERVIEW, TURN = "12345", "0b2f8b0e-8a5e-4a1c-9d51-5f2f0a3c7d11"

MESSAGE_BYTES = 5 + 9 + 22
"""gRPC's length, an HTTP/2 DATA frame, a TLS 1.3 record: once a message."""
SEGMENT_BYTES, PACKET_BYTES = 1400, 52
"""What TCP carries at once, and IPv4 and TCP with timestamps around it."""


@dataclass(slots=True)
class Minute:
    """A journal with a clock of its own; keeps what a room wrote and when."""

    now_s: float = 0.0
    records: list[tuple[float, StoredRecord]] = field(default_factory=list)

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        kind, payload = wire.encode(value)
        seq, crc = 100_000 + len(self.records), int(google_crc32c.value(payload))
        wall_ns, mono_ns = time.time_ns(), int(self.now_s * 1e9) + 10**14
        stored = StoredRecord(seq, wall_ns, mono_ns, interview_id, kind, crc, payload)
        self.records.append((self.now_s, stored))
        return seq

    def batches(self) -> list[list[StoredRecord]]:
        """As they become durable: what comes within one group goes as one."""
        out: list[list[StoredRecord]] = []
        began_s = -1.0
        for at_s, record in self.records:
            if at_s - began_s > GROUP_S:
                out.append([])
                began_s = at_s
            out[-1].append(record)
        return out


def room_bytes(shared: Path) -> dict[str, float | str]:
    """Bytes a second of each part and of the whole, for each codec."""
    sound, source = _sound(shared)
    figures: dict[str, float | str] = {"speech": source}
    for codec in ("flac", "opus", "pcm"):
        minute, live = _minute(sound, codec)
        sizes = _sizes(minute, live)
        figures[f"audio_{codec}_bytes_per_s"] = sizes["audio"]
        figures[f"room_{codec}_bytes_per_s"] = sizes["whole"]
        figures[f"room_{codec}_on_the_cable_bytes_per_s"] = sizes["cable"]
        if codec == "flac":
            figures["readings_bytes_per_s"] = sizes["frame_readings"]
            figures["windows_bytes_per_s"] = sizes["score_window"]
            figures["live_bytes_per_s"] = sizes["live"]
            figures["batches_per_s"] = round(len(minute.batches()) / SECONDS, 1)
        print(f"{codec}: {json.dumps(sizes)}")
    return figures


def _minute(sound: Pcm, codec: str) -> tuple[Minute, list[int]]:
    minute, live, abridger = Minute(), [0], Abridger()
    recorder = Recorder(minute)
    recorder.set_sample_zero(0)
    listener = Listener(
        minute,
        make_id=lambda: TURN,
        on_voice=recorder.add_voice,
        on_speaking=lambda _: None,
        codec=make_codec(codec),  # type: ignore[arg-type]
    )
    listener.start_recording(INTERVIEW)
    recorder.start(INTERVIEW, 0, VisionCounts(0, 0, 0, 0))
    listener.open_answer(TURN, "en")
    frames = _frames()
    for step in range(len(sound) // CHUNK):
        minute.now_s = now_s = (step + 1) * CHUNK / RATE_HZ
        now_ns = round(now_s * 1e9)
        start = step * CHUNK
        listener.hear(AudioChunk(0, start, round(start * 62_500), sound[start : start + CHUNK]))
        while frames and frames[0].mono_ns <= now_ns:
            recorder.add_frame(frames.pop(0))
        seen = VisionCounts(int(now_s * FPS), int(now_s * FPS), 0, 0)
        if step % round(LIVE_S * RATE_HZ / CHUNK) == 0:
            recorder.tick(now_ns, seen, TURN)
            reading = views.live_reading(
                _view(now_s), recorder.latest(now_ns), now_ns=now_ns, speaking=True
            )
            live.append(abridger.abridge(wire.live(reading)).ByteSize())
        if step % round(HEARTBEAT_S * RATE_HZ / CHUNK) == 0:
            health = Health(time.time_ns(), seen, 30.0, 100_000, 99_990, 1_000_000, ())
            live.append(wire.heartbeat(health).ByteSize())
    return minute, live[1:]


def _sizes(minute: Minute, live: list[int]) -> dict[str, float]:
    batches = [wire.batch(records).ByteSize() for records in minute.batches()]
    messages = [*batches, *live]
    on_cable = [
        size + MESSAGE_BYTES + PACKET_BYTES * (1 + (size + MESSAGE_BYTES) // SEGMENT_BYTES)
        for size in messages
    ]
    kinds: dict[str, int] = dict.fromkeys(("audio", "frame_readings", "score_window"), 0)
    for _, record in minute.records:
        name = wire.kind_name(record.kind)
        kinds[name] = kinds.get(name, 0) + wire.record(record).ByteSize()
    sums: dict[str, float] = {
        **kinds,
        "live": sum(live),
        "whole": sum(messages) + MESSAGE_BYTES * len(messages),
        "cable": sum(on_cable),
    }
    return {name: round(size / SECONDS) for name, size in sums.items()}


def _sound(shared: Path) -> tuple[Pcm, str]:
    files = sorted(shared.glob("testdata/audio/librispeech/*/*.flac"))
    if files:
        import av

        parts, count = [], 0
        # One file of each speaker in turn, until the minute is full.
        for file in sorted(files, key=lambda one: (one.stem[-4:], one.parent.name)):
            with av.open(str(file)) as opened:
                parts += [frame.to_ndarray().reshape(-1) for frame in opened.decode(audio=0)]
            count = sum(map(len, parts))
            if count >= SECONDS * RATE_HZ:
                break
        sound = np.resize(np.concatenate(parts).astype(np.int16), SECONDS * RATE_HZ)
        return sound, "LibriSpeech, continuous"
    print("no real speech beside the repository: espeak-ng's instead, with a microphone's noise")
    pcm, rate_hz = asyncio.run(
        render("My team moved a payment service. It took a year. " * 8, "en")
    )
    at = np.arange(int(len(pcm) * RATE_HZ / rate_hz)) * rate_hz / RATE_HZ
    voice = np.resize(np.interp(at, np.arange(len(pcm)), pcm), SECONDS * RATE_HZ) * 0.5
    noise = np.random.default_rng(0).normal(0, 40, len(voice))
    return np.clip(voice + noise, -32_768, 32_767).astype(np.int16), "espeak-ng, synthetic"


def _frames() -> list[FrameReading]:
    chance = np.random.default_rng(7)
    count = SECONDS * FPS
    slow = np.cumsum(chance.normal(0, 0.4, (count, 4)), axis=0) * 0.5
    tremble = chance.normal(0, 1, (count, 16))
    frames = []
    for n in range(count):
        yaw, pitch, roll, look = slow[n] + 0.3 * tremble[n, :4]
        t = 0.01 * tremble[n]
        frames.append(
            FrameReading(
                frame_index=n,
                mono_ns=round(n * 1e9 / FPS + 1e6 * tremble[n, 15]),
                faces=1,
                head=HeadPose(yaw, pitch, roll),
                eyes=Eyes(0.3 + t[4], 0.3 + t[5], closed=n % 120 < 4, blink_ended=n % 120 == 4),
                gaze=Gaze(look + tremble[n, 6], tremble[n, 7]),
                mouth=Mouth(0.1 + abs(t[8]) * 4, 0.6 + t[9], t[10]),
                brows=Brows(0.2 + t[11], 0.3 + t[12]),
                screen=ScreenGaze(0.5 + 5 * t[13], 0.5 + 5 * t[14], on_screen=True),
                face_height_ratio=0.4 + t[3],
            )
        )
    return frames


def _view(now_s: float) -> RunnerView:
    return RunnerView(
        phase=Phase.ANSWERING,
        interview_id=INTERVIEW,
        language="en",
        candidate_name="",
        notice_version="1",
        question_id="4711",
        question_text="",
        position=3,
        question_count=8,
        turn_id=TURN,
        phase_elapsed_ms=round(now_s * 1000),
        answer_limit_ms=180_000,
        think_ms=0,
        still_there=False,
        closing=False,
    )
