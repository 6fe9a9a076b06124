"""What is in the corpus' Korean and English résumé, as a person would read it."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from central.resumes.flow import Reading

KOREAN: dict[str, Any] = {
    "education": [("한국대학교", "학사", "컴퓨터공학과", ("2014-03", "2018-02"))],
    "experience": [
        ("(주)푸른별", "백엔드 개발자", ("2019-03", "2022-05"),
         ["결제 서버의 응답 시간을 40% 줄임", "장애 대응 절차를 문서로 만듦"]),
        ("하늘소프트", "선임 엔지니어", ("2022-06", None), ["주문 시스템을 이벤트 방식으로 바꿈"]),
    ],
    "projects": [("정산 자동화", ("2021-01", "2021-06"), ["월 정산을 사흘에서 두 시간으로 줄임"])],
    "skills": ["Python", "Kotlin", "PostgreSQL", "Kafka", "Docker"],
    "certificates": [("정보처리기사", "2017.11.24")],
    "languages": [("TOEIC", "905점")],
}  # fmt: skip
ENGLISH: dict[str, Any] = {
    "education": [("Hankuk University", "B.Sc.", "Computer Science", ("2014", "2018"))],
    "experience": [
        ("Bluestar Inc.", "Backend Engineer", ("2019-03", "2022-05"),
         ["Cut response times of the payment server by 40%"]),
        ("Skysoft", "Senior Engineer", ("2022-06", None), ["Made the order system event driven"]),
    ],
    "projects": [],
    "skills": ["Python", "Kotlin", "PostgreSQL", "Kafka (streams, connect)", "Docker"],
    "certificates": [("AWS Solutions Architect", "2021-04")],
    "languages": [("English", "fluent"), ("TOEIC", "905")],
}  # fmt: skip
NEVER_SEEN = (
    "홍길동", "1995", "월드컵로", "010-1234", "육군", "병장", "장남", "Doe", "415-555", "March 2",
    "Korean", "single", "married", "husband",
)  # fmt: skip


def seen(text: str) -> list[str]:
    """Which of `NEVER_SEEN` stand in a text. A year within a key is chance."""
    alone = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
    return [
        word
        for word in NEVER_SEEN
        if re.search(alone.format(word) if word.isdigit() else re.escape(word), text)
    ]


def told(reading: Reading) -> dict[str, Any]:
    """The fields as above: words for values, a pair for a period."""
    fields = msgspec.to_builtins(reading.structured)
    return {kind: [_plain(one) for one in found] for kind, found in fields.items()}


def _plain(one: Any) -> Any:
    if not isinstance(one, dict):
        return [_plain(inner) for inner in one] if isinstance(one, (list, tuple)) else one
    if "text" in one:
        return one["text"]
    if "said" in one:
        return one["begins"], one["ends"]
    return tuple(_plain(inner) for inner in one.values())
