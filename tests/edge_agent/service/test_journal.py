"""Structured lines reach the journal whole, whatever they hold, and nothing secret does."""

from __future__ import annotations

import fcntl
import logging
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

import central.journald
import central.logs
import edge_agent.service.logging
from edge_agent.config import Log
from edge_agent.service import journald
from edge_agent.service.journald import Journal, decode, encode, is_ours, name_of, text_of
from edge_agent.service.redaction import HIDDEN, Redact
from tests.fakes.journal import FakeJournal, listening_journal, stream_of

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[3]
VALID = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[FakeJournal]:
    with listening_journal(tmp_path, decode) as listening:
        yield listening


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    for one in set(root.handlers) - set(handlers):
        one.close()
    root.handlers[:], root.level = handlers, level


@given(st.dictionaries(st.text(), st.text() | st.binary() | st.integers() | st.lists(st.text())))
def test_every_value_comes_back_byte_for_byte(told: dict[str, Any]) -> None:
    entry = {name_of(key): value for key, value in told.items()}
    assert dict(decode(encode(entry))) == {name: text_of(value) for name, value in entry.items()}


@given(st.text())
def test_every_key_becomes_a_name_that_the_journal_takes(key: str) -> None:
    name = name_of(key)
    assert VALID.fullmatch(name)
    assert name not in {"MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER"}


@pytest.mark.parametrize(
    ("key", "name"),
    [("room", "ROOM"), ("_pid", "PID"), ("9lives", "FIELD_9LIVES"), ("a.b-c", "A_B_C"),
     ("priority", "FIELD_PRIORITY"), ("", "FIELD_"), ("방", "FIELD_")],
)  # fmt: skip
def test_a_name_is_as_near_to_its_key_as_can_be(key: str, name: str) -> None:
    assert name_of(key) == name


def test_the_form_is_that_of_the_native_protocol() -> None:
    data = encode({"MESSAGE": "one", "TEXT": "a\nb"})
    assert data == b"MESSAGE=one\nTEXT\n\x03\0\0\0\0\0\0\0a\nb\n"


def test_an_entry_too_large_for_a_datagram_comes_as_a_sealed_file(journal: FakeJournal) -> None:
    large = "x" * (12 << 20)
    sender = Journal("test", journal.address)
    sender.send("large", 6, {"payload": large})
    sender.close()
    data, ancillary, _, _ = journal._socket.recvmsg(100, socket.CMSG_SPACE(4))
    assert data == b""
    file = int.from_bytes(ancillary[0][2], "little")
    try:
        assert fcntl.fcntl(file, fcntl.F_GET_SEALS) == journald.SEALS
        entry = dict(decode(os.pread(file, 16 << 20, 0)))
    finally:
        os.close(file)
    assert entry["PAYLOAD"] == large.encode()


def test_what_an_absent_journal_did_not_take_is_counted_and_told(tmp_path: Path) -> None:
    sender = Journal("test", str(tmp_path / "journal.sock"))
    sender.send("nobody listens", 6, {})
    sender.send("still nobody", 6, {})
    with listening_journal(tmp_path, decode) as journal:
        sender.send("back", 6, {})
        sender.send("again", 6, {})
        assert journal.next()["LOST"] == b"2"
        assert "LOST" not in journal.next()
    sender.close()


def test_a_journal_that_does_not_read_holds_nobody_up(journal: FakeJournal) -> None:
    sender = Journal("test", journal.address)
    for _ in range(5_000):
        sender.send("flood", 6, {"payload": "x" * 1_000})
    sender.close()
    assert sender.lost > 0


@pytest.mark.parametrize("stream", ["", "nonsense", "1:2"])
def test_another_stream_than_the_journals_is_not_taken_for_it(stream: str) -> None:
    assert not is_ours(2, stream)


def test_the_journal_is_known_by_device_and_inode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", stream_of(2))
    assert is_ours()
    assert not is_ours(987_654)


def _fail(why: str) -> None:
    harmless_name = "hunter2"
    raise OSError(why, len(harmless_name))


