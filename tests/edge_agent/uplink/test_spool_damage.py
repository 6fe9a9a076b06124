"""Damage and torn writes are told apart where that can be proved, and the folder has one agent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import google_crc32c
import pytest

from daedam.v1 import record_pb2
from edge_agent.__main__ import main
from edge_agent.errors import SpoolBroken, SpoolBusy
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.uplink import wire
from edge_agent.uplink.durable import segment
from edge_agent.uplink.durable.look import look
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.durable.verify import verify

pytestmark = pytest.mark.unit

ID = "00000000-0000-4000-8000-000000000001"
SIZE = 64 * 1024
PAYLOAD = bytes(range(1, 201))


def record(seq: int, payload: bytes = PAYLOAD) -> bytes:
    crc = int(google_crc32c.value(payload))
    return segment.encode(seq, 1, 1, 12, payload, crc, segment.tail_of("7"))


def group(first: int, count: int, payload: bytes = PAYLOAD) -> bytes:
    return segment.group(first, count) + b"".join(record(first + n, payload) for n in range(count))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :]


START = segment.header(ID, 1)
TWO = START + group(1, 1) + group(2, 1)
LAST = len(START) + len(group(1, 1)) + segment.GROUP_BYTES
"""Where the second record begins."""


@pytest.mark.parametrize(
    ("data", "records", "missing"),
    [
        (TWO, 2, 0),
        (TWO.ljust(SIZE, b"\0"), 2, 0),
        (START.ljust(SIZE, b"\0"), 0, 0),
        (TWO[:-1].ljust(SIZE, b"\0"), 1, 1),  # its end is no sector of its own: it was written
        (flipped(TWO, len(TWO) - 50).ljust(SIZE, b"\0"), 1, 1),
        (flipped(TWO, LAST).ljust(SIZE, b"\0"), 1, 1),
        (flipped(TWO, LAST + 5).ljust(SIZE, b"\0"), 1, 1),
        (TWO[: LAST + 60].ljust(SIZE, b"\0"), 1, 0),
        (flipped(TWO.ljust(SIZE, b"\0"), len(TWO) + 20), 2, 0),  # in what was never written
        (START + group(1, 1) + group(2, 1, bytes(600))[:512].ljust(SIZE, b"\0"), 1, 0),
        (START + group(1, 1), 1, 0),
        (TWO[:-30], 1, 0),
    ],
    ids=[
        "whole", "whole and zeros", "empty", "last byte", "payload", "mark", "length", "a sector",
        "beyond", "sectors missing", "whole, without zeros", "file cut",
    ],
)  # fmt: skip
def test_the_end_of_the_last_segment(data: bytes, records: int, missing: int) -> None:
    seen = look(data, ID, 1, None)
    assert (len(seen.heads), seen.missing) == (records, missing)


def test_what_a_later_group_follows_was_synced_and_is_missed_whatever_it_looks_like() -> None:
    data = START + group(1, 1) + bytes(3000) + group(4, 2)
    seen = look(data.ljust(SIZE, b"\0"), ID, 1, None)
    assert (list(seen.heads), seen.next_seq, seen.missing) == ([1, 4, 5], 6, 2)


def test_the_size_of_a_group_tells_how_many_were_lost_at_its_end() -> None:
    data = bytearray((START + group(1, 5)).ljust(SIZE, b"\0"))
    end = len(START) + segment.GROUP_BYTES + 2 * len(record(1))
    for n in range(3):
        data[end + n * len(record(1)) + 100] ^= 1
    seen = look(bytes(data), ID, 1, None)
    assert (list(seen.heads), seen.missing) == ([1, 2], 3)


def test_a_record_inside_a_damaged_records_payload_is_not_taken_for_one() -> None:
    outer = record(2, PAYLOAD + record(3) + PAYLOAD)
    data = START + group(1, 1) + segment.group(2, 1) + flipped(outer, len(outer) - 5)
    assert list(look(data + group(3, 1), ID, 1, None).heads) == [1, 3]
    assert len(look(data + group(3, 1), ID, 1, None).heads) == 2


def write(folder: Path, count: int) -> DurableSpool:
    spool = DurableSpool(folder, 10**6, group_s=None, segment_bytes=4000)
    for n in range(count):
        spool.append(DeviceEvent("camera", DeviceState.READY, f"{n:06}" + "x" * 200))
        spool.commit()
    return spool


def test_a_flip_in_the_very_last_record_is_a_gap_and_not_a_shorter_series(tmp_path: Path) -> None:
    write(tmp_path, 30).close()
    last = max(tmp_path.glob("*/*.seg"))
    data = last.read_bytes()
    last.write_bytes(flipped(data, len(data.rstrip(b"\0")) - 40))
    again = DurableSpool(tmp_path, 10**6, group_s=None, segment_bytes=4000)
    assert again.next_seq == 31
    assert again.crc_at(30) is None
    assert again.crc_at(29) is not None
    again.close()
    assert verify(tmp_path).gaps == 1
    assert len(list(tmp_path.glob("*/*.damaged"))) == 1


def test_a_folder_has_one_agent_and_the_second_is_told_which(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from edge_agent.uplink.durable.spool import DurableSpool;"
        "spool = DurableSpool(Path(sys.argv[1]), 10**6); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(SpoolBusy, match=f"{tmp_path} is in use by process {first.pid}; stop"):
            write(tmp_path, 1)
        first.kill()
    write(tmp_path, 1).close()
    write(tmp_path, 1).close()


def test_a_spool_of_another_version_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, 3).close()
    (file,) = tmp_path.glob("*/*.seg")
    data = file.read_bytes()
    spool_id = file.parent.name.partition("-")[2]
    other = segment.header(spool_id, 1, version=9) + data[segment.HEADER_BYTES :]
    file.write_bytes(other)
    with pytest.raises(SpoolBroken, match="format 9, made by another version"):
        write(tmp_path, 1)
    assert file.read_bytes() == other
    assert verify(tmp_path).problems


def test_verify_gives_one_verdict_also_while_the_agent_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spool = write(tmp_path, 40)
    assert main(["spool", "verify", "--folder", str(tmp_path)]) == 0
    line = capsys.readouterr().out
    assert line.startswith("40 records (1..40) in ")
    assert line.endswith("whole\n")
    spool.acknowledge(20)
    spool.append(DeviceEvent("camera", DeviceState.READY, "x"))
    spool.commit()
    assert main(["spool", "verify", "--folder", str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], found["next_seq"], found["gaps"]) == (True, 42, 0)
    assert found["oldest_seq"] > 1
    assert found["spool_id"] == spool.spool_id


def test_verify_names_a_hole_between_segments_and_a_record_of_another_series(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, 60).close()
    _, lost, following, *_ = sorted(tmp_path.glob("*/*.seg"))
    lost.unlink()
    following.write_bytes(segment.header(ID, int(following.stem)) + following.read_bytes()[38:])
    assert main(["spool", "verify", "--folder", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert f"records {int(lost.stem)} to {int(following.stem) - 1} are missing" in said
    assert "its header is damaged" in said


def test_kinds_that_the_spool_reads_itself_are_those_of_the_contract() -> None:
    assert wire.GAP == record_pb2.RECORD_KIND_GAP
    assert {
        record_pb2.RECORD_KIND_TURN_EVENT,
        record_pb2.RECORD_KIND_ANSWER_ENDED,
        record_pb2.RECORD_KIND_UTTERANCE,
    } == wire.STEPS
