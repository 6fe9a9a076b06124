"""What central asks of the room, as flow values: the part of `wire` for commands."""

from __future__ import annotations

from dataclasses import fields

from daedam.v1 import interview_pb2
from edge_agent import flow


def body(message: interview_pb2.Command) -> flow.CommandBody | None:
    """What it asks for; None where this agent does not know it."""
    match message.WhichOneof("body"):
        case "start_interview":
            return flow.StartInterview(_plan(message.start_interview.plan))
        case "end_interview":
            return flow.EndInterview(message.end_interview.reason)
        case "configure":
            return _configure(message.configure)
        case "check_room":
            return flow.CheckRoom()
        case "analyse_video":
            return _analyse_video(message.analyse_video)
    return _steering(message)


def _steering(message: interview_pb2.Command) -> flow.CommandBody | None:
    match message.WhichOneof("body"):
        case "push_question":
            return flow.PushQuestion(_question(message.push_question.question))
        case "hold_follow_up":
            return _hold(message.hold_follow_up)
        case "skip_question":
            skip = message.skip_question
            return flow.SkipQuestion(skip.reason, skip.turn_id)
        case "calibrate_gaze":
            return _calibrate(message.calibrate_gaze)
    return _for_the_candidate(message)


def _for_the_candidate(message: interview_pb2.Command) -> flow.CommandBody | None:
    match message.WhichOneof("body"):
        case "admit_candidate":
            return flow.AdmitCandidate()
        case "answer_help":
            return flow.AnswerHelp(message.answer_help.call_id)
        case "mark_disturbed":
            return flow.MarkDisturbed(message.mark_disturbed.cause)
    return None


def _hold(message: interview_pb2.HoldFollowUp) -> flow.HoldFollowUp:
    question = _question(message.question) if message.HasField("question") else None
    return flow.HoldFollowUp(question, message.after_question_id, message.utterances)


def _calibrate(message: interview_pb2.CalibrateGaze) -> flow.CalibrateGaze | None:
    try:
        return flow.CalibrateGaze(flow.CalibrateStep(message.step))
    except ValueError:
        return None  # a step of a newer central


def _analyse_video(message: interview_pb2.AnalyseVideo) -> flow.AnalyseVideo:
    return flow.AnalyseVideo(
        plan=_plan(message.plan),
        video_id=message.video_id,
        size_bytes=message.size_bytes,
        sha256=message.sha256,
        preset=message.preset,
        answer_starts_ms=tuple(message.answer_starts_ms),
        ai_scoring=message.ai_scoring,
        longest_s=message.longest_s,
    )


def _configure(message: interview_pb2.Configure) -> flow.Configure:
    settings = []
    for one in message.settings:
        kind = one.WhichOneof("value")
        settings.append(flow.Setting(one.key, getattr(one, kind) if kind else None))
    return flow.Configure(message.version, message.changed_by, tuple(settings))


def _plan(plan: interview_pb2.InterviewPlan) -> flow.InterviewPlan:
    return flow.InterviewPlan(
        interview_id=plan.interview_id,
        candidate_name=plan.candidate_name,
        language=plan.language,
        questions=tuple(map(_question, plan.questions)),
        answer_end_silence_ms=plan.answer_end_silence_ms,
        no_answer_prompt_ms=plan.no_answer_prompt_ms,
        notice_version=plan.notice_version,
        calibrate=plan.calibrate,
        policy=_policy(plan.policy) if plan.HasField("policy") else None,
        typed_answers=plan.typed_answers,
        check_in=_check_in(plan.check_in_code) if plan.HasField("check_in_code") else None,
        check_devices=plan.check_devices,
        practice=plan.practice,
        receipt=flow.Receipt(*(getattr(plan.receipt, one.name) for one in fields(flow.Receipt))),
    )


def _check_in(said: interview_pb2.CheckInCode) -> flow.CheckInCode:
    return flow.CheckInCode(said.salt.hex(), said.digest.hex(), said.rounds)


def _policy(said: interview_pb2.Policy) -> flow.Policy:
    """A permission that this agent does not know is none."""
    known = set(flow.Permission)
    names = (one.name for one in fields(flow.Channels))
    allowed = {name: number if (number := getattr(said, name)) in known else 1 for name in names}
    permissions = {name: flow.Permission(number) for name, number in allowed.items()}
    return flow.Policy(
        said.profile,
        said.version,
        **permissions,
        pause_in_answer=said.pause_in_answer,
        confirm_transcript=said.confirm_transcript,
    )


def _question(one: interview_pb2.PlannedQuestion) -> flow.PlannedQuestion:
    return flow.PlannedQuestion(
        question_id=one.question_id,
        text=one.text,
        think_ms=one.think_ms,
        answer_limit_ms=one.answer_limit_ms,
        category=one.category,
    )
