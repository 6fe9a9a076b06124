"""Which Node is new enough for the pages."""

from __future__ import annotations

import pytest

from tests.setup.node import is_new_enough

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("v18.20.4\n", False),
        ("v20.18.9", False),
        ("v20.19.0", True),
        ("v24.1.0", True),
        ("", False),
    ],
)
def test_node_20_19_is_the_oldest(version: str, expected: bool) -> None:
    assert is_new_enough(version) is expected
