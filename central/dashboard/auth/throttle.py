"""How often one address may try to sign in. A bounded table of token buckets; pure, time is given."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at_s: float


class Throttle:
    """`burst` attempts at once, then `per_minute`. When more than `most` addresses are known, the one
    quiet for longest is forgotten.
    """

    def __init__(self, *, burst: int = 20, per_minute: int = 20, most: int = 10_000) -> None:
        self._burst = burst
        self._per_s = per_minute / 60
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def allows(self, address: str, now_s: float) -> bool:
        """Count one attempt; False where there were too many."""
        bucket = self._buckets.pop(address, None) or _Bucket(float(self._burst), now_s)
        refilled = bucket.left + (now_s - bucket.at_s) * self._per_s
        bucket.left = min(float(self._burst), refilled)
        bucket.at_s = now_s
        self._buckets[address] = bucket
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
