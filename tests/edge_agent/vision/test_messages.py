"""Messages between the agent and its vision process."""

from __future__ import annotations

import asyncio
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import (
    Brows,
    CameraHealth,
    Eyes,
    FrameReading,
    Gaze,
    HandsLook,
    HeadPose,
    Mouth,
    PeopleLook,
    Posture,
    PostureLook,
)
from edge_agent.framing import packed
from edge_agent.vision.looks import LookValue
from edge_agent.vision.messages import (
    Down,
    Failed,
    Opened,
    Read,
    Release,
    Start,
    Stop,
    Up,
    looked,
    receive_down,
    receive_up,
)
from edge_agent.vision.settings import VisionSettings

pytestmark = pytest.mark.unit

NUMBER = st.floats(allow_nan=False, allow_infinity=False)
READING = st.builds(
    FrameReading,
    st.integers(0, 2**40),
    st.integers(0, 2**62),
    st.integers(0, 3),
    st.none() | st.builds(HeadPose, NUMBER, NUMBER, NUMBER),
    st.none() | st.builds(Eyes, NUMBER, NUMBER, st.booleans(), st.booleans()),
    st.none() | st.builds(Gaze, NUMBER, NUMBER),
    st.none() | st.builds(Mouth, NUMBER, NUMBER, NUMBER),
    st.none() | st.builds(Brows, NUMBER, NUMBER),
)
COUNT = st.integers(0, 2**40)
TIME = st.integers(0, 2**62)
POSTURE = st.builds(Posture, NUMBER, NUMBER, NUMBER, NUMBER)
FLAG = st.booleans()
LOOK: st.SearchStrategy[LookValue] = (
    st.builds(PostureLook, TIME, st.none() | POSTURE)
    | st.builds(HandsLook, TIME, st.integers(0, 2), st.none() | NUMBER)
    | st.builds(PeopleLook, TIME, st.integers(0, 9))
    | st.builds(CameraHealth, TIME, NUMBER, NUMBER, NUMBER, FLAG, FLAG, FLAG, FLAG)
)
UP = (
    st.builds(Read, READING, COUNT, COUNT, COUNT)
    | LOOK.map(looked)
    | st.builds(Opened, st.text(), st.text(), NUMBER)
    | st.builds(Failed, st.text(), st.text(), st.text(), st.tuples(st.text()))
)


@given(st.lists(UP, max_size=5))
def test_what_the_child_says_is_what_the_agent_hears(messages: list[Up]) -> None:
    async def hear() -> list[Up]:
        reader = asyncio.StreamReader()
        reader.feed_data(b"".join(packed(message) for message in messages))
        reader.feed_eof()
        heard = [await receive_up(reader) for _ in messages]
        with pytest.raises(EOFError):
            await receive_up(reader)
        return heard

    assert asyncio.run(hear()) == messages


@given(LOOK)
def test_a_look_is_its_message_and_back(look: LookValue) -> None:
    assert looked(look).value == look


def test_what_the_agent_says_is_what_the_child_hears() -> None:
    said: list[Down] = [Start(VisionSettings(replay_holds_s=(1.0, 2.5)), (7,)), Release(9), Stop()]
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for message in said:
            ours.sendall(packed(message))
        assert [receive_down(theirs) for _ in said] == said
        ours.close()
        assert receive_down(theirs) is None


def test_nonsense_ends_the_conversation() -> None:
    async def hear() -> None:
        reader = asyncio.StreamReader()
        reader.feed_data(b"\xff\xff\xff\xff rubbish")
        with pytest.raises(EOFError):
            await receive_up(reader)

    asyncio.run(hear())
