"""Many rooms in one process, for `bench_gateway`: each with a certificate, a connection and a stream of
its own, five batches and ten live messages a second.

Reads one JSON line a command from standard input (`{"rooms": n, "seconds": s}`), answers each with one
on standard output.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import google_crc32c
import grpc
import uvloop

from daedam.v1 import live_pb2, measuring_pb2, record_pb2, room_pb2

TICK_S = 0.1
METHOD = "/daedam.v1.RoomService/Session"
AUDIO_BYTES = 3_500
"""200 ms of continuous speech as FLAC."""
READINGS_BYTES = 30 * 40
WHOLE_EVERY = 50
"""Of so many live messages one is not abridged, as rooms do it."""
OPTIONS = (("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0))


@dataclass(frozen=True, slots=True)
class Seat:
    """One room: where it connects, its files, and the interview that it holds."""

    address: str
    folder: Path
    interview: str


@dataclass(slots=True)
class Tally:
    """What was seen since the last look."""

    ack_s: list[float] = field(default_factory=list)
    batches: int = 0
    lives: int = 0
    late_s: list[float] = field(default_factory=list)
    """How late each tick began: the client's own trouble."""
    ended: list[str] = field(default_factory=list)


class Room:
    """Sends from Hello until cancelled."""

    def __init__(self, seat: Seat, tally: Tally) -> None:
        self._seat, self.tally = seat, tally
        self._seq = 0
        self._sent_s: dict[int, float] = {}
        self.welcomed = asyncio.Event()

    async def run(self) -> None:
        credentials = grpc.ssl_channel_credentials(
            *(
                self._seat.folder.joinpath(n).read_bytes()
                for n in ("ca.crt", "agent.key", "agent.crt")
            )
        )
        async with grpc.aio.secure_channel(self._seat.address, credentials, OPTIONS) as channel:
            stub = cast("Any", channel).stream_stream(METHOD)  # bytes: the client is not measured
            call = stub()
            try:
                hello = room_pb2.Hello(
                    spool_id=str(uuid.uuid4()), boot_id="b", oldest_seq=1, next_seq=1
                )
                await call.write(room_pb2.SessionRequest(hello=hello).SerializeToString())
                await call.read()
                self.welcomed.set()
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._read(call))
                    tasks.create_task(self._write(call))
            except* Exception as group:  # noqa: BLE001 - told in the result
                self.tally.ended.append(repr(group.exceptions[0]))
            finally:
                call.cancel()

    async def _write(self, call: Any) -> None:
        due_s = time.monotonic() + random.random() * 2 * TICK_S
        shift = random.randrange(10)
        for sent in itertools.count():
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))
            self.tally.late_s.append(time.monotonic() - due_s)
            due_s += TICK_S
            await call.write(_LIVE if sent % WHOLE_EVERY else _WHOLE_LIVE)
            self.tally.lives += 1
            if (sent + shift) % 2 == 0:
                batch = self._batch(whole_second=(sent + shift) % 10 == 0)
                self._sent_s[self._seq] = time.monotonic()
                await call.write(batch)
                self.tally.batches += 1

    async def _read(self, call: Any) -> None:
        while True:
            answer = room_pb2.SessionResponse.FromString(await call.read())
            if answer.HasField("ack"):
                now_s = time.monotonic()
                for seq in [one for one in self._sent_s if one <= answer.ack.up_to]:
                    self.tally.ack_s.append(now_s - self._sent_s.pop(seq))

    def _batch(self, *, whole_second: bool) -> bytes:
        parts = [_AUDIO, _READINGS, _WINDOW] if whole_second else [_AUDIO]
        records = []
        for kind, payload, crc in parts:
            self._seq += 1
            records.append(
                record_pb2.Record(
                    seq=self._seq,
                    wall_ns=time.time_ns(),
                    mono_ns=time.monotonic_ns(),
                    interview_id=self._seat.interview,
                    kind=kind,
                    crc32c=crc,
                    payload=payload,
                )
            )
        return room_pb2.SessionRequest(batch=room_pb2.Batch(records=records)).SerializeToString()


