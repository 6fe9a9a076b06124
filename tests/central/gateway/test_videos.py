"""An uploaded video over a real gateway: fetched by a real virtual room, and stored as an interview."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from central.policy import load
from central.steward.videos import assign_videos
from central.vault.uploads import Uploads
from edge_agent.config import Central, Config, Models, Spool, Vision
from edge_agent.offline.virtual_room import VirtualRoom
from tests.fakes.clips import clip, tone
from tests.fakes.footage import astronaut, lively, sized
from tests.fakes.site import Site, running_site

pytestmark = pytest.mark.integration

SECONDS = 2


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def upload(site: Site, video: bytes) -> int:
    """What the API does: a sealed file and its row; the interview's id."""
    interview = await site.interview(room_id=None)
    await site.question(interview)
    uploads = Uploads.of(site.config)
    place = uploads.place()
    stored = await uploads.put(place, interview, pieces(video), 10_000_000)
    await site.fetch(
        "insert into videos (interview_id, name, wrapped, upload_key_id, media, size_bytes, sha256,"
        " preset, answer_starts_ms, ai_scoring, state)"
        " values (%s, %s, %s, %s, 'mp4', %s, %s, 'balanced', '{0}', true, 'queued')",
        interview,
        place.name,
        place.wrapped.sealed,
        place.wrapped.site_key_id,
        stored.size_bytes,
        stored.sha256,
    )
    return interview


async def state(site: Site, interview: int) -> tuple[str, ...]:
    return tuple(
        (
            await site.fetch(
                "select state, code, why from videos where interview_id = %s", interview
            )
        )[0]
    )


async def test_an_upload_becomes_an_interview_through_the_rooms_door(
    database_url: str, nats_url: str, tmp_path: Path, models: Path
) -> None:
    film = clip(
        tmp_path / "x.mp4", lively(sized(astronaut(), 320, 240), SECONDS * 10), sound=tone(SECONDS)
    ).read_bytes()
    async with running_site(database_url, nats_url, tmp_path) as site, site.gateway() as address:
        key = site.config.path(site.config.vault.upload_key)
        key.parent.mkdir(parents=True, exist_ok=True)
        key.write_bytes(os.urandom(32))
        await site.fetch("update rooms set kind = 'virtual' where id = %s", site.room_id)
        interview = await upload(site, film)
        settings = Central(
            address=address,
            identity=tmp_path / "none.pem",
            ca=site.agent.authority,
            certificate=site.agent.certificate,
            private_key=site.agent.private_key,
        )
        room = VirtualRoom(
            Config(
                central=settings,
                spool=Spool(folder=tmp_path / "spool"),
                models=Models(folder=models),
                vision=Vision(posture=False, hands=False, people=False),
            )
        )
        task = asyncio.create_task(room.run())
        async with asyncio.timeout(100):
            while (await state(site, interview))[0] not in {"done", "refused"}:
                async with site.pool.connection() as conn:
                    await assign_videos(conn, site.config.videos, load("kr"))
                await asyncio.sleep(0.2)
        room.stop()
        await asyncio.wait([task], timeout=20)
        assert await state(site, interview) == ("done", "", "")
        (found,) = await site.fetch(
            "select status, recording_consent, scoring_consent, policy is not null,"
            " (select count(*) from turns t where t.interview_id = i.id and t.ended_at is not null),"
            " (select sum(frames_analysed) from score_windows w where w.interview_id = i.id)"
            " from interviews i where id = %s",
            interview,
        )
        assert found == ("completed", True, True, True, 1, 2)
        ((lasted_s,),) = await site.fetch(
            "select extract(epoch from ended_at - answer_opened_at)::float8 from turns"
            " where interview_id = %s",
            interview,
        )
        assert lasted_s == pytest.approx(SECONDS, abs=0.3)
