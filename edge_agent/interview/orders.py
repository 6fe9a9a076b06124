"""Each command once: what was answered already, what came too late, what nobody here knows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from edge_agent.flow import CommandOutcome, CommandResult
from edge_agent.interview.refusal import Standing, refusal
from edge_agent.interview.steps import CommandArrived

REMEMBERED = 4096
"""Command ids kept; central re-sends a command until its result is stored, long before this many
others have come. The oldest is forgotten."""

KEPT = 64
"""Command ids that outlive the agent."""


class Orders:
    """Remembers command ids, so that one sent twice is carried out and answered once."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()

    @property
    def last(self) -> tuple[str, ...]:
        """The newest ids, oldest first: central asks again for none that is older."""
        return tuple(self._seen)[-KEPT:]

    def remember(self, command_ids: Iterable[str]) -> None:
        """These were carried out by an earlier life of the agent."""
        for one in command_ids:
            self.is_new(one)

    def is_new(self, command_id: str) -> bool:
        """True the first time this id is seen."""
        if command_id in self._seen:
            return False
        self._seen[command_id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def answer(self, arrived: CommandArrived, standing: Standing) -> tuple[CommandResult, ...]:
        """What to say to a command: done, unless it is late, unknown or makes no sense now; nothing
        where it was answered before.
        """
        command = arrived.command
        if not self.is_new(command.command_id):
            return ()
        if (late := _unusable(arrived)) is not None or command.body is None:
            return () if late is None else (late,)
        problem = refusal(command.body, standing)
        outcome = CommandOutcome.REFUSED if problem else CommandOutcome.DONE
        return (CommandResult(command.command_id, outcome, problem),)


def _unusable(arrived: CommandArrived) -> CommandResult | None:
    """The answer to a command that is late or unknown; None where it has to be carried out."""
    command = arrived.command
    if arrived.wall_ns > command.expires_wall_ns:
        late_s = (arrived.wall_ns - command.expires_wall_ns) / 1e9
        detail = f"The command came {late_s:.1f} s after it expired."
        return CommandResult(command.command_id, CommandOutcome.EXPIRED, detail)
    if command.body is None:
        detail = "This agent does not know the command; a newer agent may."
        return CommandResult(command.command_id, CommandOutcome.UNKNOWN, detail)
    return None
