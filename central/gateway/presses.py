"""What a candidate pressed or wrote on the kiosk, and what disturbed them, as facts: the part of `wire`
for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from central.interview import facts
from daedam.v1 import interview_pb2, record_pb2

MAX_NAME: Final = 64
RATINGS: Final = range(1, 6)
MOST_UTTERANCES: Final = 2_000
MOST_CORRECTED: Final = 16_000
"""Characters; rooms write half of it at most."""


def _consent(m: record_pb2.Consent) -> facts.Consent:
    emotion = m.emotion if m.HasField("emotion") else None
    version = m.emotion_notice_version[:MAX_NAME]
    return facts.Consent(m.recording, m.ai_scoring, m.notice_version, m.language, emotion, version)


def _help_call(m: interview_pb2.HelpCall) -> facts.HelpCall:
    if not m.call_id:
        raise ValueError("a call has no id")
    step = interview_pb2.HelpStep.Name(m.step).removeprefix("HELP_STEP_").lower()
    return facts.HelpCall(m.call_id, step, m.turn_id)


def _disturbance(m: record_pb2.Disturbance) -> facts.Disturbance:
    return facts.Disturbance(m.from_mono_ns, m.to_mono_ns, m.cause[:MAX_NAME], m.turn_id)


def _answer_typed(m: interview_pb2.AnswerTyped) -> facts.AnswerTyped:
    if not (m.answer_id and m.turn_id and m.text.strip()):
        raise ValueError("an answer in writing has no id, no turn or no text")
    return facts.AnswerTyped(m.answer_id, m.turn_id, m.text, m.language[:MAX_NAME], m.ordinal)


def _answer_confirmed(m: interview_pb2.AnswerConfirmed) -> facts.AnswerConfirmed:
    written = tuple(facts.Correction(one.utterance_id, one.text) for one in m.corrections)
    texts = [one.text for one in written]
    if not m.turn_id or "\0" in "".join(texts) or not all(text.strip() for text in texts):
        raise ValueError("a confirmation has no turn, or a correction no text")
    if max(len(m.utterance_ids), len(written)) > MOST_UTTERANCES:
        raise ValueError("a confirmation has more utterances than any answer")
    if sum(map(len, texts)) > MOST_CORRECTED:
        raise ValueError("the corrections of an answer are too long")
    verdict = interview_pb2.ConfirmVerdict.Name(m.verdict).removeprefix("CONFIRM_VERDICT_")
    keys = tuple(m.utterance_ids)
    return facts.AnswerConfirmed(m.turn_id, verdict.lower(), keys, written)


def _survey_answered(m: interview_pb2.SurveyAnswered) -> facts.SurveyAnswered:
    if not (m.answer_id and m.ease in RATINGS and m.fairness in RATINGS):
        raise ValueError("a survey has no id, or an answer that is none of 1 to 5")
    return facts.SurveyAnswered(m.answer_id, m.ease, m.fairness)


KINDS: Final[dict[int, tuple[Any, Callable[[Any], facts.Fact] | None]]] = {
    record_pb2.RECORD_KIND_CONSENT: (record_pb2.Consent, _consent),
    record_pb2.RECORD_KIND_DISTURBANCE: (record_pb2.Disturbance, _disturbance),
    record_pb2.RECORD_KIND_ANSWER_TYPED: (interview_pb2.AnswerTyped, _answer_typed),
    record_pb2.RECORD_KIND_ANSWER_CONFIRMED: (
        interview_pb2.AnswerConfirmed,
        _answer_confirmed,
    ),
    record_pb2.RECORD_KIND_SURVEY_ANSWERED: (interview_pb2.SurveyAnswered, _survey_answered),
    record_pb2.RECORD_KIND_HELP_CALL: (interview_pb2.HelpCall, _help_call),
}
