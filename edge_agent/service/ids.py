"""Ids that nobody else makes."""

from __future__ import annotations

import uuid


def new_id() -> str:
    """Opaque and unique."""
    return str(uuid.uuid4())
