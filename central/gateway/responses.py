"""What the gateway says to a room, as wire messages."""

from __future__ import annotations

from typing import Any, Final, TypeAlias, assert_never

import msgspec

from central.bus.events import CaptionChanged, NoticeSent, TranscriptAdded
from central.interview import commands
from central.interview.check_in import CheckInCode
from central.interview.policy import CHANNELS, Policy
from daedam.v1 import interview_pb2, live_pb2, room_pb2

SessionResponse: TypeAlias = room_pb2.SessionResponse

Steering: TypeAlias = (
    commands.PushQuestion
    | commands.HoldFollowUp
    | commands.SkipQuestion
    | commands.CalibrateGaze
    | commands.AdmitCandidate
)

_STEPS: Final[dict[commands.CalibrateStep, Any]] = {
    "offer": interview_pb2.CALIBRATE_STEP_OFFER,
    "begin": interview_pb2.CALIBRATE_STEP_BEGIN,
    "skip": interview_pb2.CALIBRATE_STEP_SKIP,
}


def welcome(
    resume_after: int, crc: int, window_bytes: int, room_name: str, now_ns: int
) -> SessionResponse:
    """Where the room goes on, and what central's clock says (`now_ns`)."""
    return SessionResponse(
        welcome=room_pb2.Welcome(
            resume_after=resume_after,
            crc_at_resume=crc,
            window_bytes=window_bytes,
            room_name=room_name,
            central_wall_ns=now_ns,
        )
    )


def ack(up_to: int) -> SessionResponse:
    """Everything up to this sequence is committed."""
    return SessionResponse(ack=room_pb2.Ack(up_to=up_to))


def reject(seq: int, reason: int, detail: str) -> SessionResponse:
    """One record is in quarantine."""
    number: Any = reason
    return SessionResponse(reject=room_pb2.Reject(seq=seq, reason=number, detail=detail))


def drain(after_ms: int) -> SessionResponse:
    """Come back in a moment."""
    return SessionResponse(drain=room_pb2.Drain(after_ms=after_ms))


def command(command_id: int, expires_wall_ns: int, body: dict[str, Any]) -> SessionResponse:
    """A row of `room_commands`. Raises `msgspec.ValidationError` where its body is none."""
    what = msgspec.convert(body, commands.CommandBody)
    message = interview_pb2.Command(command_id=str(command_id), expires_wall_ns=expires_wall_ns)
    match what:
        case commands.StartInterview():
            message.start_interview.plan.CopyFrom(_plan(what.plan))
        case commands.EndInterview():
            message.end_interview.reason = what.reason
            message.end_interview.SetInParent()
        case commands.Configure():
            message.configure.CopyFrom(_configure(what))
        case commands.AnalyseVideo():
            message.analyse_video.CopyFrom(_analyse_video(what))
        case _:
            _of_the_room(message, what)
    return SessionResponse(command=message)


def _of_the_room(
    message: interview_pb2.Command,
    what: commands.CheckRoom | commands.AnswerHelp | commands.MarkDisturbed | Steering,
) -> None:
    match what:
        case commands.CheckRoom():
            message.check_room.SetInParent()
        case commands.AnswerHelp():
            message.answer_help.call_id = what.call_id
        case commands.MarkDisturbed():
            message.mark_disturbed.cause = what.cause
        case _:
            _steer(message, what)


def _steer(message: interview_pb2.Command, what: Steering) -> None:
    match what:
        case commands.PushQuestion():
            message.push_question.question.CopyFrom(_question(what.question))
        case commands.HoldFollowUp():
            message.hold_follow_up.CopyFrom(_hold(what))
        case commands.SkipQuestion():
            message.skip_question.reason = what.reason
            message.skip_question.turn_id = what.turn_id
            message.skip_question.SetInParent()
        case commands.CalibrateGaze():
            message.calibrate_gaze.step = _STEPS[what.step]
        case commands.AdmitCandidate():
            message.admit_candidate.SetInParent()
        case _:
            assert_never(what)


