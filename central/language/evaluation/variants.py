"""Which interviews an evaluator on trial marks as well, and which wording marks whom. Pure, and the
same at every asking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def drawn(variant: str, interview_id: int, share: float) -> bool:
    """Whether the interview is among the `share` (0 to 1) that this variant looks at. Another variant
    draws others; a larger share keeps those of a smaller one.
    """
    return _number(f"{variant}:{interview_id}") / 2**64 < share


def assigned(variants: Sequence[str], scope: str) -> str:
    """The variant of this posting or interview. One variant more takes its share of each other's, and
    moves nobody from one of those to another; one less gives its own away.
    """
    return max(variants, key=lambda one: (_number(f"{one}:{scope}"), one))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
