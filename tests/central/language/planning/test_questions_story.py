"""Questions through real PostgreSQL, NATS and a real stream: the plan, the answer, what follows it."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from central.bus import subjects
from central.bus.bus import Bus
from central.jobs.kinds import FOLLOW_UP, TranscribeJob
from central.language import bank
from central.language.model import Choice, Filled, LanguageModel, Prompt, Slot, Urgency
from central.language.planning import neutral
from central.language.planning.serve import ask
from central.policy import load
from central.storage import (
    commands_out,
    follow_ups,
    interview_questions,
    interviews,
    postings,
    question_traces,
    questions,
    structured,
    transcripts,
    turns,
)
from central.storage.engine import create_engine, sessions
from central.storage.interviews import NewInterview
from central.storage.postings import NewPosting
from tests.fakes.asked_room import AskedRoom
from tests.fakes.room_client import room
from tests.fakes.scripted_model import ScriptedModel, read
from tests.fakes.site import Site, running_site

pytestmark = pytest.mark.integration

RESUME = "2024년에 주문 서버를 둘로 나누었습니다. 배포를 자동으로 바꾸었습니다."
WORDED = (
    "주문 서버를 둘로 나누실 때 경계를 어떻게 정하셨나요?",
    "배포를 자동으로 바꾸실 때 무엇이 가장 까다로우셨나요?",
    "그 작업에서 동료와 생각이 갈렸을 때 어떻게 풀어 가셨나요?",
    "일정이 빠듯했던 그 시기에 일을 어떤 순서로 끝내셨는지 말씀해 주시겠어요?",
)
BETTER = "인덱스를 추가하신 뒤 응답 시간은 어떻게 달라졌나요?"
NO_RESULT = "작년 주문 프로젝트에서 제가 쿼리를 분석하고 인덱스를 추가했습니다."
RESULT = "결과적으로 응답 시간이 40퍼센트 줄었습니다."


def scripted() -> ScriptedModel:
    """Words each slot once, and asks better for a result."""
    left = list(WORDED)

    def write(prompt: Prompt, slot: Slot) -> str:
        if isinstance(slot, Choice):
            return slot.options[0]
        follows = "지금까지의 답변" in read(prompt)
        if slot.key == "span":
            return "인덱스를 추가" if follows else "주문 서버를 둘로"
        return BETTER if follows else left.pop(0)

    return ScriptedModel(write)


class Stuck(ScriptedModel):
    """Never answers."""

    async def fill(
        self, prompt: Prompt, form: Sequence[str | Slot], *, urgency: Urgency, timeout_s: float
    ) -> Filled:
        await asyncio.Event().wait()
        raise AssertionError


@dataclass(slots=True)
class Scene:
    site: Site
    session: AsyncSession
    interview_id: int

    async def plan(self) -> list[tuple[str, str]]:
        self.session.expire_all()
        found = await interview_questions.questions_of(self.session, self.interview_id)
        await self.session.rollback()
        return [(one.source, one.text) for one in found]

    async def planned(self, count: int) -> None:
        """Until so many questions are worded."""
        until_s = time.monotonic() + 15
        while sum(source == "generated" for source, _ in await self.plan()) < count:
            assert time.monotonic() < until_s, await self.plan()
            await asyncio.sleep(0.05)

    async def settled(self, states: list[str]) -> None:
        """Until the follow-ups are in these states: the gateway is a moment behind its room."""
        until_s = time.monotonic() + 15
        while (found := await self._follow_ups()) != states:
            assert time.monotonic() < until_s, found
            await asyncio.sleep(0.05)

    async def _follow_ups(self) -> list[str]:
        self.session.expire_all()
        plan = await interview_questions.questions_of(self.session, self.interview_id)
        await self.session.rollback()
        return [one.state for one in plan if one.follow_up_of is not None]

    async def start(self) -> None:
        sent = await commands_out.start(
            self.session, self.interview_id, self.site.room, policies=load("kr"), actor_id=None
        )
        await self.session.commit()
        await self.site.bus.ring(subjects.command(sent.room_code))

    async def heard(self, turn_key: str, text: str) -> None:
        """As the speech worker writes it, once the gateway has the turn."""
        until_s = time.monotonic() + 15
        while (turn_id := await self._turn(turn_key)) is None:
            assert time.monotonic() < until_s, f"no turn {turn_key!r}"
            await asyncio.sleep(0.02)
        job = TranscribeJob(
            interview_id=self.interview_id, room=self.site.room, turn_key=turn_key,
            utterance_key=uuid.uuid4().hex, watermark_id=1, first_seq=1, last_seq=1, format_seq=1,
            first_sample=0, end_sample=1, ordinal=0, voiced_ms=2_000, language="ko",
            started_wall_ns=0, ended_wall_ns=0,
        )  # fmt: skip
        async with self.site.pool.connection() as conn:
            await transcripts.add_utterance(
                conn, job, turn_id=turn_id, text=text, engine="e", confidence=None,
                reject_reason=None,
            )  # fmt: skip
            await turns.settle_turn(conn, turn_id)
            await follow_ups.ask(conn, turn_id)
        await self.site.bus.ring(subjects.job(FOLLOW_UP))

    async def _turn(self, turn_key: str) -> int | None:
        async with self.site.pool.connection() as conn:
            return await transcripts.turn_of(conn, self.interview_id, turn_key)


@pytest.fixture
async def scene(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """An interview for a posting, whose candidate sent a résumé."""
    engine = create_engine(database_url)
    async with (
        running_site(database_url, nats_url, tmp_path) as site,
        sessions(engine)() as session,
    ):
        async with site.pool.connection() as conn:
            await questions.upsert(conn, bank.load())
        new = NewPosting("주문 시스템 담당자", "한빛", "서버를 운영합니다.")
        posting_id = await postings.create(session, new, actor_id=None)
        posting = await postings.get(session, posting_id)
        ((candidate,),) = await site.fetch(
            "insert into users (email, username, role, password_hash)"
            " values ('a@b', 'a', 'candidate', 'x') returning id"
        )
        interview = NewInterview(
            candidate, posting.position, company=posting.company, posting_id=posting_id
        )
        interview_id = await interviews.create(session, interview, actor_id=None)
        await structured.add(session, interview_id, posting, language="ko")
        await session.commit()
        await site.fetch(
            "with r as (insert into resumes (interview_id, candidate_id, document_id, state, text)"
            " values (%s, %s, 1, 'read', %s) returning id)"
            " insert into resume_sections (resume_id, interview_id, ordinal, kind, heading,"
            " start_at, end_at, text) select id, %s, 0, 'experience', '경력', 0, %s, %s from r",
            interview_id, candidate, RESUME, interview_id, len(RESUME), RESUME,
        )  # fmt: skip
        yield Scene(site, session, interview_id)
    await engine.dispose()


@asynccontextmanager
async def asking(scene: Scene, model: LanguageModel | None) -> AsyncIterator[None]:
    """A language worker beside it."""
    async with await Bus.connect(scene.site.config.nats.url, "language") as bus:
        task = asyncio.create_task(
            ask(scene.site.pool, bus, "w", reviewed=neutral.load(), model=model)
        )
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def interviewed(scene: Scene) -> AsyncIterator[AskedRoom]:
    """The interview has begun in its room: at its second question, the first that may be followed up."""
    async with scene.site.gateway() as address, room(address, scene.site.agent) as (client, _):
        held = AskedRoom(client)
        listening = asyncio.create_task(held.listen())
        try:
            await scene.start()
            await held.begin()
            await scene.heard(await held.speak(), "저는 주문 시스템을 다룹니다.")
            await held.done()
            yield held
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


async def test_a_plan_is_worded_and_a_missing_result_is_asked_for_in_time(scene: Scene) -> None:
    before = await scene.plan()
    async with asking(scene, scripted()):
        await scene.planned(len(WORDED))
        async with interviewed(scene) as held:
            assert held.asked == [before[0][1], WORDED[0]]
            await scene.heard(await held.speak(), NO_RESULT)
            await held.until(lambda: held.held(2))
            await held.wait(3_000)
            assert held.asked[2] == BETTER
            await scene.heard(await held.speak(), RESULT)
            await held.wait(3_000)
            assert held.asked[3] == WORDED[1]
    plan = await scene.plan()
    assert [text for source, text in plan if source == "generated"] == [
        WORDED[0], BETTER, *WORDED[1:],
    ]  # fmt: skip
    sources = await question_traces.sources_of(scene.session, scene.interview_id)
    spans = {source.text for found in sources.values() for source in found}
    assert {"주문 서버를 둘로", "인덱스를 추가", "follow_result"} <= spans | {
        source.ref for found in sources.values() for source in found
    }


async def test_nobody_waits_for_a_model_that_never_answers(scene: Scene) -> None:
    before = await scene.plan()
    async with asking(scene, Stuck()), interviewed(scene) as held:
        assert held.asked == [before[0][1], before[1][1]]
        await scene.heard(await held.speak(), NO_RESULT)
        await held.until(held.held)
        await held.wait(3_000)
        assert held.asked[2] == neutral.load()["result"].text.ko
        await held.speak()
        await held.done()  # before anybody has read what was said
        assert held.asked[3] == before[2][1]
    assert {source for source, _ in await scene.plan()} == {"bank", "template"}


async def test_without_a_model_the_bank_asks_and_a_whole_answer_is_not_followed_up(
    scene: Scene,
) -> None:
    before = await scene.plan()
    async with asking(scene, None), interviewed(scene) as held:
        key = await held.speak()
        await scene.heard(key, NO_RESULT)
        await held.until(held.held)
        await held.speak()
        await scene.heard(key, RESULT)
        await held.until(lambda: held.held(2))
        await held.wait(3_000)
        assert held.asked[2] == before[2][1]
        await scene.settled(["unasked"])
