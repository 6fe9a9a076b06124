"""What a candidate says of the words that were understood: kept beside them, and waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg
import pytest

from central.bus import subjects
from central.bus.events import TurnChanged
from central.steward.round import one_round
from central.storage import confirmations, turns
from daedam.v1 import interview_pb2, record_pb2
from edge_agent.config import Central
from edge_agent.flow import AnswerWords, UtteranceWords
from edge_agent.uplink.understood import WordsDoor
from tests.fakes.room_client import event, record, room
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

STARTED = interview_pb2.TURN_EVENT_KIND_INTERVIEW_STARTED
FINISHED = interview_pb2.TURN_EVENT_KIND_INTERVIEW_FINISHED
RIGHT, MISHEARD = interview_pb2.CONFIRM_VERDICT_RIGHT, interview_pb2.CONFIRM_VERDICT_MISHEARD
KIND = record_pb2.RECORD_KIND_ANSWER_CONFIRMED
HEARD = "we deployed cooper net is again"


async def asks(site: Site, *, answers: int = 2) -> int:
    """A live interview whose candidate is yet to confirm; its turns are t0, t1, ..."""
    interview = await site.interview()
    await site.fetch(
        "update interviews set status = 'live', scoring_consent = true, awaits_words = true,"
        " policy = '{\"confirm_transcript\": true}' where id = %s",
        interview,
    )
    for number in range(answers):
        turn = await site.turn(interview, f"t{number}", utterances=2)
        await said(site, interview, turn, f"u{number}.0", HEARD)
        await said(site, interview, turn, f"u{number}.1", "it went well")
    return interview


async def said(site: Site, interview: int, turn: int, key: str, text: str) -> None:
    await site.fetch(
        "insert into transcripts (interview_id, turn_id, utterance_key, speaker, text, language,"
        " ordinal, started_at, ended_at, engine)"
        " values (%s, %s, %s, 'User', %s, 'en', %s, now(), now(), 'e')",
        interview, turn, key, text, int(key[-1]),
    )  # fmt: skip


def confirmed(
    turn: str, verdict: interview_pb2.ConfirmVerdict = RIGHT, **written: str
) -> interview_pb2.AnswerConfirmed:
    """`written`: by utterance, as u0_0."""
    number = turn[1:]
    return interview_pb2.AnswerConfirmed(
        turn_id=turn,
        verdict=verdict,
        utterance_ids=[f"u{number}.0", f"u{number}.1"],
        corrections=[
            interview_pb2.Correction(utterance_id=key.replace("_", "."), text=text)
            for key, text in written.items()
        ],
    )


async def send(site: Site, records: Sequence[record_pb2.Record]) -> list[int]:
    """Through a gateway; the sequences that were refused."""
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records(records)
        return [one.seq for one in await client.acked(records[-1].seq)]


async def to_mark(site: Site) -> list[str]:
    return [row[0] for row in await site.fetch("select key from jobs order by key")]


async def test_both_versions_are_kept_once_and_live_pages_are_told(site: Site) -> None:
    interview = await asks(site)
    word = confirmed("t0", u0_0="we deployed Kubernetes again")
    async with site.bus.subscribe_live(subjects.live(site.room, "turn")) as live:
        await send(site, [record(1, KIND, word, interview), record(2, KIND, word, interview)])
        async with asyncio.timeout(3):
            heard = await anext(live)
    assert isinstance(heard, TurnChanged)
    assert (heard.step, heard.text) == ("confirmed", "right")
    rows = await site.fetch(
        "select s.text, c.text, c.counts, c.words from corrections c"
        " join transcripts s on s.id = c.transcript_id"
    )
    assert rows == [(HEARD, "we deployed Kubernetes again", True, None)]
    assert await site.fetch("select verdict, sentences from confirmations") == [("right", 2)]


async def test_a_rewrite_is_kept_and_does_not_count(site: Site) -> None:
    interview = await asks(site)
    word = confirmed("t0", u0_1="I led forty engineers to a record year")
    await send(site, [record(1, KIND, word, interview)])
    assert await site.fetch("select counts from corrections") == [(False,)]


async def test_marks_wait_for_the_candidates_word_and_no_longer_than_the_interview(
    site: Site,
) -> None:
    interview = await asks(site)
    assert await to_mark(site) == []
    ids = [str(row[0]) for row in await site.fetch("select id from turns order by id")]
    word = record(1, KIND, confirmed("t0", MISHEARD), interview)
    await send(site, [word])
    assert await to_mark(site) == ids[:1]
    await send(site, [word, event(2, interview, FINISHED, text="completed")])
    assert await to_mark(site) == ids
    assert await site.fetch("select status, awaits_words from interviews") == [("completed", False)]


async def test_only_an_interview_whose_policy_asks_waits(site: Site) -> None:
    for number, policy in enumerate(['{"confirm_transcript": true}', "{}", None]):
        interview = await site.interview()
        await site.fetch("update interviews set policy = %s where id = %s", policy, interview)
        await send(site, [event(1, interview, STARTED)])
        rows = await site.fetch("select awaits_words from interviews where id = %s", interview)
        assert rows == [(number == 0,)]


async def test_a_room_that_never_comes_back_is_not_waited_for(site: Site) -> None:
    interview = await asks(site)
    today, url = datetime.now(UTC).date(), site.config.database.url
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        assert (await one_round(conn, today)).forsaken == ()
        await site.fetch("update transcripts set created_at = now() - interval '121 minutes'")
        assert (await one_round(conn, today)).forsaken == (interview,)
        assert len(await to_mark(site)) == 2
        assert (await one_round(conn, today)).forsaken == ()
    turn = (await site.fetch("select min(id) from turns"))[0][0]
    await send(site, [record(1, KIND, confirmed("t0"), interview)])
    assert f"{turn}:confirmed" in await to_mark(site)  # it was believed all the same


@pytest.mark.parametrize(
    "word",
    [
        interview_pb2.AnswerConfirmed(verdict=RIGHT),
        interview_pb2.AnswerConfirmed(turn_id="t0"),
        confirmed("t0", u0_0=" "),
        confirmed("t0", u0_0="a\0b"),
        confirmed("t0", u0_0="x" * 16_001),
        interview_pb2.AnswerConfirmed(turn_id="t0", verdict=RIGHT, utterance_ids=["u"] * 2_001),
    ],
    ids=["no turn", "no verdict", "no text", "NUL", "too long", "too many"],
)
async def test_what_cannot_be_believed_is_refused(
    site: Site, word: interview_pb2.AnswerConfirmed
) -> None:
    interview = await asks(site, answers=1)
    assert await send(site, [record(1, KIND, word, interview)]) == [1]
    assert await site.fetch("select 1 from confirmations") == []


async def test_words_of_nobody_change_nothing(site: Site) -> None:
    """Of another turn, another answer's utterance, and one that was typed."""
    interview = await asks(site)
    turn = (await site.fetch("select max(id) from turns"))[0][0]
    await site.fetch("update transcripts set engine = 'typed' where utterance_key = 'u1.1'")
    words = [confirmed("t9", u0_0="x"), confirmed("t1", u0_0="once", u1_1="it went very well")]
    await send(site, [record(n, KIND, word, interview) for n, word in enumerate(words, 1)])
    assert await site.fetch("select 1 from corrections") == []
    assert await site.fetch("select turn_id from confirmations") == [(turn,)]


