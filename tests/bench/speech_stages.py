"""Where the time goes between the last voiced sample and the stored final text, stage by stage.

Rooms play phrases in real time through the edge's own ears into a real gateway, and a speech worker
with a given recogniser reads them. Everything runs in this process, PostgreSQL and NATS beside it.

    capture    from the last voiced sample to the utterance's record, less the silence heard out
    transport  to the gateway's acknowledgement: coded, sent, committed
    claim      to the recogniser's call: a doorbell, a claim, reading and decoding the sound
    wait       before that call, while the model reads what came earlier
    decode     the recogniser
    store      gate and transaction
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.events import TranscriptAdded
from central.jobs.kinds import TRANSCRIBE
from central.jobs.worker import work
from central.speech.lane import Lane
from central.speech.transcriber import Heard, Phrase, Transcriber
from central.speech.utterances import Utterances
from central.speech.voice_booth import VoiceBooth
from central.vault.sounds import Sounds
from central.vault.vault import Vault
from edge_agent.flow import AnswerEndReason, AudioChunk, TurnEvent, TurnEventKind, Utterance
from edge_agent.hearing import Listener
from edge_agent.interview.steps import VOICE_END_MS
from edge_agent.uplink import wire
from tests.fakes.list_journal import ListJournal
from tests.fakes.room_client import RoomClient, record, room
from tests.fakes.servers import running_servers
from tests.fakes.site import Site, running_site

CHUNK: Final = 320
CHUNK_S: Final = 0.02
STAGES: Final = ("capture", "transport", "claim", "wait", "decode", "store")


@dataclass(slots=True)
class Times:
    """Monotonic seconds of one utterance."""

    voiced: float = 0.0
    written: float = 0.0
    acked: float = 0.0
    asked: float = 0.0
    waited: float = 0.0
    """Seconds between those two in which the model was reading something else."""
    decoded: float = 0.0
    stored: float = 0.0

    def stages_ms(self) -> dict[str, float]:
        parts = (
            self.written - self.voiced - VOICE_END_MS / 1000,
            self.acked - self.written,
            self.asked - self.acked - self.waited,
            self.waited,
            self.decoded - self.asked,
            self.stored - self.decoded,
        )
        found = {name: part * 1000 for name, part in zip(STAGES, parts, strict=True)}
        total = (self.stored - self.voiced) * 1000
        model = found["decode"] + found["wait"]
        return {**found, "overhead": total - model - VOICE_END_MS, "total": total}


class LoudVoice:
    """Voice where it is loud: synthetic phrases need no model."""

    def probability(self, frame: NDArray[np.int16]) -> float:
        return 1.0 if np.abs(frame).mean() > 500 else 0.0

    def reset(self) -> None: ...


class Timed:
    """A recogniser that notes when it was asked and when it was done, by the phrase's length."""

    def __init__(self, engine: Transcriber) -> None:
        self.engine = engine
        self.name, self.languages, self.batches = engine.name, engine.languages, engine.batches
        self.calls: dict[int, tuple[float, float]] = {}
        self.sizes: list[int] = []
        self._busy: list[tuple[float, float]] = []

    def busy_s(self, since: float, until: float) -> float:
        """How long it was reading between two instants."""
        return sum(max(0.0, min(e, until) - max(b, since)) for b, e in self._busy)

    def warm_up(self) -> None:
        self.engine.warm_up()

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        began = time.monotonic()
        heard = self.engine.transcribe(batch)
        ended = time.monotonic()
        self.sizes.append(len(batch))
        self._busy.append((began, ended))
        for one in batch:
            self.calls[len(one.pcm)] = (began, ended)
        return heard


@dataclass(frozen=True, slots=True)
class Load:
    """So many rooms say so many phrases of so many seconds each; `batch` at most are read at once."""

    rooms: int
    phrases: int
    seconds: float
    batch: int


