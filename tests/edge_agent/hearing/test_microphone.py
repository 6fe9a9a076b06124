"""A microphone as PortAudio shows it, without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress

import pytest

from edge_agent.capture.microphone import WAITING_CHUNKS, Microphone
from edge_agent.capture.sound import SoundSource
from edge_agent.errors import MicrophoneError
from edge_agent.flow import AudioChunk, DeviceEvent, DeviceState
from tests.fakes.portaudio import FakeAudio

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.ns = 0

    def __call__(self) -> int:
        return self.ns


class Bench:
    """A microphone on a fake computer; `given` moves the clock by 20 ms a chunk."""

    def __init__(
        self, fake: FakeAudio, device: str = "", *, patient: bool = False, channels: int = 1
    ) -> None:
        self.fake, self.clock = fake, Clock()
        self.events: list[DeviceEvent] = []
        self.source = Microphone(
            device,
            self.events.append,
            make_audio=fake.audio,
            clock=self.clock,
            lost_after_s=0.05,
            reopen_every_s=0.01,
            patient=patient,
            channels=channels,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[asyncio.Task[AudioChunk]]:
        async with aclosing(self.source.chunks()) as self.chunks:
            first = asyncio.ensure_future(anext(self.chunks))
            await self.opened()
            yield first
            first.cancel()
            with suppress(asyncio.CancelledError):
                await first

    async def opened(self) -> None:
        assert await asyncio.to_thread(self.fake.opened.acquire, timeout=5)

    def give(self, value: int, *, overrun: bool = False, after_ms: int = 20) -> None:
        self.clock.ns += after_ms * 1_000_000
        self.fake.streams[-1].give(value, overrun=overrun)


def test_a_microphone_is_a_sound_source() -> None:
    source: SoundSource = Bench(FakeAudio("Built-in")).source
    assert source.name == "default microphone"


async def test_chunks_are_numbered_without_a_hole() -> None:
    bench = Bench(FakeAudio("Built-in"))
    async with bench.open() as first:
        bench.give(1)
        bench.give(2)
        one, two = await first, await anext(bench.chunks)
    assert (one.first_sample, two.first_sample) == (0, 320)
    assert (one.mono_ns, two.mono_ns) == (0, 20_000_000)
    assert (one.pcm[0], two.pcm[0], one.gap, two.gap) == (1, 2, False, False)
    assert bench.fake.streams[0].closed
    assert bench.fake.terminated == 1


async def test_an_overrun_leaves_room_for_the_time_that_was_lost() -> None:
    bench = Bench(FakeAudio("Built-in"))
    async with bench.open() as first:
        bench.give(1)
        bench.give(2, overrun=True, after_ms=120)
        await first
        late = await anext(bench.chunks)
    assert late.gap
    assert late.first_sample == 320 + 1_600
    assert (bench.source.overruns, bench.source.lost_samples) == (1, 1_600)


async def test_a_room_that_is_too_slow_counts_what_it_loses_and_shows_a_gap() -> None:
    bench = Bench(FakeAudio("Built-in"))
    async with bench.open() as first:
        for _ in range(WAITING_CHUNKS + 3):
            bench.give(1)
        await first
        bench.give(7)
        for _ in range(WAITING_CHUNKS - 1):
            assert not (await anext(bench.chunks)).gap
        late = await anext(bench.chunks)
    assert bench.source.overflows == 3
    assert bench.source.lost_samples == 3 * 320
    assert late.gap
    assert late.first_sample == (WAITING_CHUNKS + 3) * 320


async def test_a_device_that_falls_silent_is_reported_and_opened_again() -> None:
    bench = Bench(FakeAudio("Built-in"))
    async with bench.open() as first:
        bench.give(1)
        await first
        nothing = asyncio.ensure_future(anext(bench.chunks))
        await bench.opened()
        bench.give(2, after_ms=1_020)
        back = await nothing
    assert DeviceState.LOST in [event.state for event in bench.events]
    assert bench.events[-1].state is DeviceState.RESTARTED
    assert back.gap
    assert back.first_sample == 320 + 16_000


async def test_a_device_with_two_channels_is_two_microphones_with_the_same_numbering() -> None:
    bench = Bench(FakeAudio("Interface"), channels=2)
    async with bench.open() as first:
        bench.give(10)
        bench.give(20, overrun=True, after_ms=120)
        heard = [await first, *[await anext(bench.chunks) for _ in range(3)]]
    assert bench.fake.streams[0].channels == 2
    assert [(one.channel, one.first_sample) for one in heard] == [
        (0, 0),
        (1, 0),
        (0, 320 + 1_600),
        (1, 320 + 1_600),
    ]
    assert [set(one.pcm.tolist()) for one in heard] == [{10}, {11}, {20}, {21}]
    assert [one.gap for one in heard] == [False, False, True, True]
    assert bench.source.lost_samples == 1_600


async def test_a_mono_device_that_is_asked_for_two_channels_says_so() -> None:
    bench = Bench(FakeAudio("Built-in"), channels=2)
    bench.fake.refuses = True
    with pytest.raises(MicrophoneError, match="does not give 16 kHz 2-channel"):
        await anext(bench.source.chunks())


@pytest.mark.parametrize(
    ("device", "index"), [("", 1), ("1", 1), ("2", 2), ("usb", 2), ("Built", 1)]
)
async def test_a_device_is_chosen_by_number_or_part_of_its_name(device: str, index: int) -> None:
    bench = Bench(FakeAudio("Built-in", "USB Mic", outputs=("Speaker",)), device)
    async with bench.open():
        assert bench.fake.streams[0].index == index


@pytest.mark.parametrize("device", ["Røde", "0", "9"])
async def test_a_missing_device_names_those_that_are_there(device: str) -> None:
    bench = Bench(FakeAudio("Built-in", "USB Mic", outputs=("Speaker",)), device)
    with pytest.raises(MicrophoneError, match="Found here: Built-in, USB Mic"):
        await anext(bench.source.chunks())


async def test_a_pc_without_microphones_says_so() -> None:
    with pytest.raises(MicrophoneError, match="this PC has no microphone"):
        await anext(Bench(FakeAudio()).source.chunks())


async def test_a_service_waits_for_a_microphone_that_is_not_there_at_the_start() -> None:
    bench = Bench(FakeAudio("Built-in"), "USB", patient=True)
    async with aclosing(bench.source.chunks()) as chunks:
        first = asyncio.ensure_future(anext(chunks))
        async with asyncio.timeout(5):
            while not bench.events:  # noqa: ASYNC110 - told by a thread's end
                await asyncio.sleep(0.01)
        assert bench.events[0].state is DeviceState.LOST
        assert "Found here: Built-in" in bench.events[0].detail
        bench.fake.inputs.append("USB Mic")
        await bench.opened()
        bench.give(7)
        assert (await first).pcm[0] == 7
    assert [one.state for one in bench.events[1:]] == [DeviceState.RESTARTED]


async def test_a_device_that_refuses_16_khz_says_so() -> None:
    bench = Bench(FakeAudio("Built-in"))
    bench.fake.refuses = True
    with pytest.raises(MicrophoneError, match="does not give 16 kHz mono"):
        await anext(bench.source.chunks())
