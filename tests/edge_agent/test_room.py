"""The whole agent, as a process, against a gateway over real mTLS."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from websockets.asyncio.client import connect

from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from tests.fakes.certificates import Authority, write_room
from tests.fakes.room_gateway import RoomGateway
from tests.story.candidate import make

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

ANSWERS = ("I measured it and found the cause.", "I listened to him first.")


async def until(condition: Callable[[], bool], timeout_s: float) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110 - fakes keep lists, not events
            await asyncio.sleep(0.05)


class Agent:
    """The process, and what it said."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode())

    @property
    def said(self) -> str:
        return "".join(self.lines)

    @property
    def kiosk_url(self) -> str:
        found = re.search(r"kiosk at (http://\S+?)\"?[\s,]", self.said)
        return found[1] if found else ""


@asynccontextmanager
async def agent(config: Path) -> AsyncIterator[Agent]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "edge_agent", "run", "--config", str(config)),
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1"},
    )
    running = Agent(process)
    reading = asyncio.create_task(running.read())
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[RoomGateway]:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    gateway = RoomGateway(authority)
    await gateway.start()
    yield gateway
    await gateway.stop()


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("candidate") / "candidate.mp4", ANSWERS)


def write_config(folder: Path, gateway: RoomGateway, video: Path, models: Path) -> Path:
    path = folder / "edge.toml"
    path.write_text(
        f'[central]\naddress = "{gateway.address}"\n[replay]\nfile = "{video}"\n'
        '[kiosk]\nport = 0\nurl_file = "kiosk-url"\n[speaker]\noutput = "silent"\n'
        f'[models]\nfolder = "{models}"\n'
    )
    return path


def start(questions: int, *, confirm: bool = False) -> interview_pb2.Command:
    on = interview_pb2.PERMISSION_ON
    policy = interview_pb2.Policy(
        gaze=on, expression=on, posture=on, hands=on, people=on, confirm_transcript=True
    )
    plan = interview_pb2.InterviewPlan(
        interview_id="42",
        candidate_name="Kim",
        language="en",
        questions=[
            interview_pb2.PlannedQuestion(
                question_id=str(n), text=f"Question {n}?", answer_limit_ms=60_000
            )
            for n in range(questions)
        ],
        answer_end_silence_ms=1500,
        no_answer_prompt_ms=8000,
        notice_version="1",
        calibrate=True,
        policy=policy if confirm else None,
    )
    return interview_pb2.Command(
        command_id="1",
        expires_wall_ns=time.time_ns() + 60 * 10**9,
        start_interview=interview_pb2.StartInterview(plan=plan),
    )


def finished(gateway: RoomGateway) -> bool:
    return any(
        event.kind == interview_pb2.TURN_EVENT_KIND_INTERVIEW_FINISHED
        for event in gateway.of(record_pb2.RECORD_KIND_TURN_EVENT, interview_pb2.TurnEvent)
    )


