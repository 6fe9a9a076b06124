"""A room takes on what central sets when it is idle, answers once it runs with it, and else goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from edge_agent.config import Central, Config, Spool
from edge_agent.flow import (
    Command,
    CommandOutcome,
    CommandResult,
    Configure,
    EndInterview,
    Phase,
    Setting,
)
from edge_agent.settings.desk import TRIAL_NS, Desk
from edge_agent.settings.store import FAILED, Store
from tests.fakes.list_journal import ListJournal

pytestmark = pytest.mark.unit

LATER_NS = 2**62
FPS = (Setting("camera.fps", 15),)
DONE, REFUSED, EXPIRED = CommandOutcome.DONE, CommandOutcome.REFUSED, CommandOutcome.EXPIRED


@dataclass
class Bench:
    """One room PC; `start` is a start of its agent."""

    folder: Path
    journal: ListJournal = field(default_factory=ListJournal)
    passed: list[Command] = field(default_factory=list)
    restarts: int = 0
    now_ns: int = 0

    @property
    def store(self) -> Store:
        return Store(self.folder / "settings")

    def start(self) -> Desk:
        config = Config(central=Central(address="c:1"), spool=Spool(folder=self.folder / "spool"))
        return Desk(
            config,
            self.store.begin(),
            self.journal,
            pass_on=self.passed.append,
            restart=self._restart,
            mono_ns=lambda: self.now_ns,
            wall_ns=lambda: self.now_ns,
        )

    def _restart(self) -> None:
        self.restarts += 1

    @property
    def said(self) -> list[tuple[str, CommandOutcome]]:
        return [(one.command_id, one.outcome) for one in self.journal.of(CommandResult)]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def ask(
    version: int = 7,
    settings: tuple[Setting, ...] = FPS,
    command_id: str = "c7",
    expires: int = LATER_NS,
) -> Command:
    return Command(command_id, expires, Configure(version, "minho", settings))


def test_other_commands_go_on_to_the_interview(bench: Bench) -> None:
    command = Command("1", LATER_NS, EndInterview("over"))
    bench.start().command(command)
    assert bench.passed == [command]


@pytest.mark.parametrize(
    "phase", [one for one in Phase if one is not Phase.IDLE], ids=lambda one: one.name
)
def test_nothing_changes_during_an_interview(bench: Bench, phase: Phase) -> None:
    desk = bench.start()
    desk.command(ask())
    desk.tick(phase, heard=True)
    assert (bench.restarts, bench.said) == (0, [])
    desk.tick(Phase.IDLE, heard=True)
    assert (bench.restarts, desk.restarting) == (1, True)


def test_it_is_done_when_the_room_runs_with_it(bench: Bench) -> None:
    desk = bench.start()
    desk.command(ask())
    desk.tick(Phase.IDLE, heard=True)
    again = bench.start()
    again.tick(Phase.IDLE, heard=False)
    assert (again.version, bench.said) == (0, [])
    again.tick(Phase.IDLE, heard=True)
    assert (again.version, bench.said) == (7, [("c7", DONE)])
    assert bench.restarts == 1
    third = bench.start()
    third.command(ask(command_id="c8"))
    third.tick(Phase.IDLE, heard=True)
    assert (third.version, bench.said[1:], bench.restarts) == (7, [("c8", DONE)], 1)


def test_a_command_that_is_sent_again_changes_nothing(bench: Bench) -> None:
    desk = bench.start()
    for _ in range(5):
        desk.command(ask())
    desk.tick(Phase.IDLE, heard=True)
    again = bench.start()
    for _ in range(5):
        again.command(ask())
        again.tick(Phase.IDLE, heard=True)
        again.command(ask())
    assert (bench.said, bench.restarts) == ([("c7", DONE)], 1)


def test_an_interview_that_comes_while_the_agent_restarts_waits_for_the_next(bench: Bench) -> None:
    desk = bench.start()
    desk.command(ask())
    desk.tick(Phase.IDLE, heard=True)
    desk.command(Command("1", LATER_NS, EndInterview("")))
    assert (bench.passed, bench.said) == ([], [])


@pytest.mark.parametrize(
    "settings",
    [
        (Setting("central.address", "evil:1"),),
        (Setting("camera.fps", 900),),
        (Setting("camera.fps", None),),
        (Setting("camera.fps", 15), Setting("spool.folder", "/tmp")),
        FPS * 50,
    ],
)
def test_what_may_not_be_set_is_refused_here_too(
    bench: Bench, settings: tuple[Setting, ...]
) -> None:
    desk = bench.start()
    for _ in range(3):
        desk.command(ask(settings=settings))
        desk.tick(Phase.IDLE, heard=True)
    assert (bench.said, bench.restarts, bench.store.waiting()) == ([("c7", REFUSED)], 0, None)


def test_settings_without_which_the_room_started_are_given_back(bench: Bench) -> None:
    desk = bench.start()
    desk.command(ask())
    desk.tick(Phase.IDLE, heard=True)
    bench.start()  # and ends: no such camera
    third = bench.start()
    third.tick(Phase.IDLE, heard=True)
    assert (third.version, bench.said, bench.restarts) == (0, [("c7", REFUSED)], 1)
    assert bench.journal.of(CommandResult)[0].detail == FAILED
    bench.start().tick(Phase.IDLE, heard=True)
    assert len(bench.said) == 1
    third.command(ask(command_id="c9"))
    assert bench.said[1:] == [("c9", REFUSED)]


def test_a_room_that_hears_nothing_with_them_gives_them_back(bench: Bench) -> None:
    desk = bench.start()
    desk.command(ask())
    desk.tick(Phase.IDLE, heard=True)
    trial = bench.start()
    bench.now_ns += TRIAL_NS + 1
    trial.tick(Phase.IDLE, heard=False)
    assert (bench.restarts, bench.store.waiting()) == (2, None)
    last = bench.start()
    last.tick(Phase.IDLE, heard=True)
    assert (last.version, bench.said) == (0, [("c7", REFUSED)])


def test_a_newer_version_takes_the_place_of_one_that_waits(bench: Bench) -> None:
    desk = bench.start()
    desk.command(ask())
    desk.command(ask(8, (Setting("camera.fps", 20),), "c8"))
    desk.tick(Phase.IDLE, heard=True)
    again = bench.start()
    again.tick(Phase.IDLE, heard=True)
    assert (again.version, bench.said) == (8, [("c8", DONE)])
    assert bench.store.in_force().values == {"camera.fps": 20}


def test_the_same_values_need_no_restart(bench: Bench) -> None:
    desk = bench.start()
    desk.command(ask(3, (), "c3"))
    desk.tick(Phase.IDLE, heard=True)
    assert (desk.version, bench.said, bench.restarts) == (3, [("c3", DONE)], 0)


def test_what_comes_too_late_is_not_done(bench: Bench) -> None:
    bench.now_ns = 100
    desk = bench.start()
    desk.command(ask(expires=99))
    desk.tick(Phase.IDLE, heard=True)
    assert (bench.said, bench.restarts) == ([("c7", EXPIRED)], 0)
