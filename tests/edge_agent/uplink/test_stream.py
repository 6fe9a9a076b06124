"""One stream against whatever the other side may say: nothing of it ends the room."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import grpc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daedam.v1 import room_pb2
from edge_agent.flow import Capabilities, DeviceEvent, DeviceState
from edge_agent.uplink.greeting import Series, hello
from edge_agent.uplink.mailbox import Mailbox
from edge_agent.uplink.stream import EOF, LinkLost, Listeners, SeriesReplaced, Stream
from tests.fakes.memory_spool import MemorySpool

pytestmark = pytest.mark.unit

Response = room_pb2.SessionResponse


class ScriptedCall:
    """A call that says what it was told to, and writes down what is done to it. After its script it
    waits for ever, or ends as `ending` says.
    """

    def __init__(self, script: list[Response], ending: tuple[grpc.StatusCode, str] | None) -> None:
        self._script = deque(script)
        self._ending = ending
        self.log: list[str] = []
        self.written: list[room_pb2.SessionRequest] = []

    async def read(self) -> Any:
        await asyncio.sleep(0)
        if self._script:
            return self._script.popleft()
        if self._ending is not None:
            return EOF
        try:
            return await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            self.log.append("reader cancelled")
            raise

    async def write(self, request: room_pb2.SessionRequest) -> None:
        self.written.append(request)

    async def code(self) -> grpc.StatusCode:
        return self._ending[0] if self._ending else grpc.StatusCode.CANCELLED

    async def details(self) -> str:
        return self._ending[1] if self._ending else ""

    def cancel(self) -> bool:
        self.log.append("call cancelled")
        return True


class BrokenCall(ScriptedCall):
    """Refused before anything was read: the write says nothing about why."""

    async def write(self, request: room_pb2.SessionRequest) -> None:
        raise asyncio.InvalidStateError


class ScriptedChannel:
    """What a stub needs of a channel."""

    def __init__(self, call: ScriptedCall) -> None:
        self._call = call

    def stream_stream(self, *_: object, **__: object) -> Any:
        return lambda: self._call

    unary_unary = unary_stream = stream_unary = stream_stream


def welcome(**fields: Any) -> Response:
    return Response(welcome=room_pb2.Welcome(**{"window_bytes": 1_000_000, **fields}))


def spool_of(count: int) -> MemorySpool:
    spool = MemorySpool(1_000_000)
    for _ in range(count):
        spool.append(DeviceEvent("camera", DeviceState.READY, "x"))
    return spool


async def run(call: ScriptedCall, spool: MemorySpool) -> None:
    listeners = Listeners(lambda _: None, lambda: None, lambda _: None, lambda _: None)
    channel: Any = ScriptedChannel(call)
    series = Series(spool.spool_id, "boot", 1, spool.next_seq, "1", Capabilities("", "", "", ""))
    await Stream(channel, spool, Mailbox(), listeners).run(hello(series))


async def lost(call: ScriptedCall, spool: MemorySpool) -> LinkLost:
    """How the stream ends."""
    with pytest.raises(LinkLost) as raised:
        async with asyncio.timeout(10):
            await run(call, spool)
    return raised.value


REFUSED = (grpc.StatusCode.PERMISSION_DENIED, "agent 7 is not admitted in room a")


async def test_a_refusal_is_told_even_where_the_first_write_breaks() -> None:
    why = await lost(BrokenCall([], REFUSED), spool_of(0))
    assert str(why) == "permission_denied: agent 7 is not admitted in room a"


async def test_the_reader_ends_before_the_call_is_cancelled() -> None:
    """The other order leaks the connection (grpc #42125)."""
    call = ScriptedCall([welcome()], None)
    running = asyncio.create_task(run(call, spool_of(3)))
    await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert call.log == ["reader cancelled", "call cancelled"]


@pytest.mark.parametrize("up_to", [3, 2**63, 2**64 - 1])
async def test_what_was_not_sent_cannot_be_acknowledged(up_to: int) -> None:
    """Believed, the spool would let go of records that exist nowhere else."""
    spool = spool_of(2)
    ack = Response(ack=room_pb2.Ack(up_to=up_to))
    why = await lost(ScriptedCall([welcome(), ack], None), spool)
    assert f"central acknowledged {up_to}" in str(why)
    assert (spool.oldest_seq, spool.acked_seq) == (1, 0)


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (Response(), "did not begin with Welcome"),
        (Response(ack=room_pb2.Ack(up_to=1)), "did not begin with Welcome"),
        (Response(drain=room_pb2.Drain()), "did not begin with Welcome"),
    ],
    ids=["nothing", "ack", "drain"],
)
async def test_central_begins_with_welcome(first: Response, told: str) -> None:
    spool = spool_of(2)
    assert told in str(await lost(ScriptedCall([first], None), spool))
    assert spool.oldest_seq == 1


