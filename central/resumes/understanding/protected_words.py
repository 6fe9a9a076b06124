"""The words of `protected.py`, by kind: labels, shapes without a label, and topics of prose."""

from __future__ import annotations

from typing import Final

LABELS: Final = {
    "name": (
        "성명|이름|성함|한글성명|영문성명|영문이름|한글이름|한문|한자|한자성명|name|fullname|applicantname"
    ),
    "contact": (
        "연락처|전화|전화번호|휴대폰|휴대전화|핸드폰|휴대폰번호|비상연락처|긴급연락처|이메일|메일|전자우편|팩스"
        "|카카오톡|카톡|sns|phone|phonenumber|tel|telephone|mobile|cell|email|emailaddress|contact|fax"
        "|linkedin|facebook|instagram|skype"
    ),
    "address": (
        "주소|현주소|거주지|거주지역|자택주소|자택|우편번호|주민등록지|등록기준지|거주형태|주거"
        "|address|homeaddress|currentaddress|permanentaddress|residence|postalcode|zipcode"
    ),
    "resident_number": (
        "주민등록번호|주민번호|외국인등록번호|여권번호|운전면허번호|ssn|socialsecuritynumber|passportnumber"
        "|nationalid|idnumber"
    ),
    "birth": "생년월일|생일|출생일|출생|출생년도|출생연도|생년|birthdate|dateofbirth|dob|birthday|born",
    "age": "나이|연령|만나이|age",
    "gender": "성별|sex|gender|pronouns",
    "photo": "사진|증명사진|photo|photograph|picture",
    "marriage": "결혼|결혼여부|혼인|혼인여부|기혼여부|배우자|결혼유무|maritalstatus|married|spouse",
    "family": (
        "가족|가족사항|가족관계|부모|부|모|부친|모친|형제|자매|형제자매|자녀|자녀수|부양가족|호주|호주관계|호주성명"
        "|family|father|mother|fathersname|mothersname|parents|siblings|children|dependents"
    ),
    "religion": "종교|신앙|religion|faith",
    "military": (
        "병역|병역사항|병역구분|병역여부|군필|군필여부|군별|계급|병과|복무기간|제대구분|면제사유|미필사유|역종"
        "|보훈|보훈여부|보훈대상|보훈번호|전역일|입대일|군복무"
        "|military|militaryservice|militarystatus|veteranstatus|rank|branchofservice"
    ),
    "origin": (
        "본적|본적지|고향|출신|출신지|출신지역|출생지|국적|민족|인종|nationality|citizenship|hometown"
        "|placeofbirth|birthplace|ethnicity|race|nativeplace"
    ),
    "appearance": "키|신장|체중|몸무게|혈액형|시력|신체사항|height|weight|bloodtype|bloodgroup|eyesight",
    "health": (
        "건강|건강상태|장애|장애여부|장애등급|장애유형|질병|병력|지병|health|disability|medicalhistory"
    ),
    "property": "재산|동산|부동산|자산|주택|주택소유|소유주택|월수입|assets|property",
    "politics": "정당|지지정당|정치성향|politicalviews|politicalaffiliation",
    "union": "노조|노동조합|노조가입|unionmembership",
    "criminal_record": "전과|범죄경력|범죄사실|신원조회|criminalrecord",
}  # fmt: skip
"""A label is all of these words and nothing else, without blanks and signs."""

