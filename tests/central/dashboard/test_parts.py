"""The parts that need neither a server nor a clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.bus.events import CaptionChanged, Readings, RoomChanged, TranscriptAdded
from central.config import Dashboard
from central.dashboard.auth import browser, keys, tokens
from central.dashboard.auth.throttle import Throttle
from central.dashboard.auth.tokens import Claims
from central.dashboard.korean import KOREAN
from central.dashboard.live.queue import RELOAD, Queue
from central.dashboard.serve import refuse_open
from central.errors import Refused, StartError
from central.storage.series import Measures, Window, summarise

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 20, tzinfo=UTC)
KEY = b"k" * 32


def readings(room: str, position: int) -> Readings:
    return Readings(room, "7", 0, "answering", "t", "q", position, 3, 0, True, {})


def said(room: str, number: int) -> TranscriptAdded:
    return TranscriptAdded(room, "7", "t", str(number), "u", "User", "words", "e", True, 0)


def types_of(batch: bytes | None) -> list[str]:
    assert batch is not None
    return [event["type"] for event in json.loads(batch)]


def test_only_the_latest_readings_of_each_room_wait() -> None:
    queue = Queue()
    for position in range(5):
        queue.put(readings("a", position))
        queue.put(readings("b", position))
    batch = json.loads(queue.take() or b"")
    assert [(event["room"], event["position"]) for event in batch] == [("a", 4), ("b", 4)]


def test_all_else_leaves_in_order_and_before_readings() -> None:
    queue = Queue()
    queue.put(readings("a", 0))
    queue.put(said("a", 1))
    queue.put(CaptionChanged("a", "7", "t", "x", "y", "e", 0))
    queue.put(said("a", 2))
    assert types_of(queue.take()) == ["transcript", "caption", "transcript", "readings"]
    assert queue.take() is None


def test_a_browser_that_falls_behind_is_told_to_reload_once() -> None:
    queue = Queue(most=3)
    for number in range(4):
        queue.put(said("a", number))
    assert queue.take() == RELOAD
    assert queue.take() is None
    queue.put(said("a", 9))
    assert types_of(queue.take()) == ["transcript"]


def test_a_room_channel_hears_its_room_only() -> None:
    queue = Queue("a")
    assert not queue.put(said("b", 1))
    assert queue.put(said("a", 1))


def test_it_staff_hear_how_rooms_are_and_no_words() -> None:
    queue = Queue(kinds=frozenset({RoomChanged}))
    assert not queue.put(said("a", 1))
    assert queue.put(RoomChanged("a", connected=False, faults=("no camera",)))


def test_one_address_cannot_try_for_ever() -> None:
    throttle = Throttle(burst=3, per_minute=60)
    assert [throttle.allows("x", 0.0) for _ in range(4)] == [True, True, True, False]
    assert throttle.allows("y", 0.0)
    assert throttle.allows("x", 1.0)


def test_a_throttle_forgets_who_was_quiet_for_longest() -> None:
    throttle = Throttle(burst=1, per_minute=1, most=2)
    assert all(throttle.allows(address, 0.0) for address in ("a", "b", "c"))
    assert throttle.allows("a", 0.0)
    assert not throttle.allows("c", 0.0)


def test_a_token_says_whose_it_is_until_it_ends() -> None:
    signed = tokens.issue(Claims(5, 2), KEY, now=NOW, minutes=1)
    assert tokens.read(signed, KEY, now=NOW + timedelta(seconds=59)) == Claims(5, 2)
    with pytest.raises(Refused, match="expired"):
        tokens.read(signed, KEY, now=NOW + timedelta(seconds=60))


@given(st.text(max_size=80))
def test_no_text_is_a_token(text: str) -> None:
    with pytest.raises(Refused, match="not one of ours"):
        tokens.read(text, KEY, now=NOW)


@pytest.mark.parametrize("session", [None, {}, [], {"user": "x", "epoch": 0}, {"user": "1"}])
def test_a_session_of_another_shape_is_nobodys(session: object) -> None:
    assert browser.claims(session) is None


def test_every_use_has_a_key_of_its_own(tmp_path: Path) -> None:
    derived = keys.derive(b"s" * 32)
    assert len({derived.token, derived.session, derived.forms}) == 3
    assert "token" not in repr(derived)


@pytest.mark.parametrize("content", [None, b"short"])
def test_a_missing_or_short_secret_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "session.key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StartError, match="session_secret"):
        keys.load(file)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "dashboard.example.org"])
def test_beyond_loopback_nothing_is_served_without_tls(host: str) -> None:
    with pytest.raises(StartError, match=r"dashboard\.certificate"):
        refuse_open(Dashboard(host=host))
    refuse_open(Dashboard(host=host, certificate=Path("c"), private_key=Path("k")))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_loopback_needs_no_tls(host: str) -> None:
    refuse_open(Dashboard(host=host))


def window(measures: Measures) -> Window:
    return Window("t", 0, 0, 1000, 30, 30, measures)


def test_a_channel_is_summed_up_by_what_it_is() -> None:
    windows = [
        window({"blinks_count": (1.0, 1.0), "faces_count": (1.0, 1.0), "gaze_yaw_deg": (4.0, 1.0)}),
        window({"blinks_count": (2.0, 1.0), "faces_count": (2.0, 1.0), "gaze_yaw_deg": (8.0, 0.5)}),
        window({"blinks_count": (None, 0.0), "faces_count": (0.0, 1.0)}),
    ]
    found = {one.channel: one for one in summarise(windows)}
    assert (found["blinks_count"].how, found["blinks_count"].value) == ("sum", 3.0)
    assert (found["faces_count"].how, found["faces_count"].value) == ("max", 2.0)
    assert found["gaze_yaw_deg"].value == 6.0
    assert found["gaze_yaw_deg"].coverage == pytest.approx(0.5)


def test_what_was_never_measured_is_none_and_not_zero() -> None:
    (only,) = summarise([window({"gaze_yaw_deg": (None, 0.0)})])
    assert (only.value, only.minimum, only.maximum, only.coverage) == (None, None, None, 0.0)


def test_every_code_that_is_raised_has_a_korean_sentence() -> None:
    root = Path(__file__).resolve().parents[3] / "central"
    sources = [*root.glob("dashboard/**/*.py"), *root.glob("storage/*.py")]
    text = " ".join(path.read_text(encoding="utf-8") for path in sources)
    raised = {
        part.split('"')[1] for part in text.split("Refused(")[1:] if '"' in part.split(")")[0]
    }
    assert {code for code in raised if code.isidentifier()} <= set(KOREAN)
