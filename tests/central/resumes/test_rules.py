"""The rules one by one: headings, periods, what is protected, what is cleaned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import ResumeError
from central.resumes.flow import Value, problem_of
from central.resumes.limits import Limits
from central.resumes.lines import Extracted, Page
from central.resumes.understanding import protected
from central.resumes.understanding.cleaning import clean
from central.resumes.understanding.headings import kind_of
from central.resumes.understanding.periods import periods
from central.resumes.understanding.understand import understand

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("학력", "education"), ("학 력 사 항", "education"), ("■ 학력사항", "education"),
        ("1. 경력 사항", "experience"), ("[경력]", "experience"), ("WORK EXPERIENCE", "experience"),
        ("경력 Experience", "experience"), ("Education / 학력", "education"),
        ("Skills & Tools", "skills"), ("II. Projects", "projects"), ("자격증 및 면허", "certificates"),
        ("가족사항", "personal"), ("인 적 사 항", "personal"), ("Military Service", "personal"),
        ("경력이 풍부합니다.", None), ("한국대학교", None), ("언어: Python, Kotlin", None),
        ("Python", None), ("", None), ("2019.03", None), ("경력 Education", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_whatever_stands_around_it(line: str, kind: str | None) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    ("text", "begins", "ends", "is_current"),
    [
        ("2019.03 ~ 2022.05", "2019-03", "2022-05", False),
        ("2019. 3. - 2022. 5.", "2019-03", "2022-05", False),
        ("2019년 3월 ~ 2022년 5월", "2019-03", "2022-05", False),
        ("2019-03-02 – 2022-05-31", "2019-03", "2022-05", False),
        ("2019/03~2022/05", "2019-03", "2022-05", False),
        ("Mar 2019 – May 2022", "2019-03", "2022-05", False),
        ("September 2019 to Present", "2019-09", None, True),
        ("03/2019 - 05/2022", "2019-03", "2022-05", False),
        ("2019 - 2022", "2019", "2022", False),
        ("2022.06 ~ 현재", "2022-06", None, True),
        ("2022.06 ~ 재직 중", "2022-06", None, True),
        ("2022.06 ~", "2022-06", None, True),
        ("2017.11.24", "2017-11", None, False),
    ],
)
def test_a_period_is_read_as_it_is_written(
    text: str, begins: str, ends: str | None, is_current: bool
) -> None:
    (found,) = periods(text)
    assert (found.begins, found.ends, found.is_current) == (begins, ends, is_current)
    assert found.said.text == text.rstrip()


@pytest.mark.parametrize("text", ["40% 줄임", "버전 3.11.7", "010-1234-5678", "TOEIC 905", "1.5배"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert list(periods(text)) == []


@given(st.integers(1950, 2049), st.integers(1, 12), st.sampled_from(".-/"), st.text(max_size=20))
def test_a_date_is_found_where_it_stands(year: int, month: int, mark: str, before: str) -> None:
    text = f"{before} |{year}{mark}{month:02d}| "
    assert Value(f"{year}{mark}{month:02d}", len(before) + 2, len(before) + 9) in [
        one.said for one in periods(text)
    ]


@pytest.mark.parametrize(
    ("text", "kinds", "left"),
    [
        ("생년월일: 1995.03.02", {"birth"}, ""),
        ("생년월일 (만나이) : 1995.03.02 (28)", {"birth"}, ""),
        ("성별/나이: 남/28세", {"gender", "age"}, ""),
        ("주민등록번호: 950302-1234567", {"resident_number"}, ""),
        ("연락처: 010-1234-5678 / 희망연봉: 협의", {"contact"}, "/ 희망연봉: 협의"),
        ("성명\t홍길동\t희망직무\t백엔드", {"name"}, "희망직무 백엔드"),
        ("종교: 무교 | 직무: 개발", {"religion"}, "| 직무: 개발"),
        ("결혼여부: 미혼", {"marriage"}, ""),
        ("본적: 전라남도", {"origin"}, ""),
        ("키: 175cm / 몸무게: 70kg", {"appearance"}, "/"),
        ("Nationality: Korean", {"origin"}, ""),
        ("Date of birth: 2 March 1995", {"birth"}, ""),
        ("hong@example.com 010 1234 5678", {"contact"}, ""),
        ("홍보 (남)", {"gender"}, "홍보 ( )"),
        ("1995년 3월 2일생", {"birth"}, ""),
        ("서울특별시 강남구 테헤란로 123 4층", {"address"}, ""),
        ("2012.01 ~ 2013.10 육군 병장 만기전역", {"military"}, ""),
        ("저는 2남 1녀 중 막내로 자랐습니다. 코드를 좋아합니다.", {"family"}, "코드를 좋아합니다."),
        ("교회에서 봉사했습니다. 서버를 만들었습니다.", {"religion"}, "서버를 만들었습니다."),
        ("I am married. I build servers.", {"marriage"}, "I build servers."),
        ("My father taught me. I build servers.", {"family"}, "I build servers."),
        # What work is about stays.
        ("장애 대응 절차를 문서로 만듦", set(), "장애 대응 절차를 문서로 만듦"),
        ("학교회장으로 일했습니다.", set(), "학교회장으로 일했습니다."),
        ("가족 결합 상품을 만들었습니다.", set(), "가족 결합 상품을 만들었습니다."),
        ("서울 전역에 배포했습니다.", set(), "서울 전역에 배포했습니다."),
        ("부동산 관리 시스템", set(), "부동산 관리 시스템"),
        ("주소 검색 API 개발", set(), "주소 검색 API 개발"),
        ("Single page application", set(), "Single page application"),
        ("2019.03 ~ 2022.05\t푸른별\t개발자", set(), "2019.03 ~ 2022.05 푸른별 개발자"),
    ],
)
def test_what_is_private_is_blanked_and_what_is_work_stays(
    text: str, kinds: set[str], left: str
) -> None:
    found = protected.find(text)
    blanked = protected.blanked(text, found)
    assert {one.kind for one in found} == kinds
    assert " ".join(blanked.split()) == left
    assert len(blanked) == len(text)


@given(st.text(max_size=300))
def test_blanking_moves_nothing(text: str) -> None:
    blanked = protected.blanked(text, protected.find(text))
    assert len(blanked) == len(text)
    assert all(after in {before, " "} for before, after in zip(text, blanked, strict=True))


def test_one_spelling_and_nothing_unseen() -> None:
    said = "\uf0b7 서버\u200b를 　만\u00ad듦\u1100\u1161 ① 입니다 정말 그렇습니다 그렇고 말고요"
    cleaned = clean((said, "  ", "A\t \tB"))
    assert cleaned.lines == ("• 서버를 만듦가 1 입니다 정말 그렇습니다 그렇고 말고요", "A\tB")
    assert cleaned.hidden == ()


@pytest.mark.parametrize("mark", ["\u202e", "\U000e0041", "\u200b\u200c\u200d\u2060"])
def test_characters_that_turn_or_hide_are_told(mark: str) -> None:
    (found,) = clean((f"서버를 만들고 고치는 일을 오래 했습니다 {mark}정말로 그랬습니다",)).hidden
    assert (found.how, found.characters) == ("characters", len(mark))


@given(st.lists(st.text(max_size=40), max_size=30))
def test_whatever_a_file_says_the_reading_holds_or_it_is_refused(lines: list[str]) -> None:
    said = ("학력사항", "2014.03 ~ 2018.02 한국대학교 컴퓨터공학과 학사 졸업입니다", *lines)
    refused = None
    try:
        reading = understand(Extracted("docx", (Page(said),)), Limits())
    except ResumeError as error:
        refused = error.code
    assert refused in {"encoding", "no_text", "too_long"} or problem_of(reading) is None
