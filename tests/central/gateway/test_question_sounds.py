"""Questions as sound: for the room that was given them, within bounds, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from central.config import Voice
from central.gateway.question_sounds import MOST_BYTES, NoSound, QuestionSounds, content_hash
from central.storage.rooms import AgentRow
from daedam.v1 import room_pb2
from edge_agent.config import Central
from edge_agent.kiosk import sounds
from edge_agent.uplink.speech import SpeechDoor
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

TEXT = "어려운 상황을 어떻게 풀었나요?"
PROGRAM = """
import sys, time
said = sys.stdin.buffer.read()
time.sleep({sleep_s})
sys.stdout.buffer.write({magic!r} + sys.argv[1].encode() + said * {times})
sys.exit({status})
"""


def says(
    *, magic: bytes = b"RIFF", times: int = 1, status: int = 0, sleep_s: float = 0
) -> tuple[str, ...]:
    """A program whose "sound" is its text."""
    code = PROGRAM.format(magic=magic, times=times, status=status, sleep_s=sleep_s)
    return (sys.executable, "-c", code, "{language}")


async def given(site: Site, *, room_id: int | None = -1) -> room_pb2.FetchSpeechRequest:
    """A question of an interview that this room was given."""
    interview = await site.interview(language="ko", room_id=room_id)
    question = await site.question(interview)
    await site.fetch("update interview_questions set text = %s where id = %s", TEXT, question)
    return room_pb2.FetchSpeechRequest(
        interview_id=str(interview),
        question_id=str(question),
        text_sha256=bytes.fromhex(content_hash(TEXT, "ko")),
    )


async def whole(site: Site, voice: Voice, request: room_pb2.FetchSpeechRequest) -> bytes:
    of = QuestionSounds(site.pool, msgspec.structs.replace(site.config, voice=voice))
    row = AgentRow(1, "", site.room_id, site.room, "", revoked=False)
    pieces = [piece async for piece in of.pieces(request, row)]
    assert pieces[0].size_bytes == sum(len(piece.data) for piece in pieces)
    return b"".join(piece.data for piece in pieces)


@pytest.mark.parametrize(("text", "language"), [(TEXT, "ko-KR"), ("What?", "en"), ("?", "../x")])
def test_both_sides_name_a_text_alike(text: str, language: str) -> None:
    assert content_hash(text, language) == sounds.content_hash(text, language)


async def test_a_room_fetches_what_it_was_given_and_checks_it(site: Site) -> None:
    site.config = msgspec.structs.replace(site.config, voice=Voice(command=says(times=9_000)))
    request = await given(site)
    async with site.gateway() as address:
        door = SpeechDoor(
            Central(
                address,
                ca=site.agent.authority,
                certificate=site.agent.certificate,
                private_key=site.agent.private_key,
                identity=site.agent.certificate.parent / "none.pem",
            )
        )
        wanted = (request.interview_id, request.question_id)
        data = await door.fetch(*wanted, request.text_sha256)
        assert data == b"RIFFko" + TEXT.encode() * 9_000
        assert await door.fetch(*wanted, b"x" * 32) is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"text_sha256": b"x" * 32}, "was not given"),
        ({"question_id": "1' or 1"}, "was not given"),
        ({"question_id": "999999"}, "was not given"),
    ],
)
async def test_another_text_is_never_sent(site: Site, changed: dict[str, object], why: str) -> None:
    request = await given(site)
    for name, value in changed.items():
        setattr(request, name, value)
    with pytest.raises(NoSound, match=why):
        await whole(site, Voice(command=says()), request)


async def test_another_rooms_question_and_one_that_is_over_are_not_spoken(site: Site) -> None:
    with pytest.raises(NoSound, match="was not given"):
        await whole(site, Voice(command=says()), await given(site, room_id=None))
    request = await given(site)
    await site.fetch(
        "update interviews set status = 'completed' where id = %s", request.interview_id
    )
    with pytest.raises(NoSound, match="was not given"):
        await whole(site, Voice(command=says()), request)


async def test_prepared_sound_comes_before_the_program(site: Site, tmp_path: Path) -> None:
    (tmp_path / (content_hash(TEXT, "ko") + ".flac")).write_bytes(b"fLaC prepared")
    request = await given(site)
    voice = Voice(command=says(), prepared=tmp_path)
    assert await whole(site, voice, request) == b"fLaC prepared"
    assert await whole(site, Voice(command=says()), request) == b"RIFFko" + TEXT.encode()


@pytest.mark.parametrize(
    ("voice", "why"),
    [
        (Voice(), "does not speak"),
        (Voice(prepared=Path("nowhere")), "no sound of this question was prepared"),
        (Voice(command=("/nowhere/piper",)), "voice failed"),
        (Voice(command=says(status=3)), "voice failed"),
        (Voice(command=says(magic=b"hello")), "voice failed"),
        (Voice(command=says(times=MOST_BYTES // 30)), "voice failed"),
        (Voice(command=says(sleep_s=60), timeout_s=0.5), "voice failed"),
    ],
    ids=["none", "not prepared", "not there", "fails", "no sound", "too much", "too slow"],
)
async def test_a_voice_that_fails_leaves_the_room_its_own(
    site: Site, voice: Voice, why: str
) -> None:
    with pytest.raises(NoSound, match=why):
        await whole(site, voice, await given(site))
