"""What only the spool on disk does: start again, drop what is acknowledged, tell of damage."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from edge_agent.__main__ import main
from edge_agent.errors import SpoolBroken
from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    DeviceEvent,
    DeviceState,
    TurnEvent,
    TurnEventKind,
    Utterance,
    UtteranceCut,
)
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.durable.sizes import SEGMENT_BYTES
from edge_agent.uplink.durable.spool import DurableSpool
from edge_agent.uplink.journal import StoredRecord
from tests.fakes.crashing_files import CrashingFiles

pytestmark = pytest.mark.unit

ASKED = TurnEvent(TurnEventKind.QUESTION_ASKED, "t1", "q1", 0, "Why?")
OPENED = TurnEvent(TurnEventKind.ANSWER_OPENED, "t1", "q1", 0, sample=100)
SAID = Utterance("u1", "t1", 0, 200, 900, 1, 1, 1, 30, UtteranceCut.SILENCE, "en", 0)
ENDED = AnswerEnded("t1", "q1", AnswerEndReason.DONE, 1, 100, 1000)
FINISHED = TurnEvent(TurnEventKind.INTERVIEW_FINISHED, text="done")


class Unlocked(RealFiles):
    """The real ones for agents that lived one after the other, but in one process."""

    def lock(self, path: str) -> str | None:
        return None


def event(text: str = "x") -> DeviceEvent:
    return DeviceEvent("camera", DeviceState.READY, text)


def opened(
    folder: Path, *, limit_bytes: int = 10**6, segment_bytes: int = SEGMENT_BYTES
) -> DurableSpool:
    return DurableSpool(
        folder, limit_bytes, files=Unlocked(), group_s=None, segment_bytes=segment_bytes
    )


def write(folder: Path, count: int, segment_bytes: int = SEGMENT_BYTES) -> DurableSpool:
    spool = opened(folder, segment_bytes=segment_bytes)
    for n in range(count):
        spool.append(event(f"{n:06}"), interview_id="")
        spool.commit()
    return spool


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.seg"))


async def everything(spool: DurableSpool) -> list[StoredRecord]:
    while spool.commit():
        pass
    found: list[StoredRecord] = []
    while (after := found[-1].seq if found else spool.acked_seq) + 1 < spool.next_seq:
        found += await spool.read(after, 10**6)
    return found


async def test_a_new_start_goes_on_with_series_and_numbers(tmp_path: Path) -> None:
    first = write(tmp_path, 3)
    again = opened(tmp_path)
    assert again.spool_id == first.spool_id
    assert (again.oldest_seq, again.next_seq) == (1, 4)
    assert again.append(event()) == 4
    assert [one.seq for one in await everything(again)] == [1, 2, 3, 4]


async def test_acknowledged_segments_go_and_the_last_crc_stays_over_a_start(tmp_path: Path) -> None:
    spool = write(tmp_path, 30, segment_bytes=200)
    crc = spool.crc_at(20)
    before = len(segments(tmp_path))
    spool.acknowledge(20)
    spool.append(event())
    spool.commit()
    assert len(segments(tmp_path)) <= before / 2
    again = opened(tmp_path)
    assert 1 < again.oldest_seq <= 20
    assert again.crc_at(20) == crc


async def test_a_record_is_not_read_before_it_is_on_disk(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append(event())
    reading = asyncio.create_task(spool.read(0, 100))
    await asyncio.sleep(0.05)
    assert not reading.done()
    spool.commit()
    assert [one.seq for one in await reading] == [1]


async def test_a_failed_sync_ends_it_for_readers_writers_and_the_room() -> None:
    files = CrashingFiles()
    spool = DurableSpool(Path("spool"), 10**6, files=files)
    watching = asyncio.create_task(spool.failed())
    reading = asyncio.create_task(spool.read(0, 100))
    await asyncio.sleep(0)
    files.sync_fails = True
    spool.append(event())
    for waiting in (watching, reading):
        with pytest.raises(SpoolBroken, match="Input/output error"):
            await waiting
    files.sync_fails = False
    with pytest.raises(SpoolBroken):
        spool.append(event())
    with pytest.raises(SpoolBroken):
        spool.close()


async def test_a_new_segments_name_is_durable_before_its_first_record_is_told() -> None:
    """The power goes with nothing kept but what was synced: every told record is there."""
    files = CrashingFiles()
    spool = DurableSpool(Path("spool"), 10**6, files=files, group_s=None, segment_bytes=200)
    for n in range(40):
        spool.append(event(f"{n:06}"))
        spool.commit()
    told = [one.seq for one in await everything(spool)]
    assert told == list(range(1, 41))
    assert len(files.segments()) > 3
    files.crash(lambda _: 0)
    again = DurableSpool(Path("spool"), 10**6, files=files, group_s=None)
    assert (again.oldest_seq, again.next_seq) == (1, 41)


async def test_a_full_spool_can_still_start_so_that_it_can_be_emptied(tmp_path: Path) -> None:
    write(tmp_path, 10)
    again = opened(tmp_path, limit_bytes=50)
    assert again.append(event()) == 11


@pytest.mark.parametrize(
    ("lived", "closing"),
    [
        ([], []),
        ([ASKED, OPENED, SAID, ENDED, FINISHED], []),
        ([ASKED, OPENED, SAID, ENDED], [FINISHED]),
        ([ASKED, OPENED, SAID], [ENDED, FINISHED]),
    ],
)
async def test_an_interview_that_was_cut_off_is_closed_once(
    tmp_path: Path,
    lived: list[TurnEvent | Utterance | AnswerEnded],
    closing: list[TurnEvent | AnswerEnded],
) -> None:
    spool = opened(tmp_path)
    for value in lived:
        spool.append(value, interview_id="7")
    spool.close()
    again = opened(tmp_path)
    added = (await everything(again))[len(lived) :]
    again.close()
    assert opened(tmp_path).next_seq == again.next_seq
    assert [one.interview_id for one in added] == ["7"] * len(closing)
    kinds = {
        TurnEvent: record_pb2.RECORD_KIND_TURN_EVENT,
        AnswerEnded: record_pb2.RECORD_KIND_ANSWER_ENDED,
    }
    assert [one.kind for one in added] == [kinds[type(value)] for value in closing]
    for one in added:
        if one.kind == record_pb2.RECORD_KIND_ANSWER_ENDED:
            answer = interview_pb2.AnswerEnded.FromString(one.payload)
            assert (answer.turn_id, answer.utterances, answer.end_sample) == ("t1", 1, 900)
        else:
            said = interview_pb2.TurnEvent.FromString(one.payload).text
            assert said == "the room's agent was restarted"


async def test_an_utterance_finds_its_sound_in_a_new_series(tmp_path: Path) -> None:
    spool = write(tmp_path, 10)
    said = replace(SAID, format_seq=6, first_seq=7, last_seq=9)
    spool.append(said, interview_id="7")
    sound = (await everything(spool))[6:9]
    spool.acknowledge(5)
    await spool.restart()
    anew = await everything(spool)
    moved = measuring_pb2.Utterance.FromString(anew[-1].payload)
    assert [anew[moved.first_seq - 1].payload, anew[moved.last_seq - 1].payload] == [
        sound[0].payload,
        sound[-1].payload,
    ]
    assert moved.format_seq == 1
    assert spool.crc_at(anew[-1].seq) == anew[-1].crc32c


async def test_a_missing_segment_becomes_gaps(tmp_path: Path) -> None:
    write(tmp_path, 12, segment_bytes=200)
    _, lost, following, *_ = segments(tmp_path)
    lost.unlink()
    found = await everything(opened(tmp_path))
    assert [one.seq for one in found] == list(range(1, 13))
    gaps = [one.seq for one in found if one.kind == record_pb2.RECORD_KIND_GAP]
    assert gaps == list(range(int(lost.stem), int(following.stem)))


def test_fsck_and_dump_say_what_is_there_and_what_is_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, 12, segment_bytes=200)
    assert main(["spool", "fsck", "--folder", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(segments(tmp_path))
    assert all("whole" in line for line in lines)
    assert main(["spool", "dump", "--folder", str(tmp_path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 12
    first = segments(tmp_path)[0]
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 4
    first.write_bytes(data)
    assert main(["spool", "fsck", "--folder", str(tmp_path)]) == 1
    assert "are missing" in capsys.readouterr().out
    opened(tmp_path)
    assert main(["spool", "fsck", "--folder", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("*/*.damaged"))) == 1


def test_fsck_of_no_folder_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["spool", "fsck", "--folder", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