def measure(make: Callable[[], Transcriber], load: Load) -> dict[str, Any]:
    """p50 and p95 of each stage in ms; `overhead` is all but the model (decoding, waiting for
    it) and the silence.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        running_servers(Path(folder)) as servers,
        servers.database() as url,
    ):
        times, batches = asyncio.run(_measure(make, load, url, servers.nats_url, Path(folder)))
    stages = [one.stages_ms() for one in times]
    found: dict[str, Any] = {
        f"{name}_{label}_ms": round(float(np.quantile([one[name] for one in stages], share)), 1)
        for name in (*STAGES, "overhead", "total")
        for label, share in (("p50", 0.5), ("p95", 0.95))
    }
    return {
        "rooms": load.rooms,
        "utterances": len(times),
        "silence_wait_ms": VOICE_END_MS,
        "mean_batch": round(float(np.mean(batches)), 2),
        **found,
    }


async def _measure(
    make: Callable[[], Transcriber], load: Load, url: str, nats_url: str, folder: Path
) -> tuple[list[Times], list[int]]:
    timed: list[Timed] = []

    def loaded() -> Transcriber:
        timed.append(Timed(make()))
        return timed[0]

    async with AsyncExitStack() as stack:
        site = await stack.enter_async_context(running_site(url, nats_url, folder / "site"))
        lane = Lane(loaded, batch_size=load.batch)
        stack.push_async_callback(lane.stop)
        model = await lane.start()
        bus = await stack.enter_async_context(await Bus.connect(nats_url, "test"))
        sounds = Sounds(site.pool, Vault.of(site.config))
        handle = Utterances(site.pool, bus, lane, model, sounds, booth=VoiceBooth(None)).handle
        loop = work(
            site.pool, bus, [TRANSCRIBE], handle, worker="bench", batch=load.batch, lease_s=60
        )
        working = asyncio.create_task(loop)
        address = await stack.enter_async_context(site.gateway())
        rooms = (_room(site, address, folder, n, load, timed[0]) for n in range(load.rooms))
        done = await asyncio.gather(*rooms)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    return [one for times in done for one in times], timed[0].sizes


async def _room(  # noqa: PLR0917 - one of many, and what they share
    site: Site, address: str, folder: Path, number: int, load: Load, timed: Timed
) -> list[Times]:
    code = f"{site.room}-{number}"
    agent = await site.add_agent(code, folder / code)
    (room_id,) = (await site.fetch("select id from rooms where code = %s", code))[0]
    interview = await site.interview(room_id=room_id)
    await asyncio.sleep(number * 0.31 % (load.seconds + 1.2))  # rooms do not speak in step
    async with (
        site.bus.subscribe_live(subjects.live_of(code)) as events,
        room(address, agent) as (client, _),
    ):
        playing = _Playing(client, interview, number, load)
        stored: dict[str, float] = {}
        hearing = asyncio.create_task(_stored(events, stored, load.phrases))
        await playing.run()
        async with asyncio.timeout(600):
            await hearing
    return [playing.times(one, stored[one.utterance_id], timed) for one in playing.said]


async def _stored(events: Any, stored: dict[str, float], wanted: int) -> None:
    async for event in events:
        if isinstance(event, TranscriptAdded) and event.utterance_id:
            stored[event.utterance_id] = time.monotonic()
            if len(stored) == wanted:
                return


class _Playing:
    """One room in real time: a phrase, then enough silence for its end."""

    def __init__(self, client: RoomClient, interview: int, number: int, load: Load) -> None:
        self.client, self.interview = client, str(interview)
        self.journal = ListJournal()
        self.sent = 0
        self.said: list[Utterance] = []
        self.marks: dict[str, Times] = {}
        self._voiced: list[float] = []
        self._waiting: dict[int, Times] = {}
        self._all_acked = asyncio.Event()
        random = np.random.default_rng(number)
        self._phrases = [self._phrase(random, load.seconds, number, n) for n in range(load.phrases)]

    def _phrase(
        self, random: np.random.Generator, seconds: float, number: int, n: int
    ) -> NDArray[np.int16]:
        # A length of its own, by which the recogniser's call is found again.
        chunks = int(seconds / CHUNK_S) + (number * 7 + n) % 9
        return (random.standard_normal(chunks * CHUNK) * 3000).astype(np.int16)

    async def run(self) -> None:
        count = iter(range(10**6))
        listener = Listener(
            self.journal,
            make_id=lambda: f"{self.interview}-{next(count)}",
            on_voice=lambda _: None,
            on_speaking=lambda _: None,
            voice=LoudVoice(),
        )
        self._tell(TurnEvent(TurnEventKind.INTERVIEW_STARTED))
        self._tell(TurnEvent(TurnEventKind.QUESTION_ASKED, "t", text="What?"))
        self._tell(TurnEvent(TurnEventKind.ANSWER_OPENED, "t"))
        listener.start_recording(self.interview)
        listener.open_answer("t", "ko")
        acks = asyncio.create_task(self._acks())
        quiet = np.zeros(int(1.2 / CHUNK_S) * CHUNK, dtype=np.int16)
        began = time.monotonic()
        for phrase in self._phrases:
            for sound in (phrase, quiet):
                for at in range(0, len(sound), CHUNK):
                    first = listener.next_sample
                    due = began + (first + CHUNK) / 16_000
                    await asyncio.sleep(max(due - time.monotonic(), 0))
                    part = sound[at : at + CHUNK]
                    listener.hear(AudioChunk(0, first, time.monotonic_ns(), part))
                    if sound is phrase and at + CHUNK == len(sound):
                        self._voiced.append(due)
                    await self._send()
        listener.close_answer("t", AnswerEndReason.DONE)
        await self._send()
        await self._all_acked.wait()
        acks.cancel()
        await asyncio.gather(acks, return_exceptions=True)

    def times(self, said: Utterance, stored: float, timed: Timed) -> Times:
        mark = self.marks[said.utterance_id]
        mark.asked, mark.decoded = timed.calls[said.end_sample - said.first_sample]
        mark.stored = stored
        mark.waited = timed.busy_s(mark.acked, mark.asked)
        return mark

    def _tell(self, event: TurnEvent) -> None:
        self.journal.append(event, interview_id=self.interview)

    async def _send(self) -> None:
        new = self.journal.records[self.sent :]
        if not new:
            return
        self.sent += len(new)
        for seq, value, _ in new:
            if isinstance(value, Utterance):
                self.said.append(value)
                mark = Times(voiced=self._voiced[len(self.said) - 1], written=time.monotonic())
                self.marks[value.utterance_id] = mark
                self._waiting[seq] = mark
        await self.client.records([record(seq, *wire.encode(v), who) for seq, v, who in new])

    async def _acks(self) -> None:
        while True:
            ack = await self.client.read_until("ack", 600)
            now = time.monotonic()
            for seq in [seq for seq in self._waiting if seq <= ack.up_to]:
                self._waiting.pop(seq).acked = now
            if len(self.said) == len(self._phrases) and not self._waiting:
                self._all_acked.set()
