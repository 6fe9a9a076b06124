"""How a question is worded in Korean and English: once, openly, neutrally, politely. Pure."""

from __future__ import annotations

import re
from typing import Final

_POLITE_END: Final = re.compile(
    r"(?:까요|나요|가요|니까|세요|세여|주세요|어요|아요|시죠|지요|던가요|은지요|는지요)[\s?？.]*$"
)
_KOREAN_ASK: Final = re.compile(r"(?:까요|나요|가요|니까|세요|시죠|지요|어요|아요)(?=[\s?？.,!]|$)")
_SECOND_ASK: Final = re.compile(
    r"(?:\b(?:and|or|also|then|but)|[;.])\s+(?:also\s+)?(?:what|why|how|when|where|which|who|whom)\s+"
    r"(?:\w+\s+)?(?:is|are|was|were|do|does|did|would|will|could|can|should|have|has|had)\b"
    r"|\b(?:and|or|also)\s+(?:can|could|would|will|do|did|have|are|is|was)\s+(?:you|it|they|that)\b",
    re.IGNORECASE,
)
_ASKING_WORDS: Final = re.compile(r"무엇|무슨|어떤|어떻게|어땠|어느|왜|언제|어디|누구|얼마나|몇")
_MOST_ASKING_WORDS: Final = 2
_CLOSED_ENGLISH: Final = re.compile(
    r"^\W*(?:so|well|and|ok|okay|first|now)?[,\s]*"
    r"(?:do|does|did|is|are|was|were|have|has|had|will|would|should|can|could|am)\b",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(
    r"\b(?:tell|describe|explain|introduce|walk|show|share|talk|give|outline|say)\b|"
    r"\b(?:what|why|how|which)\b",
    re.IGNORECASE,
)
_CLOSED_KOREAN: Final = re.compile(
    r"(?:있으신가요|있으십니까|있나요|있으세요|없으신가요|없나요|했나요|하셨나요|맞나요|인가요|이신가요|"
    r"됩니까|되나요|좋아하시나요|가능하신가요|가능한가요|할수있나요|할수있으신가요|아시나요|해보셨나요)$"
)
_JUDGES: Final = re.compile(
    r"\b(?:great|good|excellent|impressive|perfect|wonderful|bad|poor|weak|wrong|unfortunately|"
    r"disappoint\w*|insufficient|vague|incomplete)\s+(?:answer|job|point|example|work)\b|"
    r"\b(?:score|points?|grade|marks?|rating|pass or fail)\b|\bwell done\b|"
    r"\b(?:you (?:forgot|failed|omitted|left out|missed|did not mention|didn't mention))\b|"
    r"(?:좋은|훌륭한|완벽한|부족한|아쉬운|모호한|틀린|잘못된)\s?(?:답변|대답|예시|설명)|"
    r"(?:점수|평가\s?점|합격|불합격|감점|가점)|(?:빠뜨리|빠졌|누락|말씀하지\s?않으)",
    re.IGNORECASE,
)
_HINTS: Final = re.compile(
    r"\b(?:for example|for instance|such as|e\.g\.|like (?:adding|using|by)|hint|"
    r"the (?:right|correct|ideal) answer)\b|"
    r"예를\s?들(?:어|면|자면)|예컨대|가령|힌트|정답|모범\s?답안",
    re.IGNORECASE,
)
_MARKUP: Final = re.compile(
    r"[\n\r\t{}<>|\\`#*\[\]_^~]|^\s*(?:질문|question|q)\s*[:：\d]|\"|“|”", re.IGNORECASE
)
_HANGUL: Final = re.compile("[가-힣]")
_LETTERS: Final = re.compile(r"[^\W\d_]")


def question_marks(text: str) -> int:
    """Half and full width."""
    return text.count("?") + text.count("？")


def ends_politely(text: str) -> bool:
    """A Korean sentence that asks with respect."""
    return _POLITE_END.search(text.rstrip()) is not None


def questions(text: str, language: str) -> int:
    """How many things are asked at once, as far as their form says."""
    if language == "ko":
        endings = len(_KOREAN_ASK.findall(text))
        crowded = len(_ASKING_WORDS.findall(text)) > _MOST_ASKING_WORDS
        return max(endings, 2 if crowded else 1)
    return 1 + len(_SECOND_ASK.findall(text))


def is_open(text: str, language: str) -> bool:
    """Whether more than yes or no has to be said."""
    if language == "ko":
        end = re.sub(r"[\s?？.!]+", "", text)
        return _ASKING_WORDS.search(text) is not None or _CLOSED_KOREAN.search(end) is None
    return _CLOSED_ENGLISH.search(text) is None or _TELLS.search(text) is not None


def judges(text: str) -> str:
    """The words that judge the candidate; empty where none do."""
    return _first(_JUDGES, text)


def hints(text: str) -> str:
    """The words that show what to answer; empty where none do."""
    return _first(_HINTS, text)


def markup(text: str) -> bool:
    """Whether it holds what nobody says aloud: labels, brackets, quotation marks, lines."""
    return _MARKUP.search(text) is not None


def speaks(text: str, language: str) -> bool:
    """Whether most of its letters are of the language; names and terms may be of another."""
    letters = len(_LETTERS.findall(text))
    hangul = len(_HANGUL.findall(text))
    if language == "ko":
        return hangul * 2 > letters
    return letters > 0 and hangul == 0


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""
