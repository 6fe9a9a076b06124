from __future__ import annotations

import pytest

from central.dashboard.pages.session import inside

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("given", "followed"),
    [
        ("/rooms", "/rooms"),
        ("/interviews/7/report", "/interviews/7/report"),
        ("", ""),
        ("rooms", ""),
        ("//elsewhere.example", ""),
        ("/\\elsewhere.example", ""),
        ("https://elsewhere.example", ""),
        ("/rooms\r\nSet-Cookie: a=b", ""),
    ],
)
def test_a_login_leads_only_inside(given: str, followed: str) -> None:
    assert inside(given) == followed
