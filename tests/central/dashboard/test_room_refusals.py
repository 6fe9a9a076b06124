"""What a room refuses is said in the language of the page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from central.dashboard.pages.fault_words import refusal_in_words
from central.dashboard.pages.room_refusals import REFUSALS
from edge_agent.interview import refusal

pytestmark = pytest.mark.unit


def test_every_sentence_that_an_agent_refuses_with_is_known() -> None:
    tree = ast.parse(Path(refusal.__file__).read_text(encoding="utf-8"))
    said_of = (ast.Return, ast.AnnAssign)
    returned = [node.value for node in ast.walk(tree) if isinstance(node, said_of)]
    said = {
        one.value
        for value in returned
        if value is not None
        for one in ast.walk(value)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value[:1].isupper()
        and one.value.endswith(".")
    }  # fmt: skip
    assert said
    assert said == set(REFUSALS)


@pytest.mark.parametrize(
    ("detail", "language", "said"),
    [
        ("The questions are over.", "ko", "질문이 모두 끝났습니다."),
        ("The questions are over.", "en", "The questions are over."),
        ("Something of another version.", "ko", "Something of another version."),
        (
            "This room is not ready. camera: unplugged; disk: the spool lies in memory.",
            "ko",
            (
                "이 면접실은 아직 준비되지 않았습니다. 카메라 연결이 끊겼습니다 (unplugged);"
                " 면접실이 기록을 메모리에만 둡니다."
            ),
        ),
        (
            "This room is not ready. camera: unplugged.",
            "en",
            "This room is not ready. The camera is lost (unplugged).",
        ),
    ],
)
def test_a_refusal_is_said_in_the_language_of_the_page(
    detail: str, language: str, said: str
) -> None:
    assert refusal_in_words(detail, language) == said
