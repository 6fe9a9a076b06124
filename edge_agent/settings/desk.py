"""Takes `Configure` commands, keeps what they ask, and has the agent started anew when it is idle."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import structlog

from edge_agent.config import Config
from edge_agent.errors import ConfigError
from edge_agent.flow import Command, CommandOutcome, CommandResult, Configure, Phase
from edge_agent.service import clock
from edge_agent.settings.remote import Remote
from edge_agent.settings.settable import SETTABLE, problem
from edge_agent.settings.sources import store_folder
from edge_agent.settings.store import Store
from edge_agent.uplink.journal import Journal

RESTART_STATUS: Final = 75
"""Exit status that asks for another start (EX_TEMPFAIL of sysexits.h): not an error, and not an end."""
TRIAL_NS: Final = 60_000_000_000
"""A room that hears nothing for so long after its start does not work with what it tries."""
ANSWERED: Final = 64
"""Command ids remembered: central repeats a command until its answer is stored."""

log = structlog.get_logger(__name__)


class Desk:
    """Every command passes here; those that are no `Configure` go on to `pass_on`. While `restarting`
    none is taken: central sends it again to the agent that comes after.
    """

    def __init__(
        self,
        config: Config,
        remote: Remote | None,
        journal: Journal,
        *,
        pass_on: Callable[[Command], None],
        restart: Callable[[], None],
        mono_ns: Callable[[], int] = clock.mono_ns,
        wall_ns: Callable[[], int] = clock.wall_ns,
    ) -> None:
        self._store = Store(store_folder(config))
        self._journal, self._pass_on, self._restart = journal, pass_on, restart
        self._mono_ns, self._wall_ns = mono_ns, wall_ns
        self._started_ns = mono_ns()
        self._in_force = self._store.in_force().version
        version = remote.version if remote is not None else self._in_force
        self._on_trial = version if version != self._in_force else 0
        self._waits = self._store.waiting() is not None
        self._unsaid = self._store.refused()
        self._answered: deque[str] = deque(maxlen=ANSWERED)
        self.restarting = False

    @property
    def version(self) -> int:
        """Of the remote settings that the room has proved to work with; 0 for none."""
        return self._in_force

    def command(self, command: Command) -> None:
        """Something that central asks for."""
        if self.restarting:
            return
        body = command.body
        if not isinstance(body, Configure):
            self._pass_on(command)
        elif command.command_id not in self._answered:
            self._configure(command, body)

    def tick(self, phase: Phase, heard: bool) -> None:
        """Ten times a second: what waits is taken on where no interview is on."""
        if self.restarting:
            return
        self._say_refused()
        if self._on_trial:
            self._judge(heard)
        elif self._waits and phase is Phase.IDLE:
            self._go()

    def _configure(self, command: Command, body: Configure) -> None:
        wanted = Remote(
            version=body.version,
            changed_by=body.changed_by,
            command_id=command.command_id,
            values={one.key: one.value for one in body.settings if one.value is not None},
        )
        refused = self._store.refused()
        if self._wall_ns() > command.expires_wall_ns:
            self._answer(command.command_id, CommandOutcome.EXPIRED, "It came after its expiry.")
        elif body.version == self._in_force:
            self._answer(command.command_id, CommandOutcome.DONE, "The room runs with it already.")
        elif refused is not None and refused.version == body.version:
            self._answer(command.command_id, CommandOutcome.REFUSED, refused.refusal)
        elif wrong := _wrong(body):
            self._answer(command.command_id, CommandOutcome.REFUSED, wrong)
        else:
            self._keep(wanted)

    def _keep(self, wanted: Remote) -> None:
        waiting = self._store.waiting()
        if waiting == wanted or wanted.version == self._on_trial:
            return  # sent again before it was answered
        try:
            if wanted.values == self._store.in_force().values:
                self._store.adopt(wanted)
                self._in_force, self._waits = wanted.version, False
                done = "The room ran with these values already."
                self._answer(wanted.command_id, CommandOutcome.DONE, done)
                return
            self._store.keep(wanted)
        except ConfigError as error:
            self._answer(wanted.command_id, CommandOutcome.REFUSED, str(error))
            return
        self._waits, self._on_trial = True, 0
        log.info("remote settings kept", version=wanted.version, by=wanted.changed_by)

    def _judge(self, heard: bool) -> None:
        """Camera and models are warm when this is called first; the microphone comes last."""
        if heard:
            self._on_trial, self._waits = 0, False
            done = self._store.settle()
            if done is not None:
                self._in_force = done.version
                self._answer(done.command_id, CommandOutcome.DONE, "The room runs with it.")
        elif self._mono_ns() - self._started_ns > TRIAL_NS:
            self._store.give_back_failed()
            self._go()

    def _say_refused(self) -> None:
        """An earlier start gave something back: central is told by the first that lives."""
        refused, self._unsaid = self._unsaid, None
        if refused is not None and refused.command_id:
            self._answer(refused.command_id, CommandOutcome.REFUSED, refused.refusal)
            self._store.refuse(replace(refused, command_id=""))

    def _go(self) -> None:
        self.restarting = True
        log.info("the agent starts anew with other settings")
        self._restart()

    def _answer(self, command_id: str, outcome: CommandOutcome, detail: str) -> None:
        self._answered.append(command_id)
        log.info("remote settings", outcome=outcome.name.lower(), detail=detail)
        self._journal.append(CommandResult(command_id, outcome, detail))


def _wrong(body: Configure) -> str:
    """Why these settings are refused; empty where they are not."""
    if len(body.settings) > len(SETTABLE):
        return "There are more settings than there can be."
    wrong = (problem(one.key, one.value) for one in body.settings)
    return next((sentence for sentence in wrong if sentence), "")
