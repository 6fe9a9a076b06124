"""`make demo-check`: one replayed interview on fresh data; the last line is JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nats
import psycopg

from central.bus.seeds import read as read_seed
from central.bus.subjects import ALL_LIVE
from tests.story.api import Api, until
from tests.story.prepared import prepared_candidate, prepared_models
from tests.story.processes import ProcessEnded
from tests.story.stack import (
    QUESTIONS,
    RoomPc,
    Site,
    Tell,
    central_up,
    room_pc,
    schedule,
    staff,
)
from tests.story.verdict import Window, absence_detected, problems, quotes_verified

_INTERVIEW_S = 300.0
_REPORT_S = 90.0
_QUIET_S = 20.0


def main() -> int:
    """0 where everything is as it must be."""
    begun_s = time.monotonic()

    def tell(text: str) -> None:
        print(f"[{time.monotonic() - begun_s:5.1f} s] {text}", file=sys.stderr, flush=True)

    folder = Path(tempfile.mkdtemp(prefix="daedam-check-"))
    folder.chmod(0o711)
    try:
        result = asyncio.run(play(folder, tell))
    except ProcessEnded as error:
        tell(f"failed; the logs are in {folder}")
        print(error, file=sys.stderr)
        print(json.dumps({"ok": False, "error": str(error).splitlines()[0]}))
        return 1
    wrong = problems(result)
    for text in wrong:
        tell(f"not as it must be: {text}")
    if wrong:
        tell(f"the logs are in {folder}")
    else:
        _remove(folder)
    print(json.dumps({"ok": not wrong, **result}))
    return 1 if wrong else 0


async def play(folder: Path, tell: Tell, answers: int = len(QUESTIONS)) -> dict[str, Any]:
    """One whole interview in `folder`; the line without `ok`."""
    begun_s = time.monotonic()
    models = await asyncio.to_thread(prepared_models, tell)
    video = await asyncio.to_thread(prepared_candidate, tell, answers)
    tell("central starts")
    async with central_up(folder) as site, counted_events(site) as events:
        tell("the room starts")
        async with room_pc(site, models, replay=video) as room, staff(site) as api:
            interview = await schedule(site, api, room.code, QUESTIONS[:answers])
            setup_s = time.monotonic() - begun_s
            tell(f"interview {interview} starts")
            await _finished(api, interview, tell)
            result = await _measured(site, room, api, interview, video)
    run_s = time.monotonic() - begun_s - setup_s
    return result | {
        "live_events": events.count,
        "setup_s": round(setup_s, 1),
        "run_s": round(run_s, 1),
    }


@dataclass(slots=True)
class Events:
    """How many live events NATS carried."""

    count: int = 0


@asynccontextmanager
async def counted_events(site: Site) -> AsyncIterator[Events]:
    """Counts what dashboards would get."""
    events = Events()

    async def one(_: object) -> None:
        events.count += 1

    seed = read_seed(site.config.seeds(), "dashboard")
    client = await nats.connect(site.config.nats.url, nkeys_seed_str=seed or None)
    try:
        await client.subscribe(ALL_LIVE, cb=one)
        yield events
    finally:
        await client.close()


async def _finished(api: Api, interview: str, tell: Tell) -> None:
    told = -1

    async def completed() -> bool:
        nonlocal told
        view = await api.get(f"/interviews/{interview}")
        if view["answered_count"] != told:
            told = view["answered_count"]
            tell(f"{view['status']}, {told} of {view['question_count']} questions answered")
        return str(view["status"]) == "completed"

    async def reported() -> bool:
        return bool((await api.get(f"/interviews/{interview}"))["has_report"])

    await until(_INTERVIEW_S, "the interview to be completed", completed)
    tell("completed; waiting for the report")
    await until(_REPORT_S, "the report", reported)


async def _measured(
    site: Site, room: RoomPc, api: Api, interview: str, video: Path
) -> dict[str, Any]:
    report = await api.get(f"/interviews/{interview}/report")
    lines = await api.get(f"/interviews/{interview}/transcripts")
    script = json.loads(video.with_name(video.name + ".json").read_text(encoding="utf-8"))
    sent, stored = await _records(site, room)
    opened_s, windows = await _picture(site, interview)
    details = report["details"]
    engines = sorted({engine for detail in details for engine in detail["speech_engines"]})
    return {
        "interview_status": (await api.get(f"/interviews/{interview}"))["status"],
        "questions": len(details),
        "answers_with_text": sum(bool(detail["answer"].strip()) for detail in details),
        "speech_engine": ", ".join(engines),
        "frames_captured": report["frames_captured"],
        "frames_analysed": report["frames_analysed"],
        "records_sent": sent,
        "records_stored": stored,
        "absence_detected": absence_detected(
            script["truth"], [hold["at_s"] for hold in script["holds"]], opened_s, windows
        ),
        "quotes_verified": quotes_verified(details, {line["id"]: line["text"] for line in lines}),
    }


async def _records(site: Site, room: RoomPc) -> tuple[int, int]:
    """What the agent says it wrote, and what PostgreSQL has; waits until they agree."""
    url = site.config.database.url
    found = (0, -1)

    async def agreed() -> bool:
        nonlocal found
        async with await psycopg.AsyncConnection.connect(url) as conn:
            rows = await conn.execute(
                "SELECT coalesce(max((health->>'records_appended')::bigint), 0), "
                "(SELECT count(*) FROM records) + (SELECT count(*) FROM quarantine) "
                "FROM agents JOIN rooms ON rooms.id = room_id WHERE code = %s",
                (room.code,),
            )
            sent, stored = await rows.fetchone() or (0, 0)
        found = (sent, stored)
        return bool(sent == stored > 0)

    try:
        await until(_QUIET_S, "the last records", agreed)
    except ProcessEnded:
        return found
    return found


async def _picture(site: Site, interview: str) -> tuple[list[float], list[Window]]:
    async with await psycopg.AsyncConnection.connect(site.config.database.url) as conn:
        turns = await conn.execute(
            "SELECT extract(epoch FROM answer_opened_at)::float8 FROM turns "
            "WHERE interview_id = %s AND answer_opened_at IS NOT NULL ORDER BY answer_opened_at",
            (int(interview),),
        )
        opened = [at_s for (at_s,) in await turns.fetchall()]
        rows = await conn.execute(
            "SELECT wall_ns, (measures->'presence_ratio'->>0)::float8 FROM score_windows "
            "WHERE interview_id = %s ORDER BY start_mono_ns",
            (int(interview),),
        )
        windows = [Window(wall_ns / 1e9, value) for wall_ns, value in await rows.fetchall()]
    return opened, windows


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
