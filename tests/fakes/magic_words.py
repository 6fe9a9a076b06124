"""What `fragile_engine` does not survive; apart from it, so that saying them loads no llama.cpp."""

from __future__ import annotations

POISON = "독이 든 말"
HANGING = "멈추는 말"