def door(site: Site, address: str) -> WordsDoor:
    files = site.agent
    return WordsDoor(
        Central(
            address,
            ca=files.authority,
            certificate=files.certificate,
            private_key=files.private_key,
            identity=files.certificate.parent / "none.pem",
        )
    )


async def test_a_room_reads_what_was_understood_of_its_own_live_interview(site: Site) -> None:
    interview = await asks(site, answers=1)
    late = await site.turn(interview, "t1", utterances=2)
    await said(site, interview, late, "u1.0", "thank you")
    await site.turn(interview, "t2")
    lost = await site.turn(interview, "t3", utterances=0)
    await site.fetch("update turns set end_reason = 'disturbed' where id = %s", lost)
    await site.fetch("update transcripts set accepted = false where utterance_key = 'u0.1'")
    async with site.gateway() as address:
        words = door(site, address)
        assert await words.fetch(str(interview)) == (
            AnswerWords("t0", (UtteranceWords("u0.0", HEARD),), True),
            AnswerWords("t1", (UtteranceWords("u1.0", "thank you"),), False),
        )
        assert await words.fetch("x") == ()
        for change in (
            "update interviews set room_id = null where id = %s",
            "update interviews set status = 'completed' where id = %s",
            "update interviews set awaits_words = false where id = %s",
        ):
            before = await site.fetch(
                "select room_id, status, awaits_words from interviews where id = %s", interview
            )
            await site.fetch(change, interview)
            assert await words.fetch(str(interview)) == ()
            await site.fetch(
                "update interviews set room_id = %s, status = %s, awaits_words = %s where id = %s",
                *before[0],
                interview,
            )


async def test_the_last_words_and_the_end_that_come_at_once_have_it_marked_once(
    site: Site,
) -> None:
    """Whichever locks first: neither waits for the other for ever, and none overlooks it."""

    async def read(interview: int, turn: int) -> None:
        async with site.pool.connection() as conn:
            await conn.execute(
                "insert into transcripts (interview_id, turn_id, speaker, text, language, ordinal,"
                " started_at, ended_at, engine) values (%s, %s, 'User', 'x', 'en', 1, now(), now(),"
                " 'e')",
                (interview, turn),
            )
            await turns.settle_turn(conn, turn)
            await turns.settle_interview(conn, interview)

    async def end(interview: int) -> None:
        async with site.pool.connection() as conn:
            await confirmations.over(conn, interview)
            await turns.settle_interview(conn, interview)

    expected = []
    for _ in range(10):
        interview = await asks(site, answers=0)
        turn = await site.turn(interview, f"late{interview}", utterances=1)
        async with asyncio.timeout(10):
            await asyncio.gather(read(interview, turn), end(interview))
        expected.append(str(turn))
    assert await to_mark(site) == sorted(expected)
