"""The headings of résumés in Korean and English, and what stands under them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from central.resumes.flow import Kind

LONGEST: Final = 40
"""Characters of a heading."""
PERSONAL: Final = "personal"
"""Under these headings is who somebody is: nothing of it goes on."""

_HEADINGS: Final[dict[Kind | str, str]] = {
    "education": (
        "학력|학력사항|학력정보|최종학력|교육|교육사항|교육이력|학업"
        "|education|academicbackground|academichistory|educationalbackground|academics"
        "|educationandtraining|qualifications"
    ),
    "experience": (
        "경력|경력사항|경력정보|경력기술서|상세경력|주요경력|직무경력|업무경력|경험|직무경험|근무경력"
        "|회사경력|인턴경험|인턴경력|경력및경험"
        "|experience|workexperience|professionalexperience|employment|employmenthistory"
        "|workhistory|careerhistory|career|relevantexperience|internships?"
    ),
    "projects": (
        "프로젝트|주요프로젝트|프로젝트경험|프로젝트이력|수행프로젝트|개인프로젝트|팀프로젝트"
        "|projects?|personalprojects|selectedprojects|sideprojects|keyprojects|projectexperience"
    ),
    "skills": (
        "기술|기술스택|보유기술|보유역량|핵심역량|스킬|기술및역량|사용기술|전문기술|직무역량"
        "|컴퓨터활용능력"
        "|기술역량|보유스킬|기술사항|oa능력|역량"
        "|skills?|technicalskills|techstack|technologies|corecompetencies|keyskills"
        "|skillsandtools|tools|toolsandtechnologies"
    ),
    "certificates": (
        "자격|자격증|자격사항|자격면허|자격증면허|면허|자격및면허|보유자격증|자격증사항|자격증및면허"
        "|certificates?|certifications?|licenses|licensesandcertifications|certificationsandlicenses"
    ),
    "languages": (
        "어학|어학능력|외국어|외국어능력|어학성적|어학사항|어학자격|공인어학성적|언어"
        "|languages?|languageskills|languageproficiency"
    ),
    "awards": (
        "수상|수상경력|수상내역|수상사항|수상이력|표창"
        "|awards?|honors|honours|awardsandhonors|achievements"
    ),
    "activities": (
        "활동|대외활동|교내활동|주요활동|봉사활동|활동사항|사회활동|연수|해외연수|교육이수|논문|특허|연구실적"
        "|activities|extracurricularactivities|volunteering|volunteerexperience|volunteerwork"
        "|publications|patents|training|research"
    ),
    "summary": (
        "자기소개|자기소개서|소개|요약|프로필요약|지원동기|성장과정|성격의장단점|입사후포부|직무수행계획"
        "|한줄소개|간단소개"
        "|about|aboutme|summary|professionalsummary|profile|objective"
        "|careerobjective|executivesummary"
    ),
    PERSONAL: (
        "인적사항|개인정보|기본정보|신상정보|기초정보|개인신상|신상명세|인적정보|지원자정보"
        "|가족|가족사항|가족관계|가족상황|병역|병역사항|병역정보|군경력|군복무|병역및보훈|보훈|보훈및병역"
        "|신체|신체사항|신체정보|재산|재산사항|건강상태|취미|취미특기|취미및특기|종교|연락처|contact|contacts"
        "|contactinformation|personal|personaldetails|personalinformation|personaldata|bio|biodata"
        "|family|familybackground|militaryservice|references|hobbies|interests|physicaldetails"
    ),
    "other": (
        "기타|기타사항|첨부|비고|희망연봉|연봉|희망근무조건|other|miscellaneous|additionalinformation"
    ),
}  # fmt: skip
_KNOWN: Final = tuple(
    (kind, re.compile(f"(?:{words})", re.IGNORECASE)) for kind, words in _HEADINGS.items()
)
_ORDER: Final = re.compile(r"^(?:\d{1,2}|[IVX]{1,4}|[가-하])[.)]\s*")
_BESIDE: Final = re.compile(r"[\s\W_]+")


def kind_of(line: str) -> Kind | str | None:
    """The kind of a heading, `PERSONAL` among them; None: the line is no heading.

    Signs, numbers before it, and spaces between its letters ("학 력 사 항") do not matter.
    """
    if len(line) > LONGEST or line.rstrip().endswith((".", "?", "!", ",", "다", "요")):
        return None
    bare = _ORDER.sub("", unicodedata.normalize("NFKC", line).strip())
    plain = _BESIDE.sub("", bare.replace("&", "and"))
    if not plain:
        return None
    latin, hangul = re.sub("[가-힣]", "", plain), re.sub("[A-Za-z]", "", plain)
    if latin and hangul:  # "경력 Experience": each half says the same
        kind = _known(hangul)
        return kind if kind == _known(latin) else None
    return _known(plain)


def _known(plain: str) -> Kind | str | None:
    return next((kind for kind, known in _KNOWN if known.fullmatch(plain)), None)
