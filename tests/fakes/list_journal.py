"""A journal that is a list."""

from __future__ import annotations

from typing import TypeVar

from edge_agent.flow import RecordValue

T = TypeVar("T")


class ListJournal:
    """Keeps values as they are; sequence 1 is the first."""

    def __init__(self) -> None:
        self.records: list[tuple[int, RecordValue, str]] = []

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        seq = len(self.records) + 1
        self.records.append((seq, value, interview_id))
        return seq

    def of(self, kind: type[T]) -> list[T]:
        """Every value of `kind`, in order."""
        return [value for _, value, _ in self.records if isinstance(value, kind)]
