"""`edge-agent`, or `python -m edge_agent`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from edge_agent.cli import carry_out, parser
from edge_agent.errors import EdgeError


def main(arguments: list[str] | None = None) -> int:
    """0: done; 1: what was looked at is damaged; 2: something a person has to put right, said in one
    line each.
    """
    try:
        return carry_out(parser().parse_args(arguments))
    except EdgeError as error:
        print(f"edge-agent: {error}", file=sys.stderr)
        return 2
    except ExceptionGroup as group:
        told, others = group.split(EdgeError)
        if others is not None or told is None:
            raise
        for line in dict.fromkeys(map(str, _leaves(told))):
            print(f"edge-agent: {line}", file=sys.stderr)
        return 2


def _leaves(group: ExceptionGroup[EdgeError]) -> Iterator[EdgeError]:
    for one in group.exceptions:
        yield from _leaves(one) if isinstance(one, ExceptionGroup) else (one,)


if __name__ == "__main__":
    sys.exit(main())
