"""How often strangers may knock: a bucket for each address, and one for all of them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

ADDRESSES: Final = 1024
"""Buckets that are kept; the one that knocked longest ago goes first, and the one for all stays."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at_s: float


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` at once, and `per_s` a second from then on."""

    burst: float
    per_s: float


class Throttle:
    """Time is the caller's, in seconds."""

    def __init__(self, each: Rate, together: Rate) -> None:
        self._each = each
        self._together = together
        self._all: _Bucket | None = None
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, address: str, now_s: float) -> bool:
        """Whether this knock may be answered. One that is refused takes nothing from the others."""
        bucket = self._buckets.pop(address, None) or _Bucket(self._each.burst, now_s)
        self._all = self._all or _Bucket(self._together.burst, now_s)
        _fill(bucket, self._each, now_s)
        _fill(self._all, self._together, now_s)
        allowed = bucket.left >= 1 and self._all.left >= 1
        if allowed:
            bucket.left -= 1
            self._all.left -= 1
        self._buckets[address] = bucket
        if len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return allowed


def _fill(bucket: _Bucket, rate: Rate, now_s: float) -> None:
    passed_s = max(0.0, now_s - bucket.at_s)
    bucket.left = min(rate.burst, bucket.left + passed_s * rate.per_s)
    bucket.at_s = max(bucket.at_s, now_s)