async def serve(seats: list[Seat]) -> None:
    """Commands in, figures out, until standard input ends."""
    running: list[asyncio.Task[None]] = []
    tally = Tally()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        wanted = json.loads(line)
        await _fill(running, seats[: wanted["rooms"]], tally)
        await asyncio.sleep(wanted["settle_s"])
        _reset(tally)
        cpu_s = time.process_time()
        await asyncio.sleep(wanted["seconds"])
        result = _result(tally, time.process_time() - cpu_s, wanted["seconds"])
        print(json.dumps(result), flush=True)
    for one in running:
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def _fill(running: list[asyncio.Task[None]], seats: list[Seat], tally: Tally) -> None:
    """Rooms come one after the other, as PCs do."""
    for seat in seats[len(running) :]:
        room = Room(seat, tally)
        running.append(asyncio.create_task(room.run()))
        async with asyncio.timeout(30):
            await room.welcomed.wait()


def _reset(tally: Tally) -> None:
    for one in (tally.ack_s, tally.late_s):
        one.clear()
    tally.batches = tally.lives = 0


def _result(tally: Tally, cpu_s: float, seconds: float) -> dict[str, Any]:
    return {
        "ack_p50_ms": _ms(tally.ack_s, 0.5),
        "ack_p99_ms": _ms(tally.ack_s, 0.99),
        "acks": len(tally.ack_s),
        "batches_per_s": round(tally.batches / seconds),
        "lives_per_s": round(tally.lives / seconds),
        "client_cpu_percent": round(100 * cpu_s / seconds),
        "client_late_p99_ms": _ms(tally.late_s, 0.99),
        "streams_ended": len(tally.ended),
        "first_end": tally.ended[0] if tally.ended else None,
    }


def _ms(values: list[float], share: float) -> float | None:
    if not values:
        return None
    return round(1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))], 1)


def _record(kind: int, message: Any) -> tuple[Any, bytes, int]:
    payload = message.SerializeToString()
    return kind, payload, google_crc32c.value(payload)


def _measures() -> list[measuring_pb2.Measure]:
    channels: list[Any] = [one for one in measuring_pb2.Channel.values() if one]
    return [measuring_pb2.Measure(channel=one, value=12.34, coverage=1.0) for one in channels]


def _column(low: int, high: int) -> list[int]:
    return [random.randint(low, high) for _ in range(30)]


_AUDIO = _record(
    record_pb2.RECORD_KIND_AUDIO,
    measuring_pb2.Audio(
        sample_count=3_200,
        packets=[os.urandom(AUDIO_BYTES // 10) for _ in range(10)],
        voice=b"\xff" * 6,
    ),
)
_READINGS = _record(
    record_pb2.RECORD_KIND_FRAME_READINGS,
    measuring_pb2.FrameReadings(
        first_mono_ns=time.monotonic_ns(),
        offset_us=[n * 33_333 for n in range(30)],
        measured=_column(1, 31),
        faces=[1] * 30,
        head_yaw_cdeg=_column(-2000, 2000),
        head_pitch_cdeg=_column(-2000, 2000),
        head_roll_cdeg=_column(-500, 500),
        left_eye_milli=_column(200, 350),
        right_eye_milli=_column(200, 350),
        gaze_yaw_cdeg=_column(-2000, 2000),
        gaze_pitch_cdeg=_column(-2000, 2000),
        mouth_open_milli=_column(0, 300),
        mouth_width_milli=_column(400, 600),
        smile_milli=_column(-50, 50),
    ),
)
_WINDOW = _record(
    record_pb2.RECORD_KIND_SCORE_WINDOW,
    measuring_pb2.ScoreWindow(
        start_mono_ns=time.monotonic_ns(),
        length_ms=1000,
        frames_captured=30,
        frames_analysed=30,
        measures=_measures(),
    ),
)
_CHANNELS = bytes(one for one in measuring_pb2.Channel.values() if one)


def _live(*, abridged: bool) -> bytes:
    """As a room sends it in mid-answer: every channel measured."""
    live = live_pb2.Live(
        mono_ns=time.monotonic_ns(),
        phase=live_pb2.PHASE_ANSWERING,
        phase_elapsed_ms=45_000,
        columns=live_pb2.Columns(milli=[12_340] * len(_CHANNELS)),
        speaking=True,
        abridged=abridged,
    )
    if not abridged:
        live.wall_ns = time.time_ns()
        live.interview_id, live.question_id = "12345", "4711"
        live.turn_id = "0b2f8b0e-8a5e-4a1c-9d51-5f2f0a3c7d11"
        live.position, live.question_count = 3, 8
        live.columns.channels = _CHANNELS
        live.columns.coverage = b"\xff" * len(_CHANNELS)
    return room_pb2.SessionRequest(live=live).SerializeToString()


_WHOLE_LIVE, _LIVE = _live(abridged=False), _live(abridged=True)


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve([Seat(s["address"], Path(s["folder"]), s["interview"]) for s in told]))