@pytest.mark.parametrize("side", ["edge", "central"])
def test_a_line_becomes_an_entry_with_its_fields(
    side: str, journal: FakeJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", stream_of(2))
    if side == "edge":
        edge_agent.service.logging.set_up(Log(), journal.address)
    else:
        central.logs.set_up_logging("gateway", journal.address)
    log = structlog.get_logger("fresh")
    try:
        _fail("no such\ndisk")
    except OSError:
        log.exception("the disk fails", room="r101", token="hunter2", seq=7)
    entry = journal.next()
    name = "edge-agent" if side == "edge" else "daedam-gateway"
    assert entry["SYSLOG_IDENTIFIER"] == name.encode()
    assert entry["PRIORITY"] == b"3"
    assert entry["ROOM"] == b"r101"
    assert entry["SEQ"] == b"7"
    assert entry["TOKEN"] == HIDDEN.encode()
    first, *below = entry["MESSAGE"].decode().splitlines()
    assert first == f"the disk fails room=r101 token={HIDDEN} seq=7"
    assert below[0].startswith("Traceback")
    assert entry["EXCEPTION"].decode() == "\n".join(below)

    logging.getLogger("lib").warning("at https://u:pw@h/?token=hunter2&x=1")
    entry = journal.next()
    assert entry["MESSAGE"].decode() == f"at https://u:{HIDDEN}@h/?token={HIDDEN}&x=1"
    assert entry["LOGGER"] == b"lib"
    assert entry["PRIORITY"] == b"4"


def test_without_the_journal_lines_go_to_stderr_without_their_secrets(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    edge_agent.service.logging.set_up(Log(json=True))
    structlog.get_logger("fresh").info("kiosk at http://h/?token=abc", password="hunter2")
    said = capfd.readouterr().err
    assert "hunter2" not in said
    assert "abc" not in said
    edge_agent.service.logging.set_up(Log())
    structlog.get_logger("other").info("kiosk at http://h/?token=abc", secret="hunter2")
    said = capfd.readouterr().err
    assert "hunter2" not in said
    assert "token=abc" in said, "a person at the terminal opens this address"


def test_central_says_no_local_variables(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAEDAM_LOG", "json")
    central.logs.set_up_logging()
    try:
        _fail(str(len("hunter2")) + " letters")
    except OSError:
        structlog.get_logger("fresh").exception("wrong")
    said = capfd.readouterr().err
    assert "7 letters" in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    "key",
    ["token", "csrf_token", "Password", "client_secret", "private_key", "privateKey", "Authorization",
     "set-cookie", "nkey", "nkey_seed", "api_key", "credentials", "passphrase"],
)  # fmt: skip
def test_the_value_of_a_telling_key_is_never_told(key: str) -> None:
    told = Redact()(None, "info", {"event": "x", key: "hunter2", "deep": [{key: {"a": "hunter2"}}]})
    assert "hunter2" not in str(told)


@pytest.mark.parametrize("key", ["room", "monkey", "sequence", "address", "camera", "keyboard"])
def test_the_value_of_another_key_is_told(key: str) -> None:
    assert Redact()(None, "info", {key: "seen"})[key] == "seen"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\nx", f"{HIDDEN}\nx"),
        ("cut -----BEGIN PRIVATE KEY-----\nMHcC", f"cut {HIDDEN}"),
        ("Authorization: Bearer abcdefgh.ijk", f"Authorization: Bearer {HIDDEN}"),
        ("postgresql://daedam:pw@db/x", f"postgresql://daedam:{HIDDEN}@db/x"),
        ("http://h/?a=1&token=abc", f"http://h/?a=1&token={HIDDEN}"),
        ("at 12:30@noon", "at 12:30@noon"),
    ],
)
def test_what_looks_like_a_secret_in_text_is_taken_out(text: str, left: str) -> None:
    assert Redact()(None, "info", {"event": text})["event"] == left


def test_what_is_too_deep_to_look_into_is_hidden() -> None:
    deep: Any = "hunter2"
    for _ in range(20):
        deep = [deep]
    assert "hunter2" not in str(Redact()(None, "info", {"event": deep}))


@pytest.mark.parametrize("name", ["journald", "redaction", "journal_lines"])
def test_both_sides_have_the_same_file(name: str) -> None:
    """They may share no package; what they share in words must not drift apart."""
    edge = (ROOT / "edge_agent" / "service" / f"{name}.py").read_text(encoding="utf-8")
    ours = (ROOT / "central" / f"{name}.py").read_text(encoding="utf-8")
    assert edge.replace("edge_agent.service.", "central.") == ours
