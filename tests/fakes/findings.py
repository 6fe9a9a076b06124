"""What a check of the doctor is expected to have found."""

from __future__ import annotations

from edge_agent.doctor.finding import Finding, Status


def expect(found: Finding, status: Status, words: str) -> None:
    """This status, these words, and something to do exactly where something is wrong."""
    assert found.status is status, found
    assert words in found.seen
    assert bool(found.todo) is (status in {Status.WARN, Status.FAIL})
