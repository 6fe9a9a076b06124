"""A virtual room: a video comes through the rooms' door, and what a room would write goes back."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from edge_agent.config import Central, Config, Models, Spool, Vision
from edge_agent.offline.virtual_room import VirtualRoom
from tests.fakes.certificates import Authority, write_room
from tests.fakes.clips import clip, tone
from tests.fakes.footage import astronaut, lively, sized
from tests.fakes.room_gateway import RoomGateway

pytestmark = pytest.mark.integration

SECONDS, FPS = 4, 10
LONG_S = 24
"""Enough that a room can be killed before it has looked at all of it."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    frames = lively(sized(astronaut(), 320, 240), SECONDS * FPS)
    path = tmp_path_factory.mktemp("film") / "x.mp4"
    return clip(path, frames, fps=FPS, sound=tone(SECONDS)).read_bytes()


def order(video: bytes, *, starts_ms: tuple[int, ...] = (0, 2_000)) -> interview_pb2.Command:
    questions = [
        interview_pb2.PlannedQuestion(question_id=str(n), text=f"Question {n}?") for n in (1, 2)
    ]
    return interview_pb2.Command(
        command_id="77",
        expires_wall_ns=2**62,
        analyse_video=interview_pb2.AnalyseVideo(
            plan=interview_pb2.InterviewPlan(interview_id="9", language="en", questions=questions),
            video_id="5",
            size_bytes=len(video),
            sha256=hashlib.sha256(video).digest(),
            preset="high_accuracy",
            answer_starts_ms=starts_ms,
            ai_scoring=True,
            longest_s=60,
        ),
    )


@asynccontextmanager
async def running(tmp_path: Path, models: Path) -> AsyncIterator[tuple[RoomGateway, VirtualRoom]]:
    authority = Authority()
    gateway = RoomGateway(authority)
    await gateway.start()
    write_room(tmp_path, authority, authority.room())
    tls = tmp_path / "tls"
    config = Config(
        central=Central(
            address=gateway.address,
            identity=tmp_path / "none.pem",
            ca=tls / "central-ca.crt",
            certificate=tls / "room.crt",
            private_key=tls / "room.key",
        ),
        spool=Spool(folder=tmp_path / "spool"),
        models=Models(folder=models),
        vision=Vision(posture=False, hands=False, people=False),
    )
    room = VirtualRoom(config)
    task = asyncio.create_task(room.run())
    try:
        yield gateway, room
    finally:
        room.stop()
        await asyncio.wait([task], timeout=20)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await gateway.stop()


