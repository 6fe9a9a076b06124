"""English rules at home: marriage, pregnancy, relatives."""

from __future__ import annotations

from typing import Final

from central.language.screen.english.words import ARE, CHILD, DO, KIN, MY, SPOUSE, YOU
from central.language.screen.rules import Rules

RULES: Final = {
    "marriage": Rules(
        asked=(
            (
                rf"\b{ARE} (?:happily |currently |still |legally |already )?(?:married|"
                r"single|divorced|engaged|widowed|separated|unmarried|dating|"
                r"seeing (?:anyone|someone|anybody)|in a relationship|attached|spoken for|"
                r"a bachelor|living with)\b"
            ),
            (
                r"\b(?:you are|you were|you're|youre|being|be) (?:[a-z]+ )?(?:married|single|divorced|"
                r"engaged|widowed|unmarried|dating|in a (?:[a-z]+ )?relationship)\b"
            ),
            r"\b(?:married|single|divorced) or (?:single|divorced|married|unmarried)\b",
            r"\bmarital (?:status|plans|situation)|\brelationship status|\bmaiden name",
            r"\bmiss or mrs|\bmrs or miss|\bms or mrs",
            (
                rf"{YOU}\b(?![a-z ]{{0,30}}\b(?:markets?|users|customers|people|"
                r"apps?)\b)[a-z ]{0,40}\b(?:get(?:ting)?|got|been|being|be) (?:married|"
                r"divorced|engaged|hitched)\b"
            ),
            (
                r"\b(?:your|ur) (?:own )?(?:marriage|wedding|divorce|love life|dating life|"
                r"engagement)\b"
            ),
            r"\bwhen(?:'s| is) the wedding|\bt(?:ie|ying) the knot|\bsettle down\b",
            rf"\b(?:{DO}) (?:[a-z]+ ){{0,3}}{SPOUSE}\b|\b{MY} {SPOUSE}\b",
            rf"\b(?:{DO}) (?:[a-z]+ ){{0,4}}{CHILD}\b|\b{MY} {CHILD}\b",
            rf"\bhow many {CHILD}\b(?! (?:process|node|element|component))",
            r"\b(?:childcare|child care|babysitter|daycare|nanny)\b[a-z ]{0,30}(?:you|your)?",
            r"\bhow old are (?:your|the) (?:kids|children)",
            (
                r"\b(?:start|starting|raise|raising|have|having|grow|growing|expand|"
                r"expanding) (?:a|your|the|another) family\b"
            ),
            (
                r"\bfamily (?:plans?|planning|situation|responsibilities|obligations|"
                r"commitments|status|life|background)\b"
            ),
            r"\b(?:you|your)\b[a-z ]{0,20} family man\b|\bkids of your own",
            (
                rf"\b(?:{ARE}|become|becoming|being) (?:a |an )?(?:\w+ )?(?:mother|father|"
                r"mom|mum|dad|parent)\b"
            ),
            r"\b(?:anyone|anybody|someone|somebody|people) who depends? on you",
            r"\bdependants?\b|\bdependents?\b(?! (?:on|variables?|modules?))",
            r"\blive with (?:someone|somebody|anyone|anybody)",
            r"\bwho (?:do|are|else|all)?[a-z ]{0,12}(?:you|u) (?:live|living|share)",
            r"\b(?:live|living) (?:alone|with your|with (?:a|any)|by yourself)",
            r"\btell (?:me|us) about your family\b|\babout your family\b",
            r"\b(?:your|ur) (?:home|private|personal) life\b",
        ),
        named=(
            (
                r"\b(?:married|marriage|wedding|divorced?|engaged|fianc\w+|husband|wife|"
                r"spouse|girlfriend|boyfriend|bachelor\w*|single mum|single mom|honeymoon|"
                r"mr right|dating|in a (?:[a-z]+ )?relationship|romantic\w*|wedding ring|"
                r"ring on|kids?|little ones|"
                r"children|child|baby|babysit\w*|newborn|toddler|stepchild\w*|famil(?:y|"
                r"ies)|maiden|in-?laws|live with|living with|live alone|school run|"
                r"working (?:mother|mum|mom)|stay at home|home life|private life|"
                r"personal life)\b"
            ),
        ),
        harmless=(
            (
                r"\bfamily of (?:\w+ )?(?:products?|fonts?|services?|devices?|chips|"
                r"languages|tools|standards|models|functions|protocols|brands)"
            ),
            r"\b(?:font|product|chip|instruction|address|protocol|gene) famil(?:y|ies)",
            (
                r"\b(?:child|parent|children) (?:process(?:es)?|nodes?|components?|"
                r"class(?:es)?|elements?|rows?|tables?|accounts?|pages?|issues?|tasks?|"
                r"tickets?)"
            ),
            r"\bbaby steps|\bchildren of (?:a|the) (?:\w+ )?(?:component|node|element|root)",
            r"\bchildren's (?:books?|products?|ward|hospital|apps?|content)",
            r"\bmarry (?:the|two|up)|\bdating app|\bbusiness partners?",
            r"\bpartner (?:teams?|compan(?:y|ies)|organi[sz]ations?|integration)s?",
            r"\bengaged (?:in|with|your|the|by)",
            (
                r"\bsingle (?:page|source|point|responsibility|sign|user|tenant|"
                r"thread(?:ed)?|handedly|biggest|most|database|server|team|query|"
                r"transaction)"
            ),
            r"\bseparated (?:concerns|by|from|into|the)",
        ),
    ),
    "pregnancy": Rules(
        asked=(
            (
                rf"\b{ARE} (?:[a-z]+ ){{0,3}}(?:pregnant|expecting(?: a (?:baby|child))?|"
                r"breastfeeding|nursing|with child|fertile)(?:\b(?! (?:any|the|to|that|"
                r"results|from|load)))"
            ),
            r"\bif you (?:\w+ )?(?:get|got|became|become|were|are) pregnant",
            (
                r"\b(?:your|ur) (?:\w+ )?(?:pregnancy|due date|fertility|menopause|"
                r"period pains?)\b"
            ),
            r"\b(?:baby|child|bun)\b (?:is |'s )?(?:on the way|in the oven)",
            (
                rf"{YOU}\b[a-z ]{{0,40}}\b(?:have|having|adopt|conceive|bear|expect(?:ing)?|"
                r"bring up) (?:a |another |more |any |some )*(?:bab(?:y|ies)|child|children|"
                r"kids?)\b"
            ),
            r"\b(?:get|getting|fall|become|becoming|been) pregnant\b",
            rf"{YOU}\b[a-z ]{{0,40}}\b(?:maternity|parental|paternity|childcare) leave\b",
            r"\b(?:your|ur) (?:\w+ )?(?:maternity|parental|paternity) leave|\bbirth control",
            r"\bcontracepti\w+|\b(?:had|have|having) (?:an? )?(?:abortion|miscarriage|ivf)\b",
            r"\bivf\b|\bthe pill\b",
        ),
        named=(
            (
                r"\b(?:pregnan\w+|maternity|giving birth|give birth|gave birth|childbirth|"
                r"breastfeed\w*|parental leave|paternity|conceive|fertility|"
                r"morning sickness|baby bump|biological clock|time off for a baby|"
                r"career break|contracept\w+)\b"
            ),
        ),
        harmless=(
            (
                r"\b(?:maternity|parental|paternity) leave (?:polic(?:y|ies)|systems?|rules|"
                r"calculations?|data|benefits? (?:system|calculator))"
            ),
            (
                r"\bpregnant (?:customers?|users?|patients?|women|employees?|colleagues?|"
                r"passengers?)"
            ),
            r"\bpregnant with",
        ),
    ),
    "relatives": Rules(
        asked=(
            (
                r"\bwhat (?:do|does|did|is|are|kind|sort)\b[a-z ]{0,20}\b(?:your|"
                rf"ur) (?:\w+ )?{KIN}\b"
            ),
            (
                rf"\b(?:your|ur) (?:\w+ )?{KIN}(?:'s|s'|s)? (?:jobs?|work\w*|occupations?|"
                r"professions?|careers?|employ\w+|educat\w+|degrees?|salar\w+|incomes?|"
                r"property|wealth|own|earn|house|background|do\b|does\b|study|studied|went|"
                r"go\b|rich|wealthy|alive|live|money|business|compan\w+)"
            ),
            (
                r"\b(?:where|which|what|how|do|does|did|is|are|were|was|has|have|"
                r"who)\b[a-z ]{0,30}\b(?:your|"
                rf"ur) (?:\w+ )?{KIN}\b[a-z ]{{0,20}}\b(?:work\w*|job|university|college|"
                r"school|study|studied|graduate\w*|own|earn|rich|wealthy|employed|retired|"
                r"living|alive|money|house|support|afford|doing|do|go|went|make|attend\w*|"
                r"degree|influential|business|pay|paid|about)\b"
            ),
            rf"\b(?:{KIN}) (?:do|does|did) for (?:a )?(?:living|work)",
            (
                r"\bcome from a (?:\w+ )?(?:wealthy|rich|poor|working class|well off|"
                r"educated) (?:family|home|background)"
            ),
            (
                r"\b(?:relatives|family members|family|relations) (?:who |that )?(?:work|"
                r"working|employed|at|in) (?:\w+ )?(?:for|at|here|with|this|our|company)"
            ),
        ),
        named=(
            rf"\b(?:your|ur|the) (?:\w+ )?{KIN}\b|\bfather|\bmother\b|\bparents\b",
            r"\bupbringing\b|\bsiblings?\b|\bfamily name\b|\bwell connected family",
        ),
        harmless=(
            r"\b(?:talk|speak|work|meet|deal|communicate) with parents",
            (
                r"\bparent (?:process(?:es)?|nodes?|components?|class(?:es)?|elements?|"
                r"company|rows?|tables?|team|pages?)"
            ),
            r"\bparents of (?:pupils|students|young|users|customers)|\bmother ?board",
            r"\bfamily of (?:products?|services?)|\bbig brother",
        ),
    ),
}
