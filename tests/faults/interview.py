"""One replayed interview in a room of a running site, to be disturbed while it runs."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from tests.faults.kills import agent_of
from tests.faults.ledger import Ledger, read_ledger
from tests.story.api import Api, until
from tests.story.processes import ProcessEnded, running
from tests.story.stack import QUESTIONS, RoomPc, Site, room_pc, schedule, staff

PATIENCE_S = 150.0


@dataclass(frozen=True, slots=True)
class Running:
    """An interview that runs. `api` is an admin's."""

    site: Site
    room: RoomPc
    api: Api
    id: str
    kiosk: httpx.AsyncClient

    async def state(self) -> dict[str, Any]:
        """What the kiosk page shows."""
        address = self.room.kiosk_url.replace("/?", "/state?")
        answer = await self.kiosk.get(address)
        answer.raise_for_status()
        state: dict[str, Any] = answer.json()
        return state

    async def answering(self, position: int) -> None:
        """Wait until the candidate speaks in answer to the question at `position`, from 0."""

        async def speaks() -> bool:
            state = await self.state()
            asked = (state.get("question") or {}).get("position", -1)
            return asked == position and state["phase"] == "answering" and bool(state["speaking"])

        await until(PATIENCE_S, f"answer {position}", speaks)

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[Running]:
        """Kill the room's agent where it stands, and start another in its place, as systemd does."""
        folder = self.site.data / "rooms" / self.room.code
        settings, url_file = folder / "edge.toml", folder / "kiosk.url"
        old = url_file.read_text(encoding="utf-8")
        os.kill(agent_of(settings), signal.SIGKILL)
        log = self.site.data / f"{self.room.code}-again.log"
        async with running("room", ["edge_agent", "run", "--config", str(settings)], log):

            async def there() -> str:
                await asyncio.sleep(0)
                url = url_file.read_text(encoding="utf-8")
                return url.strip() if url != old else ""  # its port is another

            url = await until(PATIENCE_S, f"the agent to be back; see {log}", there)
            yield replace(self, room=replace(self.room, kiosk_url=url, log=log))

    async def over(self) -> None:
        """Wait until the room says that the interview is over."""

        async def said() -> bool:
            return bool((await self.state())["phase"] in {"finished", "idle"})

        await until(PATIENCE_S, "the end of the interview in the room", said)

    async def finished(self) -> tuple[Ledger, int]:
        """Wait for the report and the room's last record: what is stored, how many were appended."""

        async def reported() -> bool:
            # A dashboard that was killed is away for a moment, and so is PostgreSQL behind it.
            with suppress(httpx.TransportError, ProcessEnded):
                view = await self.api.get(f"/interviews/{self.id}")
                return view["status"] == "completed" and bool(view["has_report"])
            return False

        async def sent() -> int:
            counts = (await self.state())["counts"]
            appended = int(counts["records_appended"])
            return appended if counts["records_acked"] == appended else 0

        await until(PATIENCE_S, "the interview to be completed, with its report", reported)
        appended = await until(PATIENCE_S, "central to have every record", sent)
        return await self.ledger(), appended

    async def ledger(self) -> Ledger:
        """What is stored now."""
        return await read_ledger(self.site.config.database.url, self.id, self.room.code)


@asynccontextmanager
async def interview(
    site: Site, models: Path, video: Path, code: str, *, questions: int = 2, gateway: str = ""
) -> AsyncIterator[Running]:
    """Starts in the room `code`, by a replayed candidate; `gateway` as in `room_pc`."""
    async with (
        room_pc(site, models, code=code, replay=video, gateway=gateway) as room,
        staff(site) as api,
        httpx.AsyncClient(timeout=10) as kiosk,
    ):
        number = await schedule(site, api, code, QUESTIONS[:questions])
        yield Running(site, room, api, number, kiosk)