async def until(true: Callable[[], object], seconds: float = 100.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - a fake has no event
            await asyncio.sleep(0.05)


def results(gateway: RoomGateway) -> list[interview_pb2.CommandResult]:
    return gateway.of(record_pb2.RECORD_KIND_COMMAND_RESULT, interview_pb2.CommandResult)


async def test_an_uploaded_video_becomes_the_records_of_an_interview(
    tmp_path: Path, models: Path, film: bytes
) -> None:
    async with running(tmp_path, models) as (gateway, _):
        gateway.videos["5"] = film
        gateway.cut_after = 2_000
        await until(lambda: gateway.hellos)
        gateway.command(order(film, starts_ms=(500, 2_500)))
        await until(lambda: results(gateway))
        (result,) = results(gateway)
        assert (result.command_id, result.outcome) == ("77", interview_pb2.COMMAND_OUTCOME_DONE)
        events = gateway.of(record_pb2.RECORD_KIND_TURN_EVENT, interview_pb2.TurnEvent)
        kinds = [interview_pb2.TurnEventKind.Name(one.kind)[16:] for one in events]
        assert kinds[:2] == ["INTERVIEW_STARTED", "CHECKED_IN"]
        assert kinds.count("QUESTION_ASKED") == kinds.count("ANSWER_OPENED") == 2
        assert kinds[-1] == "INTERVIEW_FINISHED"
        ended = gateway.of(record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded)
        assert [one.reason for one in ended] == [interview_pb2.ANSWER_END_REASON_DONE] * 2
        assert ended[1].first_sample == pytest.approx(40_000, abs=700)
        windows = gateway.of(record_pb2.RECORD_KIND_SCORE_WINDOW, measuring_pb2.ScoreWindow)
        assert len(windows) == SECONDS
        assert [one.turn_id for one in windows] == [
            *[ended[0].turn_id] * 2,
            *[ended[1].turn_id] * 2,
        ]
        assert sum(one.frames_analysed for one in windows) == 12
        (consent,) = gateway.of(record_pb2.RECORD_KIND_CONSENT, record_pb2.Consent)
        assert consent.recording
        assert consent.ai_scoring
        (calibration,) = gateway.of(record_pb2.RECORD_KIND_CALIBRATION, record_pb2.Calibration)
        assert calibration.outcome == record_pb2.CALIBRATION_OUTCOME_SKIPPED
        assert gateway.of(record_pb2.RECORD_KIND_AUDIO, measuring_pb2.Audio)
        assert gateway.reports
        assert not list((tmp_path / "spool" / "videos").iterdir())


async def test_what_is_no_video_is_refused_and_leaves_no_interview(
    tmp_path: Path, models: Path
) -> None:
    junk = b"\x00\x00\x00\x20ftypisom" + bytes(5_000)
    async with running(tmp_path, models) as (gateway, _):
        gateway.videos["5"] = junk
        await until(lambda: gateway.hellos)
        gateway.command(order(junk))
        await until(lambda: results(gateway))
        (result,) = results(gateway)
        assert result.outcome == interview_pb2.COMMAND_OUTCOME_REFUSED
        assert result.detail.startswith("damaged: ")
        assert not gateway.of(record_pb2.RECORD_KIND_TURN_EVENT, interview_pb2.TurnEvent)


async def test_a_killed_room_goes_on_with_the_answer_that_it_was_in(
    tmp_path: Path, models: Path
) -> None:
    """The process is killed in the second answer of two; the first one is not analysed again."""
    frames = lively(sized(astronaut(), 320, 240), LONG_S * FPS)
    video = clip(tmp_path / "long.mp4", frames, fps=FPS, sound=tone(LONG_S)).read_bytes()
    authority = Authority()
    gateway = RoomGateway(authority)
    await gateway.start()
    write_room(tmp_path, authority, authority.room())
    settings = tmp_path / "video.toml"
    settings.write_text(toml(tmp_path, gateway.address, models))
    gateway.videos["5"] = video
    try:
        async with process(settings) as room:
            await until(lambda: gateway.hellos)
            gateway.command(order(video))
            await until(lambda: opened(gateway)[1:])
            # A second is told a moment after its end; if a kill takes it before, it is never told.
            await until(lambda: windows(gateway).count(opened(gateway)[0]) == 2)
            room.kill()
            await room.wait()
        assert not results(gateway)
        async with process(settings) as room:
            await until(lambda: len(gateway.hellos) > 1)
            gateway.command(order(video))
            await until(lambda: results(gateway))
    finally:
        await gateway.stop()
    (result,) = results(gateway)
    assert result.outcome == interview_pb2.COMMAND_OUTCOME_DONE
    answers = gateway.of(record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded)
    assert [interview_pb2.AnswerEndReason.Name(one.reason)[18:] for one in answers] == [
        "DONE",
        "INTERRUPTED",
        "DONE",
    ]
    first, _, again = turns = [one.turn_id for one in answers]
    assert opened(gateway) == turns
    assert windows(gateway).count(first) == 2
    assert windows(gateway).count(again) == LONG_S - 2


def windows(gateway: RoomGateway) -> list[str]:
    """The turn of each second that was told."""
    found = gateway.of(record_pb2.RECORD_KIND_SCORE_WINDOW, measuring_pb2.ScoreWindow)
    return [one.turn_id for one in found]


def opened(gateway: RoomGateway) -> list[str]:
    """Turns whose answers began."""
    events = gateway.of(record_pb2.RECORD_KIND_TURN_EVENT, interview_pb2.TurnEvent)
    wanted = interview_pb2.TURN_EVENT_KIND_ANSWER_OPENED
    return [one.turn_id for one in events if one.kind == wanted]


@asynccontextmanager
async def process(settings: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`edge-agent analyze --serve`, as a service starts it."""
    words = ["-m", "edge_agent", "analyze", "--serve", "--config", str(settings)]
    started = await asyncio.create_subprocess_exec(sys.executable, *words)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
            async with asyncio.timeout(30):
                await started.wait()


def toml(folder: Path, address: str, models: Path) -> str:
    tls = folder / "tls"
    central = {
        "address": address,
        "identity": folder / "none.pem",
        "ca": tls / "central-ca.crt",
        "certificate": tls / "room.crt",
        "private_key": tls / "room.key",
    }
    lines = ["[central]", *(f"{key} = {json.dumps(str(value))}" for key, value in central.items())]
    lines += ["[spool]", f"folder = {json.dumps(str(folder / 'spool'))}"]
    lines += ["[models]", f"folder = {json.dumps(str(models))}"]
    lines += ["[vision]", "posture = false", "hands = false", "people = false"]
    return "\n".join(lines)
