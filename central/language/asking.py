"""Refuses what may not be asked, in words for the person who wanted to ask it."""

from __future__ import annotations

import re
from typing import Final

from central.errors import Prohibited
from central.language import screen

_ASKS: Final = re.compile(
    r"[?？]|(?:나요|가요|까요|니까|시죠|지요|세요|는지|신지)[\s.!~]*$|"
    r"^\s*(?:are|do|does|did|have|has|is|how|what|which|who|why|where|when|will|would|can|could)\b",
    re.IGNORECASE,
)
"""A notice that asks. "If you feel ill, tell us." does not."""
_ENDS_IN_A_REQUEST: Final = re.compile(r"주세요[\s.!~]*$")


def check(question: str) -> None:
    """Raises `Prohibited` where a question asks what no candidate may be asked."""
    found = screen.first(question)
    if found is None:
        return
    topic = found.topic
    raise Prohibited(
        topic.key,
        found.words,
        question,
        english=f"This asks about {topic.english}, which no candidate may be asked"
        f" ({topic.law_english}). Ask about the work instead.",
        korean=f"지원자에게 물을 수 없는 질문입니다: {topic.korean}({topic.law_korean})."
        " 업무에 관한 질문으로 바꿔 주세요.",
    )


def check_notice(notice: str) -> None:
    """The same for a sentence on the kiosk, where it is a question. Raises `Prohibited`."""
    asks = _ASKS.search(notice) is not None
    if asks and ("?" in notice or _ENDS_IN_A_REQUEST.search(notice) is None):
        check(notice)
