"""What may not be asked, in both languages, with the Korean law behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Topic:
    """One protected topic. `law_*` names the provision; `korean` and `english` name the topic."""

    key: str
    korean: str
    english: str
    law_korean: str
    law_english: str


FAIR_HIRING_KO: Final = "채용절차의 공정화에 관한 법률 제4조의3"
FAIR_HIRING_EN: Final = "Fair Hiring Procedure Act, Art. 4-3"
EQUALITY_KO: Final = "남녀고용평등과 일·가정 양립 지원에 관한 법률 제7조"
EQUALITY_EN: Final = "Equal Employment Opportunity and Work-Family Balance Assistance Act, Art. 7"
COMMISSION_KO: Final = "국가인권위원회법 제2조 제3호"
COMMISSION_EN: Final = "National Human Rights Commission Act, Art. 2(3)"
POLICY_KO: Final = "고용정책 기본법 제7조"
POLICY_EN: Final = "Framework Act on Employment Policy, Art. 7"
PRIVACY_KO: Final = "개인정보 보호법 제23조"
PRIVACY_EN: Final = "Personal Information Protection Act, Art. 23"
AGE_KO: Final = "고용상 연령차별금지 및 고령자고용촉진에 관한 법률 제4조의4"
AGE_EN: Final = "Act on Prohibition of Age Discrimination in Employment, Art. 4-4"
DISABILITY_KO: Final = "장애인차별금지 및 권리구제 등에 관한 법률 제10조·제12조"
DISABILITY_EN: Final = (
    "Act on Prohibition of Discrimination against Persons with Disabilities, Arts. 10, 12"
)
UNION_KO: Final = "노동조합 및 노동관계조정법 제81조"
UNION_EN: Final = "Trade Union and Labor Relations Adjustment Act, Art. 81"
LAPSE_KO: Final = "형의 실효 등에 관한 법률 제6조"
LAPSE_EN: Final = "Act on the Lapse of Criminal Sentences, Art. 6"

_ALL: Final = (
    Topic(
        "marriage",
        "결혼과 가족 계획",
        "marriage and family plans",
        f"{FAIR_HIRING_KO}, {EQUALITY_KO}",
        f"{FAIR_HIRING_EN}; {EQUALITY_EN}",
    ),
    Topic(
        "pregnancy",
        "임신과 출산",
        "pregnancy and childbirth",
        f"{POLICY_KO}, {COMMISSION_KO}",
        f"{POLICY_EN}; {COMMISSION_EN}",
    ),
    Topic(
        "relatives",
        "가족의 학력·직업·재산",
        "the education, work or property of relatives",
        FAIR_HIRING_KO,
        FAIR_HIRING_EN,
    ),
    Topic("age", "나이", "age", AGE_KO, AGE_EN),
    Topic("gender", "성별", "gender", EQUALITY_KO, EQUALITY_EN),
    Topic(
        "origin",
        "출신 지역·국가·민족",
        "regional, national or ethnic origin",
        f"{FAIR_HIRING_KO}, {COMMISSION_KO}",
        f"{FAIR_HIRING_EN}; {COMMISSION_EN}",
    ),
    Topic(
        "religion",
        "종교",
        "religion",
        f"{COMMISSION_KO}, {POLICY_KO}",
        f"{COMMISSION_EN}; {POLICY_EN}",
    ),
    Topic(
        "politics",
        "정치적 견해",
        "political views",
        f"{COMMISSION_KO}, {PRIVACY_KO}",
        f"{COMMISSION_EN}; {PRIVACY_EN}",
    ),
    Topic(
        "union",
        "노동조합 가입과 활동",
        "union membership and activity",
        f"{UNION_KO}, {PRIVACY_KO}",
        f"{UNION_EN}; {PRIVACY_EN}",
    ),
    Topic(
        "health",
        "건강·병력·장애",
        "health, medical history or disability",
        f"{DISABILITY_KO}, {PRIVACY_KO}",
        f"{DISABILITY_EN}; {PRIVACY_EN}",
    ),
    Topic(
        "military",
        "병역 면제 사유",
        "reasons for exemption from military service",
        f"{COMMISSION_KO}, {PRIVACY_KO}",
        f"{COMMISSION_EN}; {PRIVACY_EN}",
    ),
    Topic(
        "appearance",
        "용모·키·체중",
        "appearance, height or weight",
        f"{FAIR_HIRING_KO}, {EQUALITY_KO}",
        f"{FAIR_HIRING_EN}; {EQUALITY_EN}",
    ),
    Topic("property", "재산과 경제 사정", "property and finances", FAIR_HIRING_KO, FAIR_HIRING_EN),
    Topic(
        "orientation",
        "성적 지향과 성별 정체성",
        "sexual orientation or gender identity",
        f"{COMMISSION_KO}, {PRIVACY_KO}",
        f"{COMMISSION_EN}; {PRIVACY_EN}",
    ),
    Topic(
        "criminal_record",
        "법이 정하지 않은 전과 조회",
        "a criminal record that no law asks for",
        f"{LAPSE_KO}, {COMMISSION_KO}",
        f"{LAPSE_EN}; {COMMISSION_EN}",
    ),
)
TOPICS: Final = {one.key: one for one in _ALL}
