"""A token is good once, for one key, for half an hour; what is stored cannot be used as one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from central.errors import StartError
from central.fleet import certificates, tokens
from central.fleet.root import create_authority
from central.fleet.throttle import ADDRESSES, Rate, Throttle
from central.fleet.tokens import NotGood, Token, TokenState, Unused, UsedByThisKey

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOKEN = Token("0" * 12, "s" * 43, "f" * 64)
OPEN = TokenState(TOKEN.secret_sha256, NOW + timedelta(minutes=30), True, None)
USED = TokenState(TOKEN.secret_sha256, NOW + timedelta(minutes=30), True, "key")
PAST = NOW - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "key", "expected"),
    [
        (OPEN, "key", Unused),
        (USED, "key", UsedByThisKey),
        (USED, "other", NotGood),
        (None, "key", NotGood),
        (TokenState("0" * 64, OPEN.expires_at, True, None), "key", NotGood),
        (TokenState(TOKEN.secret_sha256, PAST, True, None), "key", NotGood),
        (TokenState(TOKEN.secret_sha256, NOW, True, None), "key", NotGood),
        (TokenState(TOKEN.secret_sha256, PAST, True, "key"), "key", NotGood),
        (TokenState(TOKEN.secret_sha256, OPEN.expires_at, False, None), "key", NotGood),
    ],
)
def test_a_token_is_judged(state: TokenState | None, key: str, expected: type) -> None:
    assert isinstance(tokens.judge(TOKEN, state, key, NOW), expected)


def test_only_a_second_key_is_theft() -> None:
    stolen = tokens.judge(TOKEN, USED, "other", NOW)
    wrong = tokens.judge(TOKEN, None, "other", NOW)
    assert isinstance(stolen, NotGood)
    assert isinstance(wrong, NotGood)
    assert (stolen.stolen, wrong.stolen) == (True, False)


def test_a_token_names_the_root_that_the_agent_shall_believe(tmp_path: Path) -> None:
    authority = create_authority(tmp_path / "a")
    token = tokens.new_token(authority.certificate)
    root = x509.load_pem_x509_certificate(authority.certificate)
    assert token.pin == certificates.public_sha256(root.public_key())
    assert tokens.parse(f" {token.text}\n") == token
    assert token.secret not in repr(token)
    with pytest.raises(StartError):
        tokens.new_token(b"")


@given(st.text(max_size=300))
def test_hostile_text_is_no_token(text: str) -> None:
    assert tokens.parse(text) is None


def test_strangers_knock_as_often_as_they_may() -> None:
    throttle = Throttle(Rate(3, 1), Rate(5, 1))
    assert [throttle.allows("a", 0) for _ in range(4)] == [True, True, True, False]
    assert [throttle.allows("b", 0) for _ in range(3)] == [True, True, False]
    assert not throttle.allows("c", 0)
    assert throttle.allows("c", 1)
    assert not throttle.allows("a", 1)
    assert throttle.allows("a", 2)


def test_a_throttle_remembers_no_more_than_it_has_room_for() -> None:
    throttle = Throttle(Rate(1, 0.001), Rate(1e9, 1))
    for number in range(ADDRESSES * 3):
        assert throttle.allows(str(number), 0)
    assert len(throttle._buckets) == ADDRESSES


def test_a_clock_that_goes_back_gives_nothing() -> None:
    throttle = Throttle(Rate(1, 1), Rate(10, 1))
    assert throttle.allows("a", 100)
    assert not throttle.allows("a", 50)
