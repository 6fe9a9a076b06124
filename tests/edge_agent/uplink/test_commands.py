"""What central asks of a room, and tells it, arrives as it was meant."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from google.protobuf.json_format import MessageToDict

from daedam.v1 import interview_pb2, live_pb2
from edge_agent import flow
from edge_agent.uplink import wire

pytestmark = pytest.mark.unit


def test_a_command_of_a_newer_central_is_known_to_be_unknown() -> None:
    arrived = wire.command(interview_pb2.Command(command_id="9", expires_wall_ns=5))
    assert arrived == flow.Command("9", 5, None)


def test_a_plan_arrives_whole() -> None:
    question = interview_pb2.PlannedQuestion(
        question_id="3", text="왜?", think_ms=5, answer_limit_ms=9, category="technical"
    )
    plan = interview_pb2.InterviewPlan(
        interview_id="1", candidate_name="김", language="ko", questions=[question], calibrate=True
    )
    sent = interview_pb2.Command(
        command_id="1", start_interview=interview_pb2.StartInterview(plan=plan)
    )
    arrived = wire.command(sent).body
    assert isinstance(arrived, flow.StartInterview)
    expected = MessageToDict(
        plan, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    whole = {**asdict(arrived.plan), "questions": [asdict(arrived.plan.questions[0])]}
    assert whole.pop("policy") is None  # of a central that knows none
    assert whole.pop("receipt") == asdict(flow.NO_RECEIPT)
    assert whole.pop("check_in") is None
    assert whole == expected


@pytest.mark.parametrize("text", ["그 결과는 어땠나요?", None])
def test_a_follow_up_to_be_held_arrives_whole(text: str | None) -> None:
    question = None if text is None else interview_pb2.PlannedQuestion(question_id="7", text=text)
    held = interview_pb2.HoldFollowUp(question=question, after_question_id="3", utterances=2)
    arrived = wire.command(interview_pb2.Command(command_id="1", hold_follow_up=held)).body
    assert isinstance(arrived, flow.HoldFollowUp)
    assert (arrived.after_question_id, arrived.utterances) == ("3", 2)
    assert (arrived.question and arrived.question.text) == text


def test_what_a_plan_says_of_channels_arrives_and_what_it_does_not_say_is_off() -> None:
    sent = interview_pb2.Policy(
        profile="eu",
        version="7",
        gaze=interview_pb2.PERMISSION_ON,
        hands=interview_pb2.PERMISSION_WITH_SCORING,
        confirm_transcript=True,
        emotion=9,  # type: ignore[arg-type] # of a later contract
    )
    plan = interview_pb2.InterviewPlan(interview_id="1", policy=sent)
    command = interview_pb2.Command(start_interview=interview_pb2.StartInterview(plan=plan))
    body = wire.command(command).body
    assert isinstance(body, flow.StartInterview)
    on, off, scored = flow.Permission.ON, flow.Permission.OFF, flow.Permission.WITH_SCORING
    assert body.plan.policy == flow.Policy(
        "eu", "7", on, off, off, scored, off, off, confirm_transcript=True
    )


@pytest.mark.parametrize(
    ("message", "value"),
    [
        (
            live_pb2.Feedback(
                caption=live_pb2.Caption(turn_id="t", stable="a", tail="b", engine="e")
            ),
            flow.Caption("t", "a", "b", "e"),
        ),
        (
            live_pb2.Feedback(
                final_text=live_pb2.FinalText(turn_id="t", utterance_id="u", text="x", engine="e")
            ),
            flow.FinalText("t", "u", "x", "e"),
        ),
        (live_pb2.Feedback(notice=live_pb2.Notice(text="soon")), flow.Notice("soon")),
        (live_pb2.Feedback(), None),
    ],
)
def test_feedback_is_understood_or_ignored(
    message: live_pb2.Feedback, value: flow.Feedback | None
) -> None:
    assert wire.feedback(message) == value


def test_the_sites_own_words_for_the_end_arrive() -> None:
    receipt = interview_pb2.Receipt(
        url="u", kept_ko="k", kept_en="e", ask_ko="a", ask_en="b", kept_until="2027-05-28"
    )
    plan = interview_pb2.InterviewPlan(interview_id="1", receipt=receipt, typed_answers=True)
    sent = interview_pb2.Command(
        command_id="1", start_interview=interview_pb2.StartInterview(plan=plan)
    )
    body = wire.command(sent).body
    assert isinstance(body, flow.StartInterview)
    assert body.plan.receipt == flow.Receipt("u", "k", "e", "a", "b", "2027-05-28")
    assert body.plan.typed_answers
