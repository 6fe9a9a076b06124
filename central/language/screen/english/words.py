"""The English rules. They read lower case words, single spaces and apostrophes."""

from __future__ import annotations

from typing import Final

PERSON: Final = (
    "customers?|users?|clients?|patients?|employees?|colleagues?|teammates?|people|someone|somebody|guests?|"
    "students?|residents?|subscribers?|members?|shoppers?|applicants?|viewers?|players?|products?|services?|"
    "data|code|systems?|teams?|database|model|pages?|application|company|components?|project|mentees?|staff"
)
MY: Final = (
    rf"(?:your|ur|you r|yr)(?: (?!(?:{PERSON})(?:'?s)?\b)(?!of\b|for\b|in\b|to\b|on\b|with\b|"
    r"about\b)[a-z']+){0,2}"
)
"""Something of the candidate's own; "your users' age" is not."""
ARE: Final = r"(?:are|r|were|aren't|weren't|is it true) (?:you|u|ya)(?: [a-z]+){0,3}?"
DO: Final = (
    r"(?<!how )(?:do|did|does|don't|didn't|have|haven't|had|will|would|can|could|should|"
    r"might) (?:you|u|ya)(?: [a-z]+){0,3}?"
)
YOU: Final = r"\b(?:you|u|ya|you're|you've)"
OTHERS: Final = (
    (
        r"\b(?:a|the|our|your|their|some|any|many|most|these|those|which|serving|for|with|of|helping|"
        rf"because) (?:[a-z]+ )?(?:{PERSON})(?:'s|s')? ?(?:who |that )?"
        r"(?:is |are |was |were |has |have |had )?$"
    ),
    rf"^ (?:{PERSON})\b",
)
"""Who a match is about when it is not the candidate: right before it, or right after it."""
WORK: Final = (
    r"\bhow (?:did|would) you (?!feel|cope|describe|juggle|balance|support|afford|manage|like|"
    r"react|vote|lose|get|become|take care|rate)\w+|\bwhat (?:did you learn|was hard|"
    r"were your (?:duties|tasks))|\bwhat did your team|"
    r"\b(?:customers?|users?|clients?|patients?|pupils?|series|script|guests?|students?|"
    r"residents?|subscribers?|shoppers?|viewers?|players?|"
    r"products?|services?|data|code|systems?|database|model|components?|mentees?|apps?|"
    r"software|design\w*|platform|features?|projects?|algorithms?|marketing|campaigns?|"
    r"query|queries|tables?|fields?|columns?|variables?|metrics?|research|reports?|"
    r"implement\w*|websites?|servers?|"
    r"deploy\w*|brand|sales|cache|polic(?:y|ies)|insurance|predict\w*|analy[sz]\w*|"
    r"recommend\w*|advertis\w*|"
    r"forms?|charity|charities|negotiat\w*|on behalf|typescript|sql|python|java|api|layout|"
    r"tree|process(?:es)?|node|build|markets?|articles?|lessons?|roadmap|release|launch|"
    r"migration|librar(?:y|ies)|pull request|code review|debug\w*|cluster|memory|leak|list|"
    r"slide|email|theme|insight|renovat\w*|building (?:site|project)|agency|agencies|tender|"
    r"human resources|journalist|clinical|trial|nursing|ward|infections?|in a hospital|"
    r"hospital (?:systems?|shift)|soldiers|pressure|listing|buyer|first-time|explain|teach|"
    r"books?|audience|prototype|investigation|delivery|overdue|migrate|validate|sort|monitor|"
    r"test|tests|debt collection|interview process|hiring|guess|outline|estimate|page)\b"
)
"""A sentence that is about work: words that only name a topic are then let through."""
KIN: Final = (
    r"(?:parents?|father|mother|dad|mom|mum|folks|siblings?|brothers?|sisters?|relatives?|"
    r"uncles?|aunts?|grandparents|family|in-?laws|grandfather|grandmother)"
)
SPOUSE: Final = (
    r"(?:husband|wife|spouse|partner|fiance|fiancee|boyfriend|girlfriend|ex|significant other|"
    r"better half)"
)
CHILD: Final = (
    r"(?:kids?|child|children|bab(?:y|ies)|sons?|daughters?|toddlers?|infants?|little ones)"
)
ACCIDENTS: Final = (
    r"\b(?:stay|keep|feel|remain|be|being|fully|more|most|team|staff) engaged|"
    r"\bin (?:the|an|this) (?:\w+ )?age\b|"
    r"\bin good faith|\brally (?:the|others|your|people)|\blent (?:a|your|them|him|her)\b|\bvisual aids|"
    r"\bcharged with (?!a crime|assault|theft|any|murder|fraud|an offen)\w+|"
    r"\b(?:raised?|raising) (?:concerns?|issues?|questions?|money|funds|"
    r"(?:an?|the|any|your|this|that) (?!famil|child|kid|bab|son|daughter)\w+)\b|"
    r"\b(?:which|what|key) figures?\b|\bother than money|"
    r"\bfinancial (?:targets?|results?|goals|reports?|planning)"
)
"""Words that mean two things."""
