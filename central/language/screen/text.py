"""One plain spelling for what can be written in many: the rules read this, people never do."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
SYLLABLES: Final = 0xAC00
LOOK_ALIKES: Final = str.maketrans(
    "аеорсухкмтвнігԁѕјαεορυχκιτνɡıℓ", "aeopcyxkmtbhirdsjaeopuxkitvgil"
)
"""Cyrillic, Greek and others that look like Latin letters."""
DIGITS_AS_LETTERS: Final = str.maketrans("01345@$", "oieasas")
HANJA: Final = {
    "結婚": "결혼", "婚姻": "혼인", "年齡": "나이", "年齢": "나이", "宗敎": "종교", "宗教": "종교",
    "家族": "가족", "故鄕": "고향", "故郷": "고향", "身長": "키", "體重": "체중", "体重": "체중",
    "妊娠": "임신", "姙娠": "임신", "出産": "출산", "兵役": "병역", "軍隊": "군대", "財産": "재산",
    "病歷": "병력", "前科": "전과", "政治": "정치", "父母": "부모", "障碍": "장애", "國籍": "국적",
}  # fmt: skip
ENGLISH_IN_KOREAN: Final = {
    "marriage": "결혼", "married": "결혼하셨", "wedding": "결혼", "religion": "종교", "age": "나이",
    "family": "가족", "kids": "자녀", "children": "자녀", "baby": "아이", "pregnant": "임신",
    "hometown": "고향", "church": "교회", "boyfriend": "남자친구", "girlfriend": "여자친구",
    "husband": "남편", "wife": "아내", "height": "키", "weight": "몸무게", "union": "노조",
    "disability": "장애", "nationality": "국적", "parents": "부모님",
}  # fmt: skip
KOREAN_IN_ENGLISH: Final = {
    "결혼": "married", "기혼": "married", "미혼": "single", "종교": "religion", "나이": "age",
    "고향": "hometown", "임신": "pregnant", "부모님": "parents", "키": "height", "몸무게": "weight",
    "교회": "church", "노조": "union", "장애": "disability", "국적": "nationality", "가족": "family",
    "남자친구": "boyfriend", "여자친구": "girlfriend", "자녀": "children",
}  # fmt: skip
SPELT_WORDS: Final = re.compile(
    "are|you|your|do|have|how|old|what|is|plan|to|get|married|single|pregnant|children|kids|family|"
    "religion|church|disability|disabled|gay|union|age|born|husband|wife|boyfriend|girlfriend|"
    "nationality|vote|weigh|tall|arrested|baby|where|from"
)
"""What is worth finding where a whole sentence was spelt letter by letter."""
LONGEST_WORD: Final = 11
_INVISIBLE: Final = {"Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me"}
_SENTENCE: Final = re.compile(r"[.?!;。…\n]+(?=\s|$)|[?!;。…\n]+")
_HANGUL: Final = re.compile("[가-힣ㄱ-ㅣ]")
_SPELT: Final = re.compile(r"\b(?:[a-z][\W_]{1,3}){3,}[a-z]\b")
_BROKEN: Final = re.compile(r"(?<=[a-z])[-·*_|~^](?=[a-z])")
_MIXED: Final = re.compile(r"(?<=[a-z])[01345@$]+(?=[a-z])")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences in lower case, one spelling each, single spaces between words."""
    plain = _plain(text)
    return tuple(part for part in map(_tidy, _SENTENCE.split(plain)) if part)


def korean(sentence: str) -> str:
    """A sentence without anything between its letters, and English words for it in Korean; empty
    without Hangul.
    """
    if not _HANGUL.search(sentence):
        return ""
    for english, word in ENGLISH_IN_KOREAN.items():
        sentence = re.sub(rf"(?<![a-z]){english}(?![a-z])", word, sentence)
    # Once more, for what stood between the letters kept them from being put together.
    return _compose(_letters(re.sub(r"[\W_]", "", sentence)))


def english(sentence: str) -> str:
    """A sentence in words, with Korean words for it in English; empty without Latin letters."""
    if not re.search("[a-z]{2}", sentence):
        return ""
    for word, meant in KOREAN_IN_ENGLISH.items():
        sentence = re.sub(rf"(?<![가-힣]){word}", f"{meant} ", sentence)
    return _tidy(re.sub(r"[^a-z0-9' ]", " ", sentence.replace("’", "'")))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    kept = _letters(folded)
    composed = _compose(kept).casefold().translate(LOOK_ALIKES)
    for hanja, word in HANJA.items():
        composed = composed.replace(hanja, word)
    joined = _SPELT.sub(_read_out, composed)
    whole = _BROKEN.sub(_unbroken, joined)
    return _MIXED.sub(lambda found: found[0].translate(DIGITS_AS_LETTERS), whole)


def _read_out(found: re.Match[str]) -> str:
    """A word that was spelt; a long run is a sentence, of which the words that matter are kept."""
    run = re.sub(r"[\W_]", "", found[0])
    return " ".join(SPELT_WORDS.findall(run)) if len(run) > LONGEST_WORD else run


def _unbroken(found: re.Match[str]) -> str:
    """A hyphen parts two words; other signs inside a word hide it."""
    return " " if found[0] == "-" else ""


def _letters(text: str) -> str:
    return "".join(map(_letter, unicodedata.normalize("NFD", text)))


def _letter(one: str) -> str:
    """As one jamo of the modern alphabet where it is Hangul; nothing where it cannot be seen."""
    code = ord(one)
    if one in "\n\t":
        return one
    if 0x1100 <= code < 0x1113:
        return INITIALS[code - 0x1100]
    if 0x1161 <= code < 0x1176:
        return VOWELS[code - 0x1161]
    if 0x11A8 <= code < 0x11C3:
        return FINALS[code - 0x11A8 + 1]
    return "" if unicodedata.category(one) in _INVISIBLE else one


def _compose(letters: str) -> str:
    """Letters of the Korean alphabet back into syllables, also where they were written apart."""
    out: list[str] = []
    at = 0
    while at < len(letters):
        pair = letters[at : at + 2]
        if len(pair) == 2 and pair[0] in INITIALS and pair[1] in VOWELS:
            final = _final(letters, at + 2)
            number = INITIALS.index(pair[0]) * 21 + VOWELS.index(pair[1])
            out.append(chr(SYLLABLES + number * 28 + FINALS.index(final)))
            at += 2 + (final != " ")
        else:
            out.append(letters[at])
            at += 1
    return "".join(out)


def _final(letters: str, at: int) -> str:
    """The consonant that closes a syllable; one before a vowel begins the next syllable."""
    here, after = letters[at : at + 1], letters[at + 1 : at + 2]
    closes = here not in {"", " "} and here in FINALS
    begins = after != "" and after in VOWELS and here in INITIALS
    return here if closes and not begins else " "


def _tidy(text: str) -> str:
    return " ".join(text.split())