@pytest.mark.parametrize(
    ("resume_after", "crc", "reason"),
    [(9, 0, "CENTRAL_AHEAD"), (2**64 - 1, 0, "CENTRAL_AHEAD"), (2, 1, "RECORD_DIFFERS")],
)
async def test_a_series_that_central_remembers_otherwise_is_replaced_and_loses_nothing(
    resume_after: int, crc: int, reason: str
) -> None:
    spool = spool_of(4)
    before = spool.spool_id
    call = ScriptedCall([welcome(resume_after=resume_after, crc_at_resume=crc)], None)
    why = await lost(call, spool)
    assert isinstance(why, SeriesReplaced)
    replaced = why.replaced
    assert (replaced.spool_id, replaced.reason.name) == (before, reason)
    assert (replaced.central_seq, replaced.room_seq) == (resume_after, 4)
    assert (spool.spool_id != before, spool.next_seq) == (True, 5)


async def test_what_central_forgot_is_in_the_new_series_as_a_gap() -> None:
    spool = spool_of(4)
    spool.acknowledge(3)
    why = await lost(ScriptedCall([welcome(resume_after=1, crc_at_resume=0)], None), spool)
    assert isinstance(why, SeriesReplaced)
    assert why.replaced.reason.name == "CENTRAL_FORGOT"
    (_, gap) = await spool.read(0, 10_000)
    assert b"central lost acknowledged records" in gap.payload


@pytest.mark.parametrize("window", [0, 1, 2**32 - 1])
async def test_any_window_lets_records_through_and_none_takes_all_memory(window: int) -> None:
    spool = spool_of(3)
    acks = [Response(ack=room_pb2.Ack(up_to=0))] * 20
    call = ScriptedCall([welcome(window_bytes=window), *acks], None)
    running = asyncio.create_task(run(call, spool))
    async with asyncio.timeout(5):
        while not any(  # noqa: ASYNC110 - the fake keeps a list, not an event
            one.WhichOneof("message") == "batch" for one in call.written
        ):
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_drain_of_weeks_lasts_seconds_and_acknowledgements_are_heard_meanwhile() -> None:
    spool = spool_of(2)
    drain = Response(drain=room_pb2.Drain(after_ms=2**32 - 1))
    late = [Response(ack=room_pb2.Ack(up_to=0))] * 20
    call = ScriptedCall([welcome(), drain, *late, Response(ack=room_pb2.Ack(up_to=2))], None)
    why = await lost(call, spool)
    assert str(why) == "the gateway is about to stop"
    assert spool.acked_seq == 2


def parsed(data: bytes) -> Response:
    message = Response()
    try:
        message.MergeFromString(data)
    except Exception:  # noqa: BLE001 - what is no message never reaches the stream
        return Response()
    return message


numbers = st.integers(0, 2**64 - 1)
small = st.integers(0, 2**32 - 1)
text = st.text(max_size=300)
anything = st.one_of(
    st.builds(lambda n: Response(ack=room_pb2.Ack(up_to=n)), numbers),
    st.builds(
        lambda n, reason, why: Response(reject=room_pb2.Reject(seq=n, reason=reason, detail=why)),
        numbers,
        st.integers(-(2**31), 2**31 - 1),
        text,
    ),
    st.binary(max_size=60).map(parsed),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(anything, max_size=6))
def test_nothing_that_central_says_ends_more_than_the_stream(script: list[Response]) -> None:
    spool = spool_of(2)
    scripted = [one for one in script if one.WhichOneof("message") != "drain"]
    call = ScriptedCall([welcome(), *scripted], (grpc.StatusCode.OK, "done"))
    assert isinstance(asyncio.run(lost(call, spool)), LinkLost)
    assert spool.next_seq - spool.acked_seq >= 1
