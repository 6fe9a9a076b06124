"""A résumé, from its upload to the fields that staff see, through every process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.central.resumes import expected
from tests.fakes.hwp_file import hwp
from tests.fakes.resumes import KOREAN, Hide
from tests.story.api import Api, until
from tests.story.stack import central_up, staff
from tests.story.test_video_story import planned

pytestmark = [pytest.mark.story, pytest.mark.timeout(180)]


async def test_a_resume_is_read_and_shown_and_a_hostile_one_is_refused(tmp_path: Path) -> None:
    async with central_up(tmp_path) as site, staff(site, "recruiter") as api:
        interview = await planned(site, api)
        path = f"/interviews/{interview}/resume"
        await api.send(path, hwp(KOREAN, flags=3))
        refused = await until(60, "the refusal", lambda: settled(api, path))
        assert (refused["state"], refused["code"]) == ("refused", "encrypted")

        await api.send(path, hwp(KOREAN, [Hide("comment")]))
        resume = await until(60, "the reading", lambda: settled(api, path))
    assert (resume["state"], resume["format"]) == ("read", "hwp")
    schools = [one["school"]["text"] for one in resume["structured"]["education"]]
    assert schools == ["한국대학교"]
    assert [one["how"] for one in resume["hidden"]] == ["comment"]
    assert expected.seen(str(resume)) == []


async def settled(api: Api, path: str) -> dict[str, Any] | None:
    resume: dict[str, Any] = await api.get(path)
    return resume if resume["state"] in {"read", "refused"} else None
