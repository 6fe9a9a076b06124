"""Whether an answer is followed up, and about what: at most two, each about one missing part. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from central.language.planning import private, star
from central.language.planning.scheme import MOST_FOLLOW_UPS
from central.language.planning.star import Part

About = Literal["own_action", "result", "metric", "situation", "learning"]
PRIORITY: Final[tuple[About, ...]] = ("own_action", "result", "metric", "situation", "learning")
"""The same for everybody: what they did themselves first."""
NEEDS: Final[dict[About, frozenset[Part]]] = {
    "own_action": frozenset({"action", "own_role"}),
    "result": frozenset({"result"}),
    "metric": frozenset({"metric"}),
    "situation": frozenset({"situation"}),
    "learning": frozenset({"learning"}),
}
LESSON: Final = "learning"
"""The competency whose answers are also asked for the lesson."""
Silent = Literal["complete", "declined", "private", "enough"]

_DECLINES: Final = re.compile(
    r"모르겠|잘\s?모릅|생각나지\s?않|기억(?:이|나지)?\s?(?:안|않|없)|없습니다\.?$|없어요\.?$|넘어가|다음\s?질문|"
    r"답(?:변)?(?:을|하기)?\s?(?:드리기)?\s?어렵|답하지\s?않|말씀드리(?:기|고)\s?(?:어렵|싶지)|"
    r"\b(?:i don'?t know|i do not know|no idea|can'?t think|cannot think|can'?t remember|pass|skip|"
    r"next question|(?:i'?d |would )?rather not|prefer not|i have never|nothing comes)\b",
    re.IGNORECASE,
)
_SHORT_WORDS: Final = 20
"""An answer that goes on after "I don't know" did not decline."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to ask about; None with the reason why nothing. `parts`: those that the answer has."""

    about: About | None
    parts: frozenset[Part]
    silent: Silent | None = None


def decide(
    answer: str,
    language: str,
    *,
    asked: Collection[str] = (),
    most: int = MOST_FOLLOW_UPS,
    competency: str = "",
    also: Collection[Part] = (),
) -> Verdict:
    """`answer`: all that was said to the main question and its follow-ups; `asked`: what these were
    about; `also`: parts that a model found where the rules did not.
    """
    parts = star.parts(answer, language) | frozenset(also)
    if len(asked) >= min(most, MOST_FOLLOW_UPS):
        return Verdict(None, parts, "enough")
    if declined(answer):
        return Verdict(None, parts, "declined")
    if private.told(answer):
        return Verdict(None, parts, "private")
    for about in PRIORITY:
        wanted = about != LESSON or competency == LESSON
        if wanted and about not in asked and not NEEDS[about] <= parts:
            return Verdict(about, parts)
    return Verdict(None, parts, "complete")


def declined(answer: str) -> bool:
    """Nothing was said, or that there is nothing to say."""
    words = answer.split()
    return not words or (len(words) < _SHORT_WORDS and _DECLINES.search(answer.strip()) is not None)
