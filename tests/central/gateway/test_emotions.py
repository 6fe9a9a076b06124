"""Looks at faces on their way in: hostile ones are refused, forbidden ones kept from every report."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from central.errors import RecordError
from central.gateway.wire import read_record
from central.interview.facts import EmotionReadings
from central.policy import load
from daedam.v1 import measuring_pb2, record_pb2
from tests.fakes.room_client import record, room
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

KIND = record_pb2.RECORD_KIND_EMOTION_READINGS
SMILE = [50, 0, 0, 700, 0, 50, 200]
Look = measuring_pb2.EmotionLook


def readings(*looks: Look, **more: Any) -> measuring_pb2.EmotionReadings:
    return measuring_pb2.EmotionReadings(
        first_mono_ns=7, model="a network", turn_id="t0", looks=looks, **more
    )


def test_a_second_is_summed_and_no_single_look_is_kept() -> None:
    turned = Look(abstained=measuring_pb2.EMOTION_ABSTENTION_TURNED)
    smile = Look(probability_milli=SMILE)
    fact = read_record(record(1, KIND, readings(smile, smile, turned), 5)).fact
    assert isinstance(fact, EmotionReadings)
    assert (fact.second.answered, fact.second.abstained) == (2, {"turned": 1})
    assert fact.second.sums[3] == pytest.approx(1.4)
    assert (fact.second.rest_looks, fact.second.calibrated) == (None, None)


@pytest.mark.parametrize(("log_p", "is_known"), [([-100] * 7, True), ([], False)])
def test_a_face_at_rest_is_told(log_p: list[int], is_known: bool) -> None:
    neutral = measuring_pb2.EmotionNeutral(looks=3, log_p_milli=log_p)
    fact = read_record(record(1, KIND, readings(neutral=neutral), 5)).fact
    assert isinstance(fact, EmotionReadings)
    assert (fact.second.rest_looks, fact.second.calibrated) == (3, is_known)


@pytest.mark.parametrize(
    "message",
    [
        readings(Look(probability_milli=[1000])),
        readings(Look(probability_milli=[2000] + [0] * 6)),
        readings(*[Look()] * 300),
        measuring_pb2.EmotionReadings(turn_id="a\0b"),
    ],
)
def test_what_is_no_second_of_looks_is_refused(message: measuring_pb2.EmotionReadings) -> None:
    with pytest.raises(RecordError):
        read_record(record(1, KIND, message, 5))


def test_looks_without_an_interview_are_refused() -> None:
    with pytest.raises(RecordError, match="name its interview"):
        read_record(record(1, KIND, readings()))


@pytest.mark.parametrize(
    ("profile", "scoring", "emotion", "kept"),
    [
        ("kr", True, True, 1),
        ("kr", True, False, 0),
        ("kr", False, True, 0),
        ("kr", True, None, 0),
        ("eu", True, True, 0),
    ],
)
async def test_only_what_policy_and_candidate_allow_is_kept_for_reports(
    site: Site, profile: str, scoring: bool, emotion: bool | None, kept: int
) -> None:
    """The consent comes in the same transaction."""
    interview = await site.interview()
    policy = msgspec.json.encode(load("kr").named(profile)).decode()
    await site.fetch("update interviews set policy = %s::jsonb where id = %s", policy, interview)
    consent = record_pb2.Consent(
        recording=True,
        ai_scoring=scoring,
        emotion=emotion,
        emotion_notice_version="emotion-2026-11",
        notice_version="2026-11",
        language="ko",
    )
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records(
            [
                record(1, record_pb2.RECORD_KIND_CONSENT, consent, interview),
                record(2, KIND, readings(Look(probability_milli=SMILE)), interview),
            ]
        )
        await client.acked(2)
    rows = await site.fetch("select turn_key, answered, sums->>3 from emotion_seconds")
    assert rows == [("t0", 1, "0.7")] * kept
    assert await site.fetch("select emotion_consent from interviews") == [(emotion,)]
    told = await site.fetch("select emotion, emotion_notice_version from consents")
    assert told == [(emotion, "emotion-2026-11")]
