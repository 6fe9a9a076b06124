"""The security list of the design, as a table: each row is an attempt over real gRPC and TLS, and the
exact refusal. After each, nothing of it is stored, and the honest room beside it goes on.

The kiosk's own door (token, Origin, Host) is in `tests/edge_agent/kiosk`, the dashboard's in
`tests/central/dashboard/test_access.py`.
"""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.security import (
    batches,
    beginnings,
    clocks,
    door,
    enrolment,
    false_central,
    floods,
    records,
    renewal,
)
from tests.security.scene import Row, Scene

pytestmark = pytest.mark.integration

SUBJECTS = (
    door, beginnings, batches, records, floods, clocks,
    renewal, enrolment,  # ends with guesses: afterwards this address has to wait
    false_central,
)  # fmt: skip
ROWS: list[Row] = [row for subject in SUBJECTS for row in subject.ROWS]
LISTED = (
    "no certificate", "foreign CA", "expired", "revoked", "another room's identity",
    "reused token", "two agents racing on one token", "clock skew",
    "duplicate", "reordered", "oversize", "poison", "slow reader",
)  # fmt: skip
"""What the design's list names."""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.covers}: {row.name}")
async def test_what_is_not_allowed_is_refused_and_hurts_nobody_else(stage: Scene, row: Row) -> None:
    mallory = await stage.mallory()
    answer = await row.attempt(stage, mallory)
    assert re.fullmatch(row.status, answer.status), answer
    assert re.search(row.says, answer.sentence), answer
    await stage.honest_goes_on()
    assert await stage.stored(mallory) == row.stored
    await told(stage, mallory, row)


async def told(stage: Scene, mallory: object, row: Row) -> None:
    """An alarm is written after the refusal: wait for it."""
    for _ in range(40):
        found = await stage.alarms(mallory)  # type: ignore[arg-type]
        if found >= row.alarms:
            break
        await asyncio.sleep(0.05)
    assert found == set(row.alarms)


def test_the_table_has_all_that_the_design_lists() -> None:
    assert set(LISTED) <= {row.covers for row in ROWS}


def test_every_row_has_a_name_of_its_own() -> None:
    names = [(row.covers, row.name) for row in ROWS]
    assert len(set(names)) == len(names)
