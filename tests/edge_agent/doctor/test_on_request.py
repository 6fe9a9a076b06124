"""A room is asked whether it can be heard: an idle one answers, and an interview goes first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from edge_agent.config import Central, Config, Replay
from edge_agent.doctor.apart import Unseen
from edge_agent.doctor.on_request import RoomCheck
from edge_agent.doctor.sentence import SENTENCES
from edge_agent.doctor.sentence_kept import kept
from edge_agent.flow import (
    CheckRoom,
    Command,
    CommandOutcome,
    CommandResult,
    EndInterview,
    Phase,
)
from edge_agent.interview import Runner
from tests.fakes.list_journal import ListJournal
from tests.fakes.room_air import RoomAir

pytestmark = pytest.mark.unit

ASKED = Command("1", 2**62, CheckRoom())
Ask = Callable[[str, dict[str, Any]], Coroutine[Any, Any, dict[str, Any]]]


async def right(language: str, sound: dict[str, Any]) -> dict[str, Any]:
    assert sound["packets"]
    return {"answered": True, "text": SENTENCES[language], "engine": "fake", "took_ms": 1}


async def one_language(language: str, sound: dict[str, Any]) -> dict[str, Any]:
    if language == "en":
        raise Unseen("central is away")
    return {"answered": False, "text": "", "engine": "", "took_ms": 1}


class Bench:
    """A room check in a room of air."""

    def __init__(self, folder: Path, air: RoomAir, ask: Ask = right) -> None:
        central = Central(
            "", ca=folder, certificate=folder, private_key=folder, identity=folder / "id"
        )
        self.config = Config(central=central)
        self.air, self.journal = air, ListJournal()
        self.phase = Phase.IDLE
        self.passed: list[Command] = []
        self._view = Runner(lambda: "id").view(0)
        self.ask = ask
        self.check = self._made()

    def _made(self) -> RoomCheck:
        return RoomCheck(
            self.config,
            self.air,
            self.journal,
            view=lambda: replace(self._view, phase=self.phase),
            pass_on=self.passed.append,
            recognise=self.ask,
            wall_ns=lambda: 1_000,
        )

    def replaying(self, folder: Path) -> None:
        self.config = msgspec.structs.replace(self.config, replay=Replay(file=folder / "x.mp4"))
        self.check = self._made()

    @property
    def answers(self) -> list[CommandResult]:
        return self.journal.of(CommandResult)

    async def answered(self, count: int = 1) -> CommandResult:
        task = asyncio.create_task(self.check.run())
        try:
            await self.air.blow(self.check.hear, until=lambda: len(self.answers) >= count)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        return self.answers[-1]


async def test_an_idle_room_says_both_sentences_and_tells_what_it_heard(tmp_path: Path) -> None:
    bench = Bench(tmp_path, RoomAir(delay_ms=120))
    bench.check.command(ASKED)
    bench.check.command(ASKED)  # sent again before it is answered
    answer = await bench.answered()
    assert (answer.command_id, answer.outcome) == ("1", CommandOutcome.DONE)
    assert [one.language for one in answer.sentences] == ["ko", "en"]
    for one in answer.sentences:
        assert one.latency_ms == pytest.approx(120, abs=30)
        assert one.snr_db is not None
        assert one.snr_db > 20
        assert (one.error_ratio, one.engine, one.unread) == (0.0, "fake", "")
    remembered = kept(tmp_path)
    assert remembered is not None
    assert remembered.heard
    assert len(bench.answers) == 1


async def test_a_deaf_microphone_is_told_and_nothing_is_read(tmp_path: Path) -> None:
    bench = Bench(tmp_path, RoomAir(gain=0))
    bench.check.command(ASKED)
    answer = await bench.answered()
    assert answer.outcome is CommandOutcome.DONE
    assert "did not hear: ko, en" in answer.detail
    assert [(one.latency_ms, one.error_ratio) for one in answer.sentences] == [(None, None)] * 2


async def test_what_nobody_reads_says_why(tmp_path: Path) -> None:
    bench = Bench(tmp_path, RoomAir(), one_language)
    bench.check.command(ASKED)
    sentences = (await bench.answered()).sentences
    assert [one.unread for one in sentences] == [
        "no recogniser of this language answered",
        "central is away",
    ]
    assert all(one.error_ratio is None and one.snr_db is not None for one in sentences)


@pytest.mark.parametrize("phase", [one for one in Phase if one is not Phase.IDLE])
def test_nothing_is_said_while_an_interview_is_on(tmp_path: Path, phase: Phase) -> None:
    bench = Bench(tmp_path, RoomAir())
    bench.phase = phase
    bench.check.command(ASKED)
    assert [(one.outcome, one.detail) for one in bench.answers] == [
        (CommandOutcome.REFUSED, "An interview is on.")
    ]


async def test_an_interview_that_begins_hushes_it(tmp_path: Path) -> None:
    air = RoomAir()
    bench = Bench(tmp_path, air)
    said = air.sound

    async def sound(text: str, language: str) -> Any:
        bench.phase = Phase.WAITING
        return await said(text, language)

    air.sound = sound  # type: ignore[method-assign]  # a fake of ours
    bench.check.command(ASKED)
    answer = await bench.answered()
    assert (answer.outcome, answer.detail) == (
        CommandOutcome.REFUSED, "An interview began meanwhile.",
    )  # fmt: skip
    assert answer.sentences == ()


def test_a_room_without_sound_a_late_command_and_a_second_one_are_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path, RoomAir())
    bench.check.command(Command("late", 999, CheckRoom()))
    bench.check.command(ASKED)
    bench.check.command(Command("2", 2**62, CheckRoom()))
    bench.replaying(tmp_path)
    bench.check.command(Command("3", 2**62, CheckRoom()))
    assert [(one.command_id, one.outcome) for one in bench.answers] == [
        ("late", CommandOutcome.EXPIRED),
        ("2", CommandOutcome.REFUSED),
        ("3", CommandOutcome.REFUSED),
    ]
    bench.check.command(Command("4", 2**62, EndInterview("")))
    assert [one.command_id for one in bench.passed] == ["4"]
