"""What the room itself says to the candidate, beside the questions."""

from __future__ import annotations

_AGAIN = {
    "break": {
        "ko": "잠시 기술적인 문제로 끊겼습니다. 죄송합니다. 질문을 다시 읽어 드리겠습니다.",
        "en": "Sorry, we had a short technical break. Here is the question again.",
    },
    "noise": {
        "ko": "방해가 되어 죄송합니다. 질문을 다시 읽어 드리겠습니다.",
        "en": "Sorry for the disturbance. Here is the question again.",
    },
}


_CAN_YOU_HEAR = {
    "ko": "안녕하세요. 이 소리가 잘 들리시나요?",
    "en": "Hello. Can you hear this well?",
}
_PRACTICE = {
    "ko": "연습 질문입니다. 오늘 여기까지 어떻게 오셨나요?",
    "en": "This is a practice question. How did you get here today?",
}


def can_you_hear(language: str) -> str:
    """Spoken while a candidate tries the loudspeaker."""
    return _in(_CAN_YOU_HEAR, language)


def practice_question(language: str) -> str:
    """Asked before the first question; its answer counts for nothing."""
    return _in(_PRACTICE, language)


def _in(known: dict[str, str], language: str) -> str:
    return known.get(language.split("-", maxsplit=1)[0], known["en"])


def before_again(why: str, language: str) -> str:
    """Spoken before a question that is asked again, with a space behind it; `why` as in `Turn`. Empty
    where it is asked for the first time. English where there is no sentence in `language`.
    """
    known = _AGAIN.get(why)
    if known is None:
        return ""
    return _in(known, language) + " "
