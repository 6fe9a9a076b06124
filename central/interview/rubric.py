"""What an answer is marked by: criteria with behaviourally anchored levels 1 to 5 and keywords."""

from __future__ import annotations

from typing import Literal

import msgspec

Dimension = Literal["technical", "communication", "cultural_fit", "depth"]


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to look for. `anchors[i]` describes level i + 1. Each entry of `keywords` is a group of
    words that mean the same; a group counts once.
    """

    key: str
    label: str
    dimension: Dimension
    weight: float
    anchors: tuple[str, str, str, str, str]
    keywords: tuple[tuple[str, ...], ...] = ()


class Rubric(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All criteria of one question; weights are relative."""

    version: str
    criteria: tuple[Criterion, ...]
    keywords: tuple[tuple[str, ...], ...] = ()
    """What an answer to this very question speaks about; groups as in a criterion."""
