"""Words by which the fields of a résumé are told apart, in Korean and English."""

from __future__ import annotations

import re
from typing import Final

HANGUL: Final = re.compile("[가-힣]")
SCHOOL: Final = re.compile(
    r"(?:대학교|대학원|대학|고등학교|전문대|사이버대|학교|과학기술원|kaist|postech|unist|gist|dgist"
    r"|university|college|institute|school|academy|polytechnic)",
    re.IGNORECASE,
)
DEGREE: Final = re.compile(
    r"(?:전문학사|학사|석사|박사|석박사통합|졸업(?:예정)?|수료|재학|휴학|중퇴|편입"
    r"|\bbachelor(?:'s)?(?:\sof\s[a-z]+(?:\s[a-z]+)?)?|\bmaster(?:'s)?(?:\sof\s[a-z]+(?:\s[a-z]+)?)?|\bph\.?\s?d\.?"
    r"|\bb\.?\s?(?:sc?|a|eng)\b\.?|\bm\.?\s?(?:sc?|a|eng|ba)\b\.?|\bassociate(?:'s)?|\bdiploma\b)",
    re.IGNORECASE,
)
MAJOR: Final = re.compile(
    r"(?:[가-힣A-Za-z·]{1,20}(?:학과|학부|전공|공학|과학|과)(?=$|[\s,()])|\bmajor\b"
    r"|\b(?:computer|software|electrical|mechanical|industrial|data|business|economics|mathematics|physics"
    r"|chemistry|biology|design|engineering|science|statistics|management|marketing|finance|literature)\b)",
    re.IGNORECASE,
)
TITLE: Final = re.compile(
    r"(?:개발자|엔지니어|매니저|디자이너|기획자|연구원|분석가|컨설턴트|팀장|파트장|실장|본부장|부장|차장|과장|대리"
    r"|주임|사원|인턴|선임|책임|수석|이사|대표|강사|교사|간호사|회계사|마케터|운영자|담당자?|리더|아키텍트|상담원"
    r"|\bengineer\b|\bdeveloper\b|\bmanager\b|\bintern\b|\banalyst\b|\bdesigner\b|\bconsultant\b|\bscientist\b"
    r"|\bresearcher\b|\barchitect\b|\blead\b|\bdirector\b|\bspecialist\b|\bassistant\b|\bassociate\b"
    r"|\bcoordinator\b|\badministrator\b|\bofficer\b|\bteacher\b|\bnurse\b|\baccountant\b|\bmarketer\b|\bhead\sof\b)",
    re.IGNORECASE,
)
COMPANY: Final = re.compile(
    r"(?:\(주\)|㈜|주식회사|유한회사|재단|연구소|연구원$|은행|병원|그룹|전자|\binc\b|\bltd\b|\bllc\b|\bcorp|\bgmbh\b|\bco\.)",
    re.IGNORECASE,
)
LANGUAGE: Final = re.compile(
    r"(?:영어|일본어|중국어|독일어|프랑스어|불어|스페인어|러시아어|베트남어|아랍어|한국어|국어"
    r"|english|korean|japanese|chinese|mandarin|german|french|spanish|russian|vietnamese|arabic|portuguese|italian"
    r"|toeic\s?speaking|toeic|토익\s?스피킹|토익|toefl|토플|teps|텝스|opic|오픽|ielts|jlpt|jpt|hsk|topik|토픽|delf|dele)",
    re.IGNORECASE,
)
HEADER: Final = re.compile(
    r"(?:학교명?|전공|학과|학위|기간|재학기간|근무기간|회사명?|기관명?|직위|직급|직책|부서|담당업무|업무내용|구분|졸업구분"
    r"|자격증명?|취득일자?|발급기관|발행처|시행처|등급|점수|외국어명|언어|수준|프로젝트명|역할|사용기술|내용|비고|소재지|성적|학점|평점"
    r"|school|major|degree|period|dates?|company|organi[sz]ation|position|title|role|name|issuer|score|level|gpa)",
    re.IGNORECASE,
)
"""The cells of a table's first row."""
BULLET: Final = re.compile(r"^\s*(?:[-–—•·∙◦▪■□●○◆◇※*▶►✓>]|\d{1,2}[.)])\s+|^\s*[•▪■●◆]")
