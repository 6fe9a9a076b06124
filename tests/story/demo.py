"""`make demo`: one interview in your browser. Ctrl-C stops everything."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from tests.story.api import Api
from tests.story.prepared import prepared_candidate, prepared_models
from tests.story.processes import ProcessEnded
from tests.story.stack import (
    QUESTIONS,
    RoomPc,
    Site,
    Tell,
    central_up,
    free_room,
    port_from,
    room_pc,
    schedule,
    staff,
)

_PORT = 8080
_LOOK_S = 1.0


def main() -> int:
    """The command line; its exit status."""
    parser = argparse.ArgumentParser("make demo", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("var/demo"))
    parser.add_argument("--camera", help="a real camera (number, path or name) and microphone")
    parser.add_argument("--replay", type=Path, help="a video with sound in place of the candidate")
    parser.add_argument("--port", type=int, default=_PORT, help="of the dashboard")
    wanted = parser.parse_args()
    if wanted.replay is not None and not wanted.replay.is_file():
        print(f"there is no file {wanted.replay}", file=sys.stderr)
        return 2
    begun_s = time.monotonic()

    def tell(text: str) -> None:
        print(f"[{time.monotonic() - begun_s:5.1f} s] {text}", flush=True)

    try:
        asyncio.run(_until_interrupted(wanted, tell))
    except ProcessEnded as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _until_interrupted(wanted: argparse.Namespace, tell: Tell) -> None:
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await _demo(wanted, tell)
    except asyncio.CancelledError:
        tell("stopped")


async def _demo(wanted: argparse.Namespace, tell: Tell) -> None:
    models = await asyncio.to_thread(prepared_models, tell)
    replay = wanted.replay
    if replay is None and wanted.camera is None:
        replay = await asyncio.to_thread(prepared_candidate, tell)
    async with AsyncExitStack() as stack:
        stack.callback(tell, "stopping")
        tell("central: PostgreSQL, NATS, gateway, speech, language, dashboard, steward")
        port = port_from(wanted.port)
        site = await stack.enter_async_context(central_up(wanted.data, dashboard_port=port))
        code = await free_room(site)
        tell(f"the room {code}: its agent warms up")
        room = await stack.enter_async_context(
            room_pc(site, models, code=code, replay=replay, camera=wanted.camera)
        )
        api = await stack.enter_async_context(staff(site))
        interview = await schedule(site, api, code)
        tell("ready")
        _show(site, room, interview, by_hand=wanted.camera is not None)
        await _follow(api, room, interview, tell)


def _show(site: Site, room: RoomPc, interview: str, *, by_hand: bool) -> None:
    print(
        f"""
  Dashboard   http://{site.dashboard}/rooms/{room.code}
              sign in as  admin  (or interviewer, candidate)  password  {site.password}
  Kiosk       {room.kiosk_url}
  Interview   {interview}, {len(QUESTIONS)} questions; the report: http://{site.dashboard}/interviews/{interview}/report
  Logs        {site.log}  {room.log}
{"  You are the candidate: open the kiosk page." if by_hand else ""}
  Ctrl-C stops everything.
""",
        flush=True,
    )


async def _follow(api: Api, room: RoomPc, interview: str, tell: Tell) -> None:
    """Say what happens until Ctrl-C."""
    told: set[str] = set()
    while True:
        view = await api.get(f"/interviews/{interview}")
        news = [f"the interview is {view['status']}"]
        if view["answered_count"]:
            news.append(f"{view['answered_count']} of {view['question_count']} questions answered")
        if view["has_report"]:
            news.append("the report is ready")
        for line in news:
            if line not in told:
                told.add(line)
                tell(line)
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), _LOOK_S)


if __name__ == "__main__":
    sys.exit(main())
