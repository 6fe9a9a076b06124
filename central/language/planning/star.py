"""Which parts of a story an answer has: situation, task, own action, result, figures, lesson. Pure.

By rules, so that it is there without a model, at once, and the same for everybody. It sees words, not
meaning: it decides what is asked next, never a mark.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Part = Literal["situation", "task", "action", "own_role", "result", "metric", "learning"]

_KOREAN: Final[dict[Part, str]] = {
    "situation": (
        r"당시|그때|했을\s?때|였을\s?때|하던\s?때|상황|프로젝트|회사에서|팀에서|학교에서|부서|작년|지난해|"
        r"\d{4}년|인턴|문제가\s?(?:있|생|발생)|장애가\s?(?:나|발생)|요청이\s?(?:있|들어)"
    ),
    "task": r"목표|과제|맡았|맡아|맡은|담당|해야\s?(?:했|하는|할)|역할|책임",
    "action": (
        r"(?:했|하였|만들었|바꿨|바꾸었|고쳤|찾았|나눴|나누었|썼|작성|시작했|제안|설득|분석했|설계했|추가했|"
        r"정리했|조율했|확인했|물어봤|적용했|도입했|개발했|구현했|줄였|진행했)"
        r"(?:습니다|어요|고|는데|으며|지만|다)?"
    ),
    "result": (
        r"결과(?!물)|결국|마침내|덕분에|그\s?뒤로|이후로는|(?:줄|늘|나아|높아|낮아|빨라|좋아)(?:었|졌|으로|들)|"
        r"단축|향상|개선(?:됐|되었|되|효과)|해결(?:됐|되었|되)|성공|달성|완료(?:했|됐|되)|출시(?:했|됐|되)|"
        r"마무리(?:했|됐|되)|받았습니다|감소|증가|절감"
    ),
    "metric": (
        r"\d[\d,.]*\s*(?:%|퍼센트|프로|배|초|분|시간|일\b|주|개월|명|건|개|회|번|점|위|만|억|원|ms|밀리초)|"
        r"절반|두\s?배|세\s?배|[일이삼사오육칠팔구십백천]+\s*(?:퍼센트|프로|배|초|분|시간|명|건|만)|"
        r"(?:한|두|세|네|다섯|여섯|열|스무)\s?(?:명|개|시간|배|건|달|주|번)"
    ),
    "learning": r"배웠|배우게|배운|깨달|교훈|알게\s?됐|알게\s?되었|느꼈|다음(?:에는|부터)|그\s?이후로",
}  # fmt: skip
_ENGLISH: Final[dict[Part, str]] = {
    "situation": (
        r"\b(?:when|while|at the time|back then|last (?:year|month|spring|summer|autumn|winter)|"
        r"our (?:team|company|service|product)|at (?:my|our|the) \w+|there was|in (?:19|20)\d\d|"
        r"situation|project|during)\b"
    ),
    "task": (
        r"\b(?:goal|task|my job|my role|responsible|had to|needed to|was asked to|assigned|"
        r"in charge|supposed to)\b"
    ),
    "action": (
        r"\b(?:i|we|team|they)\b(?:\s+\w+){0,3}?\s+(?:\w+ed|built|made|wrote|found|led|took|did|began|"
        r"chose|ran|set|drew|taught|brought|split|spoke|went|put|cut|sent|kept|gave)\b"
    ),
    "result": (
        r"\b(?:result|results|resulted|outcome|in the end|finally|eventually|afterwards|since then|"
        r"improved|reduced|increased|saved|shipped|delivered|achieved|succeeded|dropped|fell|grew|"
        r"doubled|halved|faster than|went (?:up|down)|went live|worked out|turned out|solved it|"
        r"paid off|led to|launched)\b"
    ),
    "metric": (
        r"\d[\d,.]*\s*(?:%|percent|per cent|times|x\b|fold|ms|milliseconds?|seconds?|minutes?|hours?|"
        r"days?|weeks?|months?|people|users|customers|requests|points?|dollars|k\b|million)|"
        r"\b(?:half|halved|twice|doubled|tripled|a third|a quarter|"
        r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|"
        r"eighty|ninety|hundred)\s+(?:percent|times|seconds?|minutes?|hours?|days?|weeks?|months?|"
        r"people|users|customers|points?))\b"
    ),
    "learning": (
        r"\b(?:learn(?:ed|t)?|lesson|taught me|since then i|next time|realis\w+|realiz\w+|"
        r"would do differently|took away)\b"
    ),
}  # fmt: skip
_OWN: Final = {
    "ko": r"제가|저는|저의|제\s?(?:역할|담당|일)|직접|스스로|혼자",
    "en": r"\b(?:i|my|me|myself)\b",
}
_TOGETHER: Final = {
    "ko": r"저희|우리|팀원들|팀에서는|다\s?같이|함께|팀이|회사가|동료가|선배가",
    "en": r"\b(?:we|our|us|the team|they)\b",
}


def parts(answer: str, language: str) -> frozenset[Part]:
    """The parts that are there. `own_role`: that the candidate, and not only a team, did something."""
    words = answer.casefold()
    ko = language == "ko"
    found = {
        part for part, pattern in (_KOREAN if ko else _ENGLISH).items() if re.search(pattern, words)
    }
    if _own(words, "ko" if ko else "en", acted="action" in found):
        found.add("own_role")
    return frozenset(found)


def _own(words: str, language: str, *, acted: bool) -> bool:
    """Korean leaves the subject out where it is the speaker; only a named "we" makes it others."""
    if re.search(_OWN[language], words):
        return True
    return language == "ko" and acted and re.search(_TOGETHER[language], words) is None
