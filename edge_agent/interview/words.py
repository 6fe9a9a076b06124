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


def before_again(why: str, language: str) -> str:
    """Spoken before a question that is asked again, with a space behind it; `why` as in `Turn`. Empty
    where it is asked for the first time. English where there is no sentence in `language`.
    """
    known = _AGAIN.get(why)
    if known is None:
        return ""
    return known.get(language.split("-", maxsplit=1)[0], known["en"]) + " "
