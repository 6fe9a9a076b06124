"""A recorded answer, from its upload to its report, through every process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest

from central.media import media_store
from central.speech import recordings
from central.steward.videos import delete_files
from tests.fakes.clips import clip
from tests.fakes.footage import astronaut, lively, sized
from tests.story.api import Api, until
from tests.story.stack import Site, central_up, staff
from tests.story.virtual import virtual_room

pytestmark = [pytest.mark.story, pytest.mark.timeout(240)]

FPS, SPOKEN_S = 10, 6
ALL_OF_IT_S = 150


@pytest.fixture
def answer(shared: Path, tmp_path: Path) -> bytes:
    """Somebody looks at the camera, and a president of the United States is heard for 6 s."""
    file = shared / "testdata" / "audio" / "jfk.flac"
    if not file.is_file():
        pytest.skip(f"no {file}")
    heard = recordings.read(file)[: SPOKEN_S * 16_000]
    sound = np.rint(heard * 32_767).clip(-32_768, 32_767).astype(np.int16)
    frames = lively(sized(astronaut(), 320, 240), FPS * sound.size // 16_000)
    return clip(tmp_path / "answer.mp4", frames, fps=FPS, sound=sound).read_bytes()


async def test_an_uploaded_answer_is_heard_marked_reported_and_deleted(
    models: Path, tmp_path: Path, answer: bytes
) -> None:
    async with central_up(tmp_path) as site, staff(site, "recruiter") as api:
        interview = await planned(site, api)
        path = f"/interviews/{interview}/video"
        sent = await api.send(
            path, answer, consent="true", ai_scoring="true", preset="high_accuracy"
        )
        assert (sent["state"], sent["size_bytes"]) == ("queued", len(answer))
        (sealed,) = await files_of(site)
        assert answer[5_000:5_100] not in sealed.read_bytes()
        async with virtual_room(site, models) as held:
            video = await until(ALL_OF_IT_S, "the analysis", lambda: settled(api, path))
            assert (video["state"], video["code"], video["why"]) == ("done", "", "")
            assert video["done_ratio"] == 1.0
            report = await until(60, "the report", lambda: reported(api, interview))
            await deleted(site)
            assert not list(held.iterdir())
        lines = await api.get(f"/interviews/{interview}/transcripts")
    said = " ".join(one["text"] for one in lines if one["speaker"] == "User").lower()
    assert "fellow america" in said
    (asked,) = report["details"]
    assert asked["answer"]
    assert asked["speech_engines"]
    assert asked["marks"]
    assert report["frames_analysed"] == FPS * SPOKEN_S // 3
    assert not sealed.exists()


async def planned(site: Site, api: Api) -> str:
    """An interview with one question of the bank."""
    async with staff(site) as admin:
        people = await admin.get("/users")
    candidate = next(one for one in people if one["username"] == "candidate")
    plan = {
        "candidate_id": candidate["id"],
        "position": "Backend engineer",
        "language": "en",
        "question_count": 1,
    }
    return str((await api.post("/interviews", plan))["id"])


async def settled(api: Api, path: str) -> dict[str, Any] | None:
    video: dict[str, Any] = await api.get(path)
    return video if video["state"] in {"done", "refused"} else None


async def reported(api: Api, interview: str) -> Any:
    view = await api.get(f"/interviews/{interview}")
    done = view["status"] == "completed" and view["has_report"]
    return await api.get(f"/interviews/{interview}/report") if done else None


async def deleted(site: Site) -> None:
    """Its key is destroyed at once; the file goes with the sealer's round, once a minute: here now."""
    async with await psycopg.AsyncConnection.connect(
        site.config.database.url, autocommit=True
    ) as conn:
        row = await (await conn.execute("select wrapped from videos")).fetchone()
        assert row == (None,)
        await delete_files(conn, media_store(site.config))


async def files_of(site: Site) -> list[Path]:
    """Of the only upload."""
    async with await psycopg.AsyncConnection.connect(site.config.database.url) as conn:
        row = await (await conn.execute("select name from videos")).fetchone()
    assert row is not None
    return [one for one in (site.config.data_dir / "vault").rglob(f"*{row[0]}*") if one.is_file()]
