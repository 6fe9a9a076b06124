"""One check after the other: what one measures, another must not disturb. None can end the rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from edge_agent.doctor.apart import Unseen
from edge_agent.doctor.finding import Check, Finding, Visit, fail
from edge_agent.errors import EdgeError


@dataclass(frozen=True, slots=True)
class Examined:
    """One line of the report."""

    name: str
    finding: Finding
    took_s: float


async def examine(
    checks: Sequence[Check], visit: Visit, begins: Callable[[str], None] = lambda _: None
) -> AsyncIterator[Examined]:
    """Each check's finding as it is there; `begins` hears the name before."""
    for check in checks:
        begins(check.name)
        since_s = time.monotonic()
        finding = await _one(check, visit)
        yield Examined(check.name, finding, time.monotonic() - since_s)


async def _one(check: Check, visit: Visit) -> Finding:
    try:
        async with asyncio.timeout(check.limit_s):
            return await check.run(visit)
    except TimeoutError:
        again = f"try it alone: `edge-agent doctor --only {check.name}`"
        return fail(f"no answer within {check.limit_s:g} s", again)
    except (EdgeError, Unseen) as error:
        return fail(str(error), "put right what this line names, then run the doctor again")
    except Exception as error:  # noqa: BLE001 - a fault of the check itself is told, not spread
        told = f"the check itself failed: {type(error).__name__}: {error}"
        return fail(told, "please report this line; the other checks stand")
