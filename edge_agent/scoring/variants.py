"""Which named weights an interview is scored with: the same ones always, on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from edge_agent.scoring.rules import Variant

_DIGEST_SPAN = float(2**64)


def assign(variants: Sequence[Variant], key: str) -> Variant:
    """The variant of an interview.

    The first 8 bytes of the SHA-256 of `key` (the interview's id; the room never learns the
    candidate's) are a place from 0 to 1; the variants lie there side by side, each as wide as its
    share. Python's own `hash` is salted and would draw anew after each restart.
    """
    digest = hashlib.sha256(key.encode()).digest()
    place = int.from_bytes(digest[:8], "big") / _DIGEST_SPAN
    left = place * sum(one.share for one in variants)
    drawn = [one for one in variants if one.share > 0]
    for one in drawn:
        if left < one.share:
            return one
        left -= one.share
    return drawn[-1]