async def test_a_replayed_interview_is_told_to_central_whole(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    gateway.understood = ANSWERS[0]
    async with agent(write_config(tmp_path, gateway, video, models)) as running:
        await until(lambda: bool(gateway.hellos), 60)
        assert gateway.hellos[0].capabilities.vision_provider
        gateway.command(start(questions=2, confirm=True))
        await until(lambda: "kiosk at" in running.said, 10)
        async with connect(running.kiosk_url.replace("http", "ws").replace("/?", "/ws?")) as page:
            states = [json.loads(await page.recv()) for _ in range(5)]
        await until(lambda: finished(gateway), 100)
        running.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            assert await running.process.wait() == 0, running.said

    assert states[-1]["candidate_name"] == "Kim"
    assert states[-1]["link"] == "online"
    assert gateway.duplicates == 0
    ended = gateway.of(record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded)
    assert [one.question_id for one in ended] == ["0", "1"]
    assert {one.reason for one in ended} == {interview_pb2.ANSWER_END_REASON_SILENCE}
    spoken = gateway.of(record_pb2.RECORD_KIND_UTTERANCE, measuring_pb2.Utterance)
    assert sum(one.utterances for one in ended) == len(spoken) >= 2
    windows = gateway.of(record_pb2.RECORD_KIND_SCORE_WINDOW, measuring_pb2.ScoreWindow)
    frames = gateway.of(record_pb2.RECORD_KIND_FRAME_READINGS, measuring_pb2.FrameReadings)
    analysed = sum(len(one.measured) for one in frames)
    assert analysed >= 0.9 * sum(window.frames_captured for window in windows) > 100
    assert gateway.lives
    assert gateway.heartbeats
    kinds = [kind for kind, _ in gateway.kinds]
    read = gateway.of(record_pb2.RECORD_KIND_ANSWER_CONFIRMED, interview_pb2.AnswerConfirmed)
    assert [one.turn_id for one in read] == [one.turn_id for one in ended]
    assert {one.verdict for one in read} == {interview_pb2.CONFIRM_VERDICT_RIGHT}
    assert kinds[-3:-1] == [record_pb2.RECORD_KIND_ANSWER_CONFIRMED] * 2


async def test_a_room_that_is_stopped_keeps_the_open_answer(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    async with agent(write_config(tmp_path, gateway, video, models)) as running:
        await until(lambda: bool(gateway.hellos), 60)
        gateway.command(start(questions=2))
        await until(lambda: any(live.speaking for live in gateway.lives), 60)
        running.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(15):
            assert await running.process.wait() == 0, running.said
    ended = gateway.of(record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded)
    assert [one.reason for one in ended] == [interview_pb2.ANSWER_END_REASON_INTERVIEW_ENDED]
    assert ended[0].utterances == 1
    assert finished(gateway)
    assert "Traceback" not in running.said


@pytest.mark.parametrize("soon", [True, False], ids=["soon", "late"])
async def test_a_killed_room_sends_the_rest_and_goes_on_where_it_is_back_soon(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path, soon: bool
) -> None:
    config = write_config(tmp_path, gateway, video, models)
    async with agent(config) as running:
        await until(lambda: bool(gateway.hellos), 60)
        gateway.command(start(questions=2))
        await until(lambda: any(live.speaking for live in gateway.lives), 60)
        gateway.stalled = True
        await asyncio.sleep(2)
        running.process.kill()
        await running.process.wait()
    assert not finished(gateway)
    gateway.stalled = False
    if not soon:
        os.utime(tmp_path / "spool" / "interview.json", (1, 1))
    async with agent(config) as running:
        await until(lambda: finished(gateway), 120)
        assert gateway.hellos[-1].spool_id == gateway.hellos[0].spool_id
    assert gateway.hellos[-1].next_seq > gateway.hellos[0].next_seq
    ended = gateway.of(record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded)
    silence = interview_pb2.ANSWER_END_REASON_SILENCE
    assert [(one.question_id, one.reason) for one in ended] == (
        [("0", interview_pb2.ANSWER_END_REASON_INTERRUPTED), ("0", silence), ("1", silence)]
        if soon
        else [("0", interview_pb2.ANSWER_END_REASON_INTERVIEW_ENDED)]
    )
    assert not (tmp_path / "spool" / "interview.json").exists()


async def test_a_room_without_space_for_an_interview_refuses_to_begin_it(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    config = write_config(tmp_path, gateway, video, models)
    config.write_text(config.read_text() + "[spool]\nlimit_bytes = 20_000\n")

    def answers() -> list[interview_pb2.CommandResult]:
        return gateway.of(record_pb2.RECORD_KIND_COMMAND_RESULT, interview_pb2.CommandResult)

    async with agent(config) as running:
        await until(lambda: bool(gateway.hellos), 60)
        gateway.command(start(questions=2))
        await until(lambda: bool(answers()), 20)
        assert running.process.returncode is None
    (answer,) = answers()
    assert answer.outcome == interview_pb2.COMMAND_OUTCOME_REFUSED
    assert answer.detail.startswith("This room is not ready. disk: ")
    assert not gateway.of(record_pb2.RECORD_KIND_TURN_EVENT, interview_pb2.TurnEvent)


async def test_a_room_that_is_stopped_while_it_warms_up_does_not_wait(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    async with agent(write_config(tmp_path, gateway, video, models)) as running:
        await until(lambda: "spool" in running.said, 30)
        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert await running.process.wait() == 0, running.said
    assert time.monotonic() - began < 4
    assert "Traceback" not in running.said


async def test_only_the_page_with_the_token_is_served(
    tmp_path: Path, gateway: RoomGateway, video: Path, models: Path
) -> None:
    async with agent(write_config(tmp_path, gateway, video, models)) as running:
        await until(lambda: "kiosk at" in running.said, 60)
        assert (tmp_path / "kiosk-url").read_text().strip() == running.kiosk_url
        page = await asyncio.to_thread(lambda: urlopen(running.kiosk_url).read())
        assert b"<html" in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[central]\naddress = "a:1"\n[camera]\nfpz = 3\n', "camera.fpz: unknown key"),
        ('[central]\naddress = "a:1"\n[replay]\nfile = "no.mp4"\n', "no.mp4"),
        ("[central]\n", "central.address: is missing"),
    ],
)
async def test_a_wrong_setting_is_one_line_and_no_traceback(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "edge.toml"
    path.write_text(text)
    async with agent(path) as running, asyncio.timeout(30):
        assert await running.process.wait() == 2
    assert len(running.lines) == 1
    assert running.said.startswith("edge-agent: ")
    assert message in running.said


async def test_a_missing_camera_names_those_present(
    tmp_path: Path, gateway: RoomGateway, models: Path
) -> None:
    path = tmp_path / "edge.toml"
    path.write_text(
        f'[central]\naddress = "{gateway.address}"\n[camera]\ndevice = "77"\n'
        f'[models]\nfolder = "{models}"\n[kiosk]\nport = 0\n'
    )
    async with agent(path) as running, asyncio.timeout(50):
        assert await running.process.wait() == 2
    assert "edge-agent: camera 77" in running.said
    assert "Traceback" not in running.said
