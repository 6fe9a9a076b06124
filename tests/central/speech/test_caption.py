"""A caption that comes too late is none."""

from __future__ import annotations

import asyncio

import pytest

from central.bus.captions import CaptionRequest
from central.speech.caption import Captions
from central.speech.decode import Codec
from central.speech.lane import Lane
from tests.fakes.transcribers import ScriptedTranscriber

pytestmark = pytest.mark.unit

REQUEST = CaptionRequest(
    language="en-US",
    codec=Codec.PCM,
    sample_rate_hz=16_000,
    extradata=b"",
    packets=(b"\0\0" * 16_000,),
)


@pytest.mark.parametrize(
    ("text", "takes_s", "shown", "busy"),
    [
        ("hello there", 0.0, "hello there", False),
        ("Thanks for watching!", 0.0, "", False),
        ("hello there", 1.6, "", True),
    ],
)
async def test_a_guess_is_shown_where_it_is_believed_and_in_time(
    text: str, takes_s: float, shown: str, busy: bool
) -> None:
    model = ScriptedTranscriber(lambda _: text, takes_s=takes_s)
    lane = Lane(lambda: model)
    await lane.start()
    reply = await Captions(lane, model).handle(REQUEST)
    await lane.stop()
    assert (reply.text, reply.busy, reply.engine) == (shown, busy, "scripted")


async def test_captions_that_nobody_waits_for_any_more_are_not_read() -> None:
    model = ScriptedTranscriber(takes_s=1.6)
    lane = Lane(lambda: model, batch_size=1)
    await lane.start()
    captions = Captions(lane, model)
    replies = await asyncio.gather(*(captions.handle(REQUEST) for _ in range(3)))
    await lane.stop()
    assert all(reply.busy for reply in replies)
    assert len(model.asked) == 1