SHAPES: Final = {
    "resident_number": r"(?<!\d)\d{6}\s?-\s?[1-8](?:\d{6}|[*●○xX]{6})(?!\d)",
    "contact": (
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
        r"|(?<!\d)(?:\+?82[\s-]?\(?0?\)?|0)1[016789][\s.-]?\d{3,4}[\s.-]?\d{4}(?!\d)"
        r"|(?<!\d)0(?:2|[3-6]\d)[\s.)-]{1,2}\d{3,4}[\s.-]\d{4}(?!\d)"
        r"|(?<![\d+])\+?\(?\d{1,3}\)?[\s.-]\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?!\d)"
        r"|(?<!\d)\(\d{3}\)\s?\d{3}-\d{4}(?!\d)"
        r"|(?:https?://)?(?:www\.)?(?:linkedin|facebook|instagram|x|twitter)\.com/\S{1,100}"
    ),
    "birth": (
        r"(?:19|20)\d{2}\s?[년./-]\s?\d{1,2}\s?[월./-]\s?\d{1,2}\s?일?\s?생(?!산)"
        r"|(?:19|20)?\d{2}\s?년\s?생(?!산)"
        r"|born\s(?:on|in)\s[^\n\t.,;]{1,30}"
    ),
    "age": (
        r"\(?만\s?\d{1,2}\s?세\)?|(?<!\d)[1-6]\d\s?(?:세|살)(?=[\s)/,.]|$)|(?<!\d)[1-6]\d\s?years\sold"
        r"|(?<=\()\s?[2-6]\d\s?세"
    ),
    "gender": (
        r"(?<=[(\[/|,\t ])\s?(?:남|여)(?:자|성)?\s?(?=[)\]/|])"
        r"|(?m:^)(?:남성|여성|남자|여자)(?=$|\t|\s?[/|,(])"
        r"|(?m:(?:^|(?<=\t)))(?:male|female)(?=$|\t|\s?[/|,(])|(?<=\t)(?:남|여)(?:자|성)?(?=$|\t|\n)"
        r"|\b(?:he/him|she/her|they/them)\b"
    ),
    "address": (
        r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청?[남북]|전라?[남북]|경상?[남북]|제주)"
        r"(?:특별자치시|특별자치도|특별시|광역시|도|시)?\s[가-힣]{1,8}(?:시|군|구)(?:\s[가-힣]{1,8}(?:구|읍|면))?"
        r"(?:\s[가-힣\d·]{1,20}(?:로|길|동|리|가)(?:\s?[\d-]{1,12}(?:번지|호|동|층|길)?(?:\s?[\d-]{1,8}(?:호|동|층)?)?)?"
        r"(?:\s?\d{1,5}(?:동|호))*)"
        r"|\b\d{1,5}\s[A-Z][A-Za-z]{1,20}(?:\s[A-Z][A-Za-z]{1,20})?\s"
        r"(?:Street|St\.|Avenue|Ave\.?|Road|Rd\.|Boulevard|Blvd\.?|Lane|Ln\.|Drive|Dr\.)"
    ),
    "appearance": r"(?<!\d)1[4-9]\d\s?cm(?:\s?[/,]\s?\d{2,3}\s?kg)?|혈액형\s?[ABO]{1,2}형?",
}

TOPICS: Final = {
    "family": (
        r"\d\s?남\s?\d\s?녀|장남|장녀|차남|차녀|막내(?:아들|딸|로)|외동(?:아들|딸)|부모님|아버지|어머니|아버님|어머님"
        r"|남편|아내(?=[가는를와의도])|할머니|할아버지|홀어머니|편부모|제\s?아이|두\s?아이|자녀를"
        r"|\bmy\s(?:father|mother|parents|wife|husband|children|kids|family|son|daughter)\b"
        r"|\bmy\s(?:siblings?|brothers?|sisters?)\b"
        r"|\b(?:father|mother)\sof\s(?:one|two|three|four|\d)\b"
    ),
    "marriage": (
        r"기혼|미혼|이혼|결혼(?:하|했|한|을|후|해)|신혼|\b(?:married|divorced|widowed)\b|\bmarital\sstatus\b"
    ),
    "religion": (
        r"기독교|천주교|가톨릭|개신교|불교|원불교|이슬람|무교(?=$|[\s,)])|모태\s?신앙|신앙\s?생활|(?<!학)교회(?![장원])"
        r"|성당(?=[에을의\s])|주일\s?학교|\b(?:christian|catholic|protestant|buddhist|muslim|hindu|jewish)\b"
        r"|\b(?:church|mosque|synagogue)\b"
    ),
    "military": (
        r"병역|군필|만기\s?(?:전역|제대)|육군|해군|공군|해병대|의무경찰|사회복무요원|공익근무|군\s?복무|군대|군\s?입대"
        r"|군\s?생활|입대\s?(?:후|하|전)|병장|예비역|rotc|학군단|학사장교|군\s?면제"
        r"|\bmilitary\sservice\b|\bconscript|\bmandatory\sservice\b|\bhonou?rabl[ey]\sdischarge"
        r"|\b(?:army|navy|air\sforce|marine\scorps)\b"
    ),
    "origin": (
        r"고향(?=[은이을에\s])|에서\s?태어나|태생|본적|\b(?:hometown|i\swas\sborn|native\sof|immigrat(?:ed|ion))\b"
    ),
    "health": r"장애인|장애\s?\d\s?급|장애\s?등급|지병|투병|우울증|\bdiagnosed\swith\b|\bmy\sdisabilit",
    "property": r"자가\s?(?:보유|주택|소유)|전세\s?거주|월세\s?거주|기초생활\s?수급",
    "politics": r"정당\s?(?:가입|활동)|(?<![가-힣])당원|\bpolitical\sparty\b",
    "union": r"노동조합|(?<![가-힣])노조|\b(?:labou?r|trade)\sunion\b",
    "criminal_record": r"전과(?=[가는\s])|집행유예|\bcriminal\srecord\b",
    "age": r"(?:저의|제)\s?나이|늦은\s?나이|어린\s?나이",
}

WHOLE_LINES: Final = frozenset({"military", "family"})
"""Topics that leave nothing of a line worth keeping."""
