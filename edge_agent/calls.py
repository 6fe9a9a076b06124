"""The button that is always there: a call for a person is written down, delivered when the network lets
it, and answered on the kiosk in words. Beside the interview, which it never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import structlog

from edge_agent.flow import AnswerHelp, Command, CommandOutcome, CommandResult, HelpStep
from edge_agent.interview import RunnerView
from edge_agent.interview.calling import Calling
from edge_agent.interview.orders import Orders
from edge_agent.interview.presses import HelpPressed, HelpWithdrawn
from edge_agent.interview.steps import (
    Input,
)
from edge_agent.service import clock
from edge_agent.uplink.journal import Spool

HelpShown: TypeAlias = Literal["asking", "asked", "coming"]
"""On the kiosk: staff do not know yet, know, or are on their way."""

log = structlog.get_logger(__name__)


class Calls:
    """Presses and commands pass here; those about calls stay."""

    def __init__(
        self,
        spool: Spool,
        *,
        make_id: Callable[[], str],
        view: Callable[[], RunnerView],
        tell: Callable[[Input], None],
        pass_on: Callable[[Command], None],
        mono_ns: Callable[[], int] = clock.mono_ns,
        wall_ns: Callable[[], int] = clock.wall_ns,
    ) -> None:
        self._spool, self._make_id, self._view = spool, make_id, view
        self._tell, self._pass_on = tell, pass_on
        self._mono_ns, self._wall_ns = mono_ns, wall_ns
        self._orders = Orders()
        self._calling = Calling()
        self._seq = 0

    def take(self, told: Input) -> None:
        """What the candidate pressed."""
        match told:
            case HelpPressed():
                self._call()
            case HelpWithdrawn():
                self._withdraw()
            case _:
                self._tell(told)

    def command(self, command: Command) -> None:
        """What central asks for."""
        if not isinstance(command.body, AnswerHelp):
            self._pass_on(command)
        elif self._orders.is_new(command.command_id):
            self._answer(command, command.body)

    def shown(self) -> HelpShown | None:
        """For the kiosk; None where nobody is called."""
        calling = self._now()
        if not calling.call_id:
            return None
        if calling.coming_ns is not None:
            return "coming"
        return "asked" if self._spool.acked_seq >= self._seq else "asking"

    def _now(self) -> Calling:
        self._calling = self._calling.at(self._view().interview_id, self._mono_ns())
        return self._calling

    def _call(self) -> None:
        before, view = self._now(), self._view()
        self._calling = before.called(self._make_id(), view.interview_id)
        if self._calling is not before:
            log.info("the candidate calls a person")
            self._seq = self._write(HelpStep.CALLED)

    def _withdraw(self) -> None:
        if self._now().call_id:
            self._write(HelpStep.WITHDRAWN)
            self._calling = self._calling.withdrawn()

    def _answer(self, command: Command, body: AnswerHelp) -> None:
        late = self._wall_ns() > command.expires_wall_ns
        outcome = CommandOutcome.EXPIRED if late else CommandOutcome.DONE
        self._spool.append(CommandResult(command.command_id, outcome, ""))
        if not late:
            at = self._view().interview_id
            self._calling = self._now().answered(body.call_id, at, self._mono_ns())
            self._write(HelpStep.TOLD)

    def _write(self, step: HelpStep) -> int:
        view = self._view()
        value = self._calling.step(step, view.turn_id)
        return self._spool.append(value, interview_id=view.interview_id)
