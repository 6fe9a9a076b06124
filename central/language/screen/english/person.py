"""English rules of a person from birth: age, gender, origin, orientation."""

from __future__ import annotations

from typing import Final

from central.language.screen.english.words import ARE
from central.language.screen.rules import Rules

RULES: Final = {
    "age": Rules(
        asked=(
            r"\bhow old (?:are|r|were|is|would|might|am) (?:you|u|ya)\b",
            r"\bhow many years (?:old|young)\b",
            (
                r"\b(?:what|which) (?:year|decade|month|day|"
                r"generation)\b[a-z ]{0,12}\b(?:you|u) (?:born|belong)"
            ),
            r"\b(?:you|u) (?:were )?born\b[a-z ]{0,6}\b(?:in the|before|after) ",
            r"\b(?:your|ur) (?:\w+ )?(?:date of birth|birth ?(?:day|date|year))\b",
            r"\bwhen (?:were|was) (?:you|u) born|\byear of (?:your )?birth|\bzodiac",
            r"\b(?:your|ur) star sign",
            r"\b(?:your|ur) (?:own |actual |real |exact |current )?age\b",
            r"\bat (?:your|ur) (?:\w+ )?age\b|\bage (?:are you|group (?:are|do) you)",
            r"\b(?:what|which) age (?:are|r|group)|\bmay i ask (?:\w+ )?age\b",
            r"\bfor someone (?:your|ur) age|\bpeople (?:your|ur) age|\bact (?:your|ur) age",
            (
                r"\b(?:you|u|you're|aren't you|are you|weren't you)\b[a-z' ]{0,12}\b(?:too|"
                r"bit|little|rather|so|very|quite|over|under|still|pretty|getting|"
                r"over the) (?:\w+ )?(?:old|young|elderly|hill|mature|senior in age|aged)\b"
            ),
            r"\boverqualified at your",
            (
                r"\bover (?:thirty|forty|fifty|sixty|30|40|50|60)\b(?! (?:users|people|"
                r"projects|engineers|services|percent|customers))"
            ),
            r"\bin your (?:twenties|thirties|forties|fifties|sixties|[2-6]0s)",
            (
                r"\b(?:boss|manager|supervisor|colleagues|people|lead|someone|team|"
                r"coworkers|leader)\b[a-z' ]{0,20}\b(?:younger|older) (?:than (?:you|"
                r"yourself)|boss)"
            ),
            (
                r"\b(?:younger|older) (?:boss|manager|supervisor|colleagues|coworkers|"
                r"people|leader|lead|team)\b"
            ),
            r"\b(?:half|twice) your age|\byounger generation|\byoung team\b",
            r"\bkeep up with (?:the )?younger",
            (
                r"\bwhen\b[a-z ]{0,20}\b(?:you|u) (?:\w+ )?(?:graduate[d]?|finish(?:ed)?|"
                r"leave|left|complete[d]?) (?:from )?(?:high school|secondary school|school|"
                r"middle school)"
            ),
            r"\b(?:year|when)\b[a-z ]{0,20}\bhigh school",
            (
                r"\b(?:plan|going|want|intend|think|hope|expect|when|how long|until|"
                r"before)\b[a-z ]{0,30}\b(?:you|u|your)\b[a-z ]{0,12}\bretire(?:ment)?\b"
            ),
            (
                r"\b(?:you|u|your)\b[a-z ]{0,20}\bretire(?:ment)?\b(?! (?:the|a|an|old|this|"
                r"that|legacy|service))"
            ),
            r"\bhow (?:long|many years) (?:\w+ ){0,3}(?:before|until|till) (?:you )?retire",
        ),
        named=(
            (
                r"\b(?:date of birth|birth ?(?:day|date|year)|old enough|too (?:old|young)|"
                r"youthful|young|younger|older|elderly|born|retire\w*|age(?! gate)|aged|"
                r"ageing|aging|millennial|boomer|gen z|generation|grey hair|gray hair|"
                r"grandchildren|your time of life|at this stage of life|digital native|"
                r"recent graduate|teenager|twenties|thirties|forties|fifties|sixties)\b"
            ),
        ),
        harmless=(
            (
                r"\b(?:story|ticket|version|branch|data|code|file|build|cache|record|event|"
                r"message|issue) (?:is|was|gets|are|becomes) too (?:old|young)"
            ),
            (
                r"\bage of (?:the |a |your )?(?:\w+ )?(?:data|cache|ticket|record|file|"
                r"index|cookie|certificate|model|code|system|account|report|customers?|"
                r"users?)"
            ),
            r"\bat least (?:18|19|16|eighteen|nineteen) (?:years old|years of age)?",
            r"\bold (?:code|system|version|data|api)",
            r"\byou retire (?:a|an|the|old|legacy|this)",
        ),
    ),
    "gender": Rules(
        asked=(
            (
                r"\b(?:as|being|for|since you're|because you're|since you are|"
                r"because you are|you are|you're) an? (?:\w+ )?(?:woman|man|female|male|"
                r"lady|girl|guy|gentleman|boy)\b"
            ),
            r"\b(?:what|which) (?:is|are)? ?(?:your |ur )?(?:gender|sex)\b",
            r"\b(?:your|ur) (?:gender|sex)\b",
            r"\b(?:are you|r u) (?:an? )?(?:man|woman|male|female|boy|girl)\b",
            (
                r"\b(?:work|working|manage|managing|lead|leading|supervis\w+|handle|cope|"
                r"comfortable|deal|dealing)\b[a-z ]{0,24}\b(?:all )?(?:men|women|males|"
                r"females|guys|ladies|girls)\b"
            ),
            r"\b(?:mostly|only|all) (?:men|male|women|female)\b|\bman's (?:job|world)",
            r"\bwoman's job|\bmale dominated|\bfemale boss|\bmake (?:the )?coffee for\b",
        ),
        named=(
            (
                r"\b(?:woman|women|lady|ladies|female|girls?|male|men|gender|feminine|"
                r"masculine|manly|ladylike|housewife)\b"
            ),
        ),
        harmless=(r"\bmale and female users|\bgender bias",),
    ),
    "origin": Rules(
        asked=(
            (
                r"\bwhere (?:are|r|do|did|were|have|you|is|was|exactly|"
                r"in)\b[a-z' ]{0,16}\b(?:you|u|your family|your parents|your people|"
                r"your ancestors|that)\b(?: [a-z]+){0,2}? (?:originally |really |actually |"
                r"from|born|come from|grow up|grew up|raised|hail from|"
                r"brought up)\b(?! (?:learn|get|draw|take))"
            ),
            (
                r"\b(?:don't|do not|didn't) (?:look|sound|seem) (?:very )?(?:korean|"
                r"american|english|asian|local|like a korean)"
            ),
            (
                r"\b(?:which|what) (?:country|province|region|city) (?:do|did|are|"
                r"have) (?:you|u) (?:originally |really )?(?:come|from|hail)"
            ),
            (
                r"\b(?:is|are) (?:your|ur) (?:whole )?(?:family|parents) (?:\w+ )?(?:korean|"
                r"chinese|japanese|foreign\w*|immigrants?|from)"
            ),
            (
                r"\bborn (?:and raised|in (?:this|korea|the|america|a|another|seoul|china|"
                r"japan)|here|abroad|overseas)\b"
            ),
            (
                r"\b(?:your|ur) (?:\w+ )?(?:hometown|home town|birthplace|place of birth|"
                r"home country|native (?:country|land|place|tongue|language)|"
                r"country of (?:birth|origin)|homeland|mother country|native village|"
                r"home region|home province|roots|ancestry|ancestors|heritage|ethnic\w*|"
                r"race|skin colou?r|skin|nationality|nationalities|citizenship|origins?|"
                r"accent|dialect|immigration status|caste|tribe|bloodline)\b"
            ),
            (
                r"\b(?:mother tongue|native language|first language|native tongue|ethnicity|"
                r"ethnic (?:origin|background|group)|racial background|what race|which race|"
                r"what nationality|which nationality|what citizenship|place of birth|"
                r"what country (?:are|r|were|do) (?:you|u))\b"
            ),
            r"\bwhat (?:kind|sort|type) of (?:a )?(?:name|accent|surname|last name)",
            (
                r"\b(?:name|surname|accent)\b[a-z ]{0,20}\b(?:come|comes|from|origin|sounds|"
                r"chinese|foreign|korean|mean)\b"
            ),
            (
                r"\b(?:that's an|that is an) (?:unusual|interesting|exotic|foreign) (?:name|"
                r"accent)"
            ),
            r"\bwhere (?:does|is) (?:that|your) (?:name|accent)",
            (
                r"\b(?:are|r|aren't) (?:you|u) (?:a |an |really |from |of |actually |part |"
                r"half |ethnically |originally |one of )*(?:korean|chinese|japanese|"
                r"vietnamese|indian|american|african|black|white|asian|hispanic|latino|arab|"
                r"jewish|foreigner|foreign|foreign born|immigrant|native|citizen|refugee|"
                r"defector|jeolla|busan|daegu|gwangju|gyeongsang|honam|yeongnam|jeju|"
                r"the countryside|the south|the north|north korea|mixed race|mixed|biracial|"
                r"a minority|minority|naturali[sz]ed|indigenous|jeolla-do|european|mexican|"
                r"russian|filipino|thai|pakistani|nigerian)\b"
            ),
            r"\bgreen card\b",
            r"\bhow did you (?:get|obtain|become) (?:your )?(?:citizen|a citizen)",
            (
                r"\b(?:your|ur) (?:parents|family)\b[a-z ]{0,20}\b(?:immigrants?|"
                r"foreign(?:ers)?|born|from|immigrate|come to)\b"
            ),
        ),
        named=(
            (
                r"\b(?:hometown|birthplace|nationality|ethnic\w*|ancest\w+|heritage|"
                r"immigra\w+|emigrat\w+|foreigner|accent|native|grow up|grew up|grown up|"
                r"raised|race|racial|citizenship|passport|surname|countryside|dialect|"
                r"mother tongue|refugee|homeland|skin colou?r|originally|"
                r"where .{0,12}you from|country are you)\b"
            ),
        ),
        harmless=(
            r"\b(?:pupils|students|children) with another first language",
            r"\bwhere (?:does|did|do) (?:this|the|a|that|these) \w+ originally|\bcross origin",
            r"\borigin of the|\borigin (?:server|header|policy)|\brace condition",
            r"\bnative (?:app|code|module|speakers? of other)s?|\baccent colou?rs?",
            r"\broot cause|\bwhere you are from (?:a|the) (?:\w+ )?perspective",
            r"\bskin (?:of the|condition detection)",
        ),
    ),
    "orientation": Rules(
        asked=(
            (
                rf"\b(?:{ARE}) (?:an? |\w+ ){{0,2}}(?:gay|lesbian|straight|bisexual|"
                r"homosexual|heterosexual|transgender|trans|queer|lgbtq?|asexual|"
                r"in the closet|out of the closet|non ?binary|intersex|"
                r"attracted to)\b(?! (?:forward|answer|with|about))"
            ),
            r"\bsexual (?:orientation|preferences?|identity|life|history|partners?)",
            r"\bgender identity|\bsex life|\b(?:your|ur) (?:pronouns|sexuality|coming out)\b",
            r"\b(?:come|came|coming) out (?:as|of the closet)",
            (
                r"\b(?:prefer|like|date|attracted to|sleep with|into) (?:men|women|boys|"
                r"girls|guys) or"
            ),
            r"\b(?:date|attracted to|sleep with) (?:men|women|boys|girls|guys)",
            r"\bgender reassignment|\bborn (?:a )?(?:male|female|man|woman)",
            r"\bsame sex (?:partner|marriage|relationship)",
            (
                r"\b(?:opinion|think|feel)\b[a-z ]{0,12}\b(?:gay|homosexual\w*|lgbtq?|"
                r"transgender)\b"
            ),
        ),
        named=(
            (
                r"\b(?:gay|lesbian|homosexual\w*|heterosexual\w*|bisexual\w*|transgender\w*|"
                r"queer|lgbtq?|sexual\w*|sex change|closet|same sex|pride parade)\b"
            ),
        ),
    ),
}
