"""Whatever a room sends becomes a fact or a `RecordError`, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import google_crc32c
import pytest
from google.protobuf.message import DecodeError
from hypothesis import given
from hypothesis import strategies as st

from central.bus.events import NoticeSent
from central.errors import RecordError
from central.gateway import heartbeat, wire
from central.gateway.mailbox import MAX_CONTROL, Mailbox, MailboxFull
from central.gateway.responses import drain, feedback, reject
from daedam.v1 import live_pb2, record_pb2, room_pb2

pytestmark = pytest.mark.unit


@given(
    kind=st.integers(min_value=0, max_value=20),
    payload=st.binary(max_size=200),
    interview=st.text(max_size=30),
    seq=st.integers(min_value=0, max_value=2**64 - 1),
)
def test_any_bytes_are_a_fact_or_a_refusal_that_can_be_kept(
    kind: int, payload: bytes, interview: str, seq: int
) -> None:
    number: Any = kind
    record = record_pb2.Record(
        seq=seq,
        kind=number,
        interview_id=interview,
        payload=payload,
        crc32c=google_crc32c.value(payload),
    )
    try:
        fact = wire.read_record(record)
    except RecordError as error:
        kept = wire.refused(record, error)
        assert kept.payload == payload
        assert "\0" not in kept.interview_ref
        assert wire.reason_name(error.reason) in {"malformed", "not_assigned"}  # noqa: PT017
    else:
        assert fact.payload == payload


async def test_a_stream_says_the_important_first_and_only_the_newest_of_what_ages() -> None:
    mailbox = Mailbox()
    mailbox.caption(feedback(NoticeSent("r", "old caption")))
    mailbox.caption(feedback(NoticeSent("r", "caption")))
    mailbox.final(feedback(NoticeSent("r", "final")))
    mailbox.acknowledge(1)
    mailbox.acknowledge(2)
    mailbox.control(reject(2, wire.CORRUPT, "x"))
    mailbox.control(drain(5))
    said = [await mailbox.next() for _ in range(5)]
    assert [one.WhichOneof("message") for one in said] == [
        "reject", "drain", "ack", "feedback", "feedback",
    ]  # fmt: skip
    assert said[2].ack.up_to == 2
    assert [one.feedback.notice.text for one in said[3:]] == ["final", "caption"]


def test_a_room_that_does_not_read_cannot_fill_the_memory() -> None:
    mailbox = Mailbox()
    for _ in range(MAX_CONTROL):
        mailbox.control(drain(5))
    with pytest.raises(MailboxFull):
        mailbox.control(drain(5))


def test_a_heartbeat_is_kept_with_what_was_measured_and_nothing_else() -> None:
    sent = room_pb2.Heartbeat(
        wall_ns=5_000_000_000,
        fps=float("nan"),
        records_appended=7,
        faults=["camera:\0 gone"],
        vitals=room_pb2.Vitals(silent_ms=0, phase=live_pb2.PHASE_IDLE, cpu_ratio=float("inf")),
    )
    kept = heartbeat.read_health(sent, 3_500_000_000)
    assert (kept["fps"], kept["records_appended"], kept["faults"]) == (None, 7, ["camera: gone"])
    assert (kept["silent_ms"], kept["phase"], kept["cpu_ratio"]) == (0, "idle", None)
    assert kept["clock_skew_ms"] == 1_500
    assert "disk_free_bytes" not in kept
    json.dumps(kept, allow_nan=False)


@given(st.binary(max_size=120))
def test_any_heartbeat_can_be_kept(sent: bytes) -> None:
    try:
        beat = room_pb2.Heartbeat.FromString(sent)
    except DecodeError:
        return
    kept = json.dumps(heartbeat.read_health(beat, 0), allow_nan=False)
    assert "\\u0000" not in kept
