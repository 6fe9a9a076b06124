"""Which interviews an evaluator on trial marks as well. Pure, and the same at every asking."""

from __future__ import annotations

import hashlib


def drawn(variant: str, interview_id: int, share: float) -> bool:
    """Whether the interview is among the `share` (0 to 1) that this variant looks at. Another variant
    draws others; a larger share keeps those of a smaller one.
    """
    digest = hashlib.blake2b(f"{variant}:{interview_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64 < share
