"""How an answer is built, whatever it says: length, reasons, figures, and whether a story is told."""

from __future__ import annotations

import re
from typing import Final

FULL_LENGTH_WORDS: Final = {"en": 50, "ko": 35}
"""Korean words carry their particles: fewer of them say the same."""
REASONS: Final = {
    "en": r"\b(because|since|so that|in order to|therefore|the reason)\b",
    "ko": r"때문|왜냐|위해|이유|덕분|그래서|따라서",
}
FIGURES: Final = {
    "en": r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty|hundred|"
    r"thousand|million|percent|half|twice|double)\b",
    "ko": r"\d|퍼센트|절반|두 배|(한|두|세|네|다섯|여섯|열|몇) ?(명|개|달|주|번|배|시간)|"
    r"[이삼사오육칠팔구]?[십백천만] ?(명|개|번|배|건)",
}
STORY: Final = {
    "en": (
        r"\b(when|while|at my|our team|project|company|situation|there was)\b",
        r"\b(i|we) (\w+ed|built|made|wrote|found|led|took|did|began|chose)\b",
        r"\b(result|finally|in the end|afterwards|improved|learn\w*)\b",
    ),
    "ko": (
        r"당시|때(?!문)|상황|프로젝트|회사|팀에서",
        r"(했|만들었|바꿨|고쳤|찾았|나눴|썼|맡았|시작했|제안했)(습니다|어요|고|는데|다)",
        r"결과|결국|마침내|개선|줄었|늘었|배웠|성공",
    ),
}
"""Situation, action, result."""


def form(text: str, language: str) -> float:
    """0 to 1: the mean of length (1 at full length), a reason, a figure, and the share of the story
    told. Languages without patterns are read with the English ones.
    """
    language = language if language in STORY else "en"
    text = text.lower()
    told = [bool(re.search(part, text)) for part in STORY[language]]
    parts = (
        min(1.0, len(text.split()) / FULL_LENGTH_WORDS[language]),
        float(bool(re.search(REASONS[language], text))),
        float(bool(re.search(FIGURES[language], text))),
        sum(told) / len(told),
    )
    return sum(parts) / len(parts)
