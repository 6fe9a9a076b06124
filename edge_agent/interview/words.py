"""What the room itself says to the candidate, beside the questions."""

from __future__ import annotations

_AFTER_A_BREAK = {
    "ko": "잠시 기술적인 문제로 끊겼습니다. 죄송합니다. 질문을 다시 읽어 드리겠습니다.",
    "en": "Sorry, we had a short technical break. Here is the question again.",
}


def after_a_break(language: str) -> str:
    """Spoken before a question that is asked again because the room broke down. English where there
    is no sentence in `language`.
    """
    return _AFTER_A_BREAK.get(language.split("-", maxsplit=1)[0], _AFTER_A_BREAK["en"])
