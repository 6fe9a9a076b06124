"""What a room refuses is said in the language of the page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from central.dashboard.pages.room_refusals import REFUSALS
from edge_agent.interview import refusal

pytestmark = pytest.mark.unit


def test_every_sentence_that_an_agent_refuses_with_is_known() -> None:
    tree = ast.parse(Path(refusal.__file__).read_text(encoding="utf-8"))
    returned = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
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