def _analyse_video(what: commands.AnalyseVideo) -> interview_pb2.AnalyseVideo:
    return interview_pb2.AnalyseVideo(
        plan=_plan(what.plan),
        video_id=what.video_id,
        size_bytes=what.size_bytes,
        sha256=bytes.fromhex(what.sha256),
        preset=what.preset,
        answer_starts_ms=what.answer_starts_ms,
        ai_scoring=what.ai_scoring,
        longest_s=what.longest_s,
    )


def feedback(event: CaptionChanged | TranscriptAdded | NoticeSent) -> SessionResponse:
    """What the kiosk shows of an event."""
    message = live_pb2.Feedback()
    match event:
        case CaptionChanged():
            message.caption.CopyFrom(
                live_pb2.Caption(
                    turn_id=event.turn_id,
                    stable=event.stable,
                    tail=event.tail,
                    engine=event.engine,
                )
            )
        case TranscriptAdded():
            message.final_text.CopyFrom(
                live_pb2.FinalText(
                    turn_id=event.turn_id,
                    utterance_id=event.utterance_id,
                    text=event.text,
                    engine=event.engine,
                )
            )
        case NoticeSent():
            message.notice.text = event.text
        case _:
            assert_never(event)
    return SessionResponse(feedback=message)


def _configure(what: commands.Configure) -> interview_pb2.Configure:
    return interview_pb2.Configure(
        version=what.version,
        changed_by=what.changed_by,
        settings=[
            interview_pb2.Setting(key=one.key, number=one.value)
            if isinstance(one.value, int)
            else interview_pb2.Setting(key=one.key, text=one.value)
            for one in what.settings
        ],
    )


def _plan(plan: commands.InterviewPlan) -> interview_pb2.InterviewPlan:
    return interview_pb2.InterviewPlan(
        interview_id=plan.interview_id,
        candidate_name=plan.candidate_name,
        language=plan.language,
        questions=[_question(question) for question in plan.questions],
        answer_end_silence_ms=plan.answer_end_silence_ms,
        no_answer_prompt_ms=plan.no_answer_prompt_ms,
        notice_version=plan.notice_version,
        calibrate=plan.calibrate,
        policy=None if plan.policy is None else _policy(plan.policy),
        typed_answers=plan.typed_answers,
        receipt=interview_pb2.Receipt(**msgspec.structs.asdict(plan.receipt)),
        check_in_code=None if plan.check_in is None else _check_in(plan.check_in),
        check_devices=plan.check_devices,
        practice=plan.practice,
    )


def _check_in(code: CheckInCode) -> interview_pb2.CheckInCode:
    return interview_pb2.CheckInCode(
        salt=bytes.fromhex(code.salt), digest=bytes.fromhex(code.digest), rounds=code.rounds
    )


def _policy(policy: Policy) -> interview_pb2.Policy:
    message = interview_pb2.Policy(
        profile=policy.profile,
        version=policy.version,
        pause_in_answer=policy.pause_in_answer,
        confirm_transcript=policy.confirm_transcript,
    )
    for name in CHANNELS:
        permission = f"PERMISSION_{getattr(policy.channels, name).upper()}"
        setattr(message, name, interview_pb2.Permission.Value(permission))
    return message


def _hold(what: commands.HoldFollowUp) -> interview_pb2.HoldFollowUp:
    return interview_pb2.HoldFollowUp(
        question=None if what.question is None else _question(what.question),
        after_question_id=what.after_question_id,
        utterances=what.utterances,
    )


def _question(question: commands.PlannedQuestion) -> interview_pb2.PlannedQuestion:
    return interview_pb2.PlannedQuestion(
        question_id=question.question_id,
        text=question.text,
        think_ms=question.think_ms,
        answer_limit_ms=question.answer_limit_ms,
        category=question.category,
    )
