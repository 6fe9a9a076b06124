"""English rules of conviction: religion, politics, union."""

from __future__ import annotations

from typing import Final

from central.language.screen.english.words import ARE, YOU
from central.language.screen.rules import Rules

RULES: Final = {
    "religion": Rules(
        asked=(
            (
                r"\b(?:your|ur) (?:\w+ )?(?:religion|religious \w+|faith|church|mosque|"
                r"temple|synagogue|denomination|beliefs? (?:about|in) god|god|spiritual\w*|"
                r"parish|sabbath|creed|pastor|priest|baptism|beliefs?|convictions about)\b"
            ),
            (
                r"\b(?:what|which) (?:\w+ ){0,2}(?:religion|faith|church|denomination|creed|"
                r"religious)\b"
            ),
            (
                r"\b(?:go|going|went|attend\w*|belong\w*|visit) (?:to )?(?:a |the |any |"
                r"your )?(?:church|mosque|temple|synagogue|mass|sunday service|bible study|"
                r"worship|prayer meeting|services on sunday)\b"
            ),
            (
                rf"\b(?:{ARE}) (?:an? |\w+ ){{0,2}}(?:christian|muslim|buddhist|hindu|jewish|"
                r"jew|catholic|protestant|mormon|atheist|agnostic|religious|believer|devout|"
                r"baptised|baptized|born again|jehovah's witness|sikh|churchgoer|"
                r"church goer|spiritual|pious|saved)\b(?! (?:chari\w+|customers?|clients?|"
                r"about|with))"
            ),
            (
                r"\bbelieve in (?:a |any )?(?:god|jesus|allah|buddha|heaven|an afterlife|"
                r"the bible|higher power|religion)"
            ),
            (
                rf"{YOU}\b[a-z ]{{0,24}}\b(?:pray|praying|worship|fast during|ramadan|"
                r"observe (?:the )?(?:sabbath|ramadan|lent|holy|religious)|keep kosher|"
                r"tithe|read the bible)\b"
            ),
            (
                r"\breligious (?:holidays?|observances?|days?|beliefs?|affiliations?|"
                r"practices?|views|background|services|reasons|convictions|headscarf|"
                r"garments?)\b"
            ),
            (
                r"\b(?:wear|wearing|remove|take off) (?:a |your |that |the )?(?:hijab|"
                r"headscarf|turban|cross|kippah|veil)"
            ),
            r"\bsundays? (?:off )?for (?:church|worship|religious)",
            r"\bour (?:company )?(?:prayer|worship|morning worship)",
        ),
        named=(
            (
                r"\b(?:religio\w+|faith|church|mosque|temple|synagogue|god|jesus|bible|"
                r"quran|koran|pray\w*|worship\w*|christian\w*|muslim|islam\w*|buddhis\w+|"
                r"hindu\w*|jewish|catholic|atheis\w+|agnostic|sabbath|ramadan|hijab|"
                r"headscarf|turban|kosher|halal|baptis\w+|spiritual\w*|christmas|lent|"
                r"diwali|pastor|priest)\b"
            ),
        ),
        harmless=(
            (
                r"\breligious (?:charit\w+|organi[sz]ations? (?:as|who|that)|clients?|"
                r"customers?|buildings?|sites?)"
            ),
            r"\breligiously|\btemplates?",
        ),
    ),
    "politics": Rules(
        asked=(
            (
                r"\bwho(?:m)? (?:did|do|would|will|are|have) (?:you|"
                r"u)\b[a-z ]{0,16}\b(?:vote|voting|voted|elect|campaign\w*)\b"
            ),
            rf"{YOU}\b[a-z ]{{0,24}}\b(?:vote[d]?|voting) (?:for|in|at|against|last)",
            (
                r"\b(?:your|ur) (?:\w+ )?(?:politics|political \w+|vote|party affiliation|"
                r"party|ideolog\w+|political)\b"
            ),
            (
                r"\bpolitical (?:party|parties|views?|opinions?|beliefs?|affiliations?|"
                r"leanings?|orientation|stance|activit\w+|ideolog\w+|convictions?|"
                r"position)\b"
            ),
            (
                r"\b(?:what|how) (?:do|did|would) (?:you|u) (?:think|feel|make|say|rate|see|"
                r"view)\b[a-z' ]{0,30}\b(?:president|prime minister|government|ruling party|"
                r"opposition|democrats?|republicans?|impeachment|parliament|"
                r"election results?|last election|socialism|communism|trump|brexit|"
                r"national assembly|martial law|north korea policy|reunification|"
                r"immigration policy|abortion law)\b"
            ),
            (
                rf"\b(?:{ARE}) (?:an? |\w+ ){{0,2}}(?:conservative|liberal|progressive|"
                r"left wing|right wing|leftist|socialist|communist|democrat|republican|"
                r"feminist|politically active|left or right|on the left|on the right|"
                r"a supporter of the)\b"
            ),
            (
                r"\b(?:join|joined|attend|attended|take part in|took part in|taken part in|"
                r"been to|go to|went to|been at|march in)\b[a-z ]{0,16}\b(?:protests?|"
                r"demonstrations?|rall(?:y|ies)|political|candlelight|marches)\b"
            ),
            (
                r"\b(?:support|supporter of|donate[d]? to|donated money to|"
                r"campaign(?:ed)? for|member of|belong to|favou?r)\b[a-z ]{0,12}\b(?:party|"
                r"candidate|politician|president|the government|opposition)\b"
            ),
        ),
        named=(
            (
                r"\b(?:politic\w+|president|government|election|vote[ds]?|voting|party|"
                r"conservative|liberal|left wing|right wing|protest\w*|rally|rallies|"
                r"demonstration|activis[mt]|congress|parliament|democrat\w*|republican\w*|"
                r"communis[mt]|socialis[mt]|feminis[mt])\b"
            ),
        ),
        harmless=(
            r"\boffice politics|\bpolitical (?:news|advert\w+|ads)",
            r"\bwebsite of a political party",
            r"\bconservative (?:estimate|approach|default|rollout)s?|\bthird party",
            r"\bparty size|\bliberal (?:arts|licen[cs]e)|\ba liberal interpretation",
        ),
    ),
    "union": Rules(
        asked=(
            (
                r"\b(?:trade |labou?r |workers' |workers |"
                r"company )?unions?\b[a-z ]{0,10}\b(?:member\w*|card|activit\w+|"
                r"organi[sz]\w+|dues|rep|representative|meeting|sympath\w+|steward)\b"
            ),
            (
                rf"{YOU}\b[a-z' ]{{0,40}}\b(?:trade |labou?r |workers |the |a |any |"
                r"about )unions?\b(?! (?:types?|all|query|clause|find|of|in sql|on behalf))"
            ),
            (
                r"\b(?:member|membership|part|leader|organi[sz]er|official|supporter|"
                r"representative) of (?:a |an |any |the )?(?:\w+ )?union\b(?! type)"
            ),
            r"\bunioni[sz]\w+",
            (
                r"\borgani[sz](?:e|ed|ing) (?:the |your |other )?(?:workers|colleagues|"
                r"employees|staff)\b"
            ),
            r"\bpro union|\banti union",
            (
                rf"{YOU}\b[a-z ]{{0,30}}\b(?:join\w*|took part in|take part in|taken part in|"
                r"participat\w+ in|go|been|gone|went|lead|led|support\w*|"
                r"organi[sz]\w*) (?:in |a |an |any |the |on )*(?:strikes?|picket\w*|"
                r"walkouts?|industrial action|collective action|work stoppage)\b"
            ),
            r"\bcollective bargaining\b[a-z ]{0,20}\byou\b",
        ),
        named=(
            (
                r"\b(?:unions?|unioni[sz]\w*|strike|strikes|picket\w*|organi[sz]e workers|"
                r"organi[sz]ing workers|collective bargaining|labou?r (?:movement|activism|"
                r"activist|dispute)|shop steward|walkout|industrial action)\b"
            ),
        ),
        harmless=(
            r"\bunion (?:types?|all|queries|query|clause|find|of (?:two|sets))",
            r"\bstrike (?:a balance|price|rate)|\bnegotiated? with (?:a|the) (?:\w+ )?unions?",
            r"\bunion and union all|\beuropean union",
        ),
    ),
}
