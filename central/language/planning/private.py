"""Whether a candidate has just told of something that nobody may ask about. Pure.

What is volunteered is not taken up: no follow-up goes near it. The screen reads questions; an outage
("장애") in a statement is none of its topics, so these are rules of their own.
"""

from __future__ import annotations

import re
from typing import Final

_KOREAN: Final = re.compile(
    r"결혼(?:했|해서|한|하고|생활|식)|이혼|약혼|신혼|기혼|미혼|임신|출산|육아|"
    r"(?:제|우리|저희)\s?(?:아내|남편|아이|아들|딸|어머니|아버지|부모님|엄마|아빠|가족|동생|형|누나|언니|오빠)|"
    r"(?:아이|아들|딸|자녀)(?:가|는|도)?\s?(?:있|태어|둘|하나|셋|키우)|"
    r"교회|성당|사찰|신앙|종교|기독교|불교|천주교|예배|노조|노동조합|정당|지지하는\s?당|"
    r"장애\s?(?:등급|인|가\s?있어서|판정)|(?:우울증|공황|암|당뇨|수술|투병|진단을\s?받|병원에|지병|치료를\s?받)|"
    r"고향이|출신입니다|태생|국적|귀화|다문화|(?:제|저는)\s?(?:만\s?)?\d+\s?(?:살|세)|군\s?면제|병역|전과|"
    r"성소수자|동성애|트랜스젠더"
)
_ENGLISH: Final = re.compile(
    r"\b(?:i(?:'m| am| was| got)\s+(?:married|divorced|engaged|pregnant|disabled|gay|a lesbian|"
    r"bisexual|transgender|diagnosed|christian|muslim|jewish|buddhist|hindu|catholic)|"
    r"my (?:wife|husband|spouse|kids?|child(?:ren)?|son|daughter|baby|mother|father|mom|mum|dad|"
    r"parents?|family|church|faith|religion|disability|illness|depression|cancer|surgery|pregnancy|"
    r"nationality|hometown|birthday|boyfriend|girlfriend)|maternity|paternity leave|"
    r"i(?:'m| am) \d{2} years old|trade union|union member|criminal record|i was arrested|"
    r"immigrat\w+|my (?:doctor|therapist|medication))\b",
    re.IGNORECASE,
)


def told(answer: str) -> bool:
    """Whether something private is in it."""
    return _KOREAN.search(answer) is not None or _ENGLISH.search(answer) is not None
