"""What may not be asked is found, its look-alikes are let through, and disguises do not help."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language import bank, screen

pytestmark = pytest.mark.unit

LABELLED = Path(__file__).parent / "screening"
PARTS = ("written", "first", "second", "third")
"""The rules were written from the first part. The others were written after the rules that met them,
and mended from afterwards: the decision page has what was found at first sight.
"""
LEAST_RECALL = 0.98
MOST_FALSE_ALARMS = 0.15
FEWEST_SENTENCES = 150


def labelled(language: str, *parts: str) -> list[tuple[str, str]]:
    """Topic ("-" for none) and sentence."""
    rows: list[tuple[str, str]] = []
    for part in parts:
        text = (LABELLED / f"{language}_{part}.tsv").read_text(encoding="utf-8")
        for line in text.splitlines():
            topic, sentence = line.split("\t")
            rows.append((topic, sentence))
    return rows


def shares(rows: list[tuple[str, str]]) -> tuple[float, float]:
    """Recall and the share of false alarms."""
    asked = [sentence for topic, sentence in rows if topic != "-"]
    fine = [sentence for topic, sentence in rows if topic == "-"]
    found = sum(screen.first(one) is not None for one in asked)
    alarms = sum(screen.first(one) is not None for one in fine)
    return found / len(asked), alarms / len(fine)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_there_are_sentences_of_every_topic_and_as_many_look_alikes(language: str) -> None:
    rows = labelled(language, *PARTS)
    topics = [topic for topic, _ in rows]
    assert set(topics) - {"-"} == set(screen.TOPICS)
    assert len(rows) >= FEWEST_SENTENCES
    assert 0.4 <= topics.count("-") / len(rows) <= 0.6
    assert len({sentence for _, sentence in rows}) == len(rows)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_prohibited_is_found_and_look_alikes_pass(language: str, part: str) -> None:
    recall, alarms = shares(labelled(language, part))
    assert recall >= LEAST_RECALL
    assert alarms <= MOST_FALSE_ALARMS


@pytest.mark.parametrize("language", ["ko", "en"])
def test_of_what_a_model_wrote_no_word_of_it_passes(language: str) -> None:
    """Every topic, at work and about others too; the bank is there for what is refused for nothing."""
    rows = labelled(language, *PARTS)
    assert [one for topic, one in rows if topic != "-" and screen.mentioned(one) is None] == []
    assert [one.key for one in bank.load() if screen.mentioned(one.content) is not None] == []
    everyday = (LABELLED / "everyday.txt").read_text(encoding="utf-8").splitlines()
    assert [one for one in everyday if screen.mentioned(one) is not None] == []


OF_A_SMALL_MODEL = (
    "How can you make a decision about a job based on the company you work for and whether or not you"
    " are in a relationship?"
)
"""Its second try, which got through to a candidate."""


@pytest.mark.parametrize(
    "question",
    [
        OF_A_SMALL_MODEL,
        "Would it matter for this work whether you're single?",
        "What changes for you when you are married?",
    ],
)
def test_what_one_is_besides_work_is_found_in_any_clause(question: str) -> None:
    found = screen.first(question)
    assert found is not None
    assert found.topic.key == "marriage"


def test_everyday_questions_pass() -> None:
    """Many hold a topic's word by accident: 성장 가능성 (장가), 일주일 (주일), "stay engaged"."""
    everyday = (LABELLED / "everyday.txt").read_text(encoding="utf-8").splitlines()
    assert [one for one in everyday if screen.find(one)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_topic_is_the_right_one(language: str) -> None:
    """Topics overlap (a mother of two is family and gender), so a few may be called by another name."""
    rows = [row for row in labelled(language, *PARTS) if row[0] != "-"]
    right = sum(
        topic in {one.topic.key for one in screen.find(sentence)} for topic, sentence in rows
    )
    assert right / len(rows) >= 0.95


@pytest.mark.parametrize("entry", bank.load(), ids=lambda one: f"{one.key}-{one.language}")
def test_every_question_of_the_bank_may_be_asked(entry: bank.BankEntry) -> None:
    assert screen.find(entry.content) == ()


@pytest.mark.parametrize(
    ("disguised", "topic"),
    [
        ("결 혼 하 셨 나 요?", "marriage"),
        ("결.혼.은 하셨습니까", "marriage"),
        ("결\u200b혼\u200d하셨나요", "marriage"),
        ("ㄱㅕㄹㅎㅗㄴ 하셨나요?", "marriage"),
        ("겨ㄹ호ㄴ하셨나요?", "marriage"),
        (unicodedata.normalize("NFD", "종교가 있으신가요?"), "religion"),
        ("結婚 하셨나요?", "marriage"),
        ("marriage 계획이 어떻게 되세요?", "marriage"),
        ("religion이 어떻게 되시나요?", "religion"),
        ("Are you 기혼?", "marriage"),
        ("ＡＲＥ ＹＯＵ ＭＡＲＲＩＥＤ？", "marriage"),
        ("Are you mаrriеd?", "marriage"),  # Cyrillic а and е
        ("are you m.a.r.r.i.e.d", "marriage"),
        ("a r e y o u m a r r i e d ?", "marriage"),
        ("are you m4rr1ed?", "marriage"),
        ("𝐇𝐨𝐰 𝐨𝐥𝐝 are you", "age"),
        ("Do you have a dísability?", "health"),
        ("How\u00ad old\u2060 are y\ufeffou?", "age"),
        ("Are you. Married?", "marriage"),
        ("Have you raised a family?", "marriage"),
        ("혹시 키는 어떻게 되세요?", "appearance"),
        ("저희는 가족 같은 회사입니다. 종교가 있으신가요?", "religion"),
        ("고객 앱을 설계하셨는데, 결혼은 하셨나요?", "marriage"),
        ("You led the database project. Are you planning to have a baby?", "pregnancy"),
    ],
)
def test_a_disguise_does_not_help(disguised: str, topic: str) -> None:
    assert topic in {one.topic.key for one in screen.find(disguised)}


ASKED = ["결혼은 하셨나요?", "종교가 있으신가요?", "고향이 어디세요?", "나이가 어떻게 되세요?"]
CHANGES: list[Callable[[str], str]] = [
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKD", text),
    "\u200b".join,
    " ".join,
    "·".join,
    lambda text: text.replace(" ", ""),
    lambda text: f"반갑습니다. {text} 편하게 말씀해 주세요.",
    lambda text: text.upper(),
]


@given(asked=st.sampled_from(ASKED), changes=st.lists(st.sampled_from(CHANGES), max_size=3))
def test_disguises_do_not_help_together_either(
    asked: str, changes: list[Callable[[str], str]]
) -> None:
    for change in changes:
        asked = change(asked)
    assert screen.first(asked) is not None


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    assert all(one.words for one in screen.find(text))


@pytest.mark.parametrize("key", screen.TOPICS)
def test_every_topic_says_its_name_and_its_law_in_both_languages(key: str) -> None:
    topic = screen.TOPICS[key]
    assert "법" in topic.law_korean
    assert "Act" in topic.law_english
    assert topic.korean != topic.english
