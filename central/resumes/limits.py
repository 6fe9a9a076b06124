"""What a résumé may ask of the process that reads it. Whatever is beyond is refused."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds of one file; the least of them that is exceeded says why it is refused."""

    most_bytes: int = 10_000_000
    """Of the file."""
    most_pages: int = 30
    most_characters: int = 200_000
    """Of its text: a hundred times a long résumé."""
    most_parts: int = 2_000
    """Files inside a packed file."""
    most_unpacked_bytes: int = 30_000_000
    """Of all that is unpacked of it."""
    most_elements: int = 300_000
    """Of one XML part."""
    deepest: int = 120
    """Of elements within elements."""
    memory_bytes: int = 1_500_000_000
    """Address space of the process."""
    cpu_s: int = 20
    wall_s: float = 60.0
    """On a machine that does other things too."""
    most_answer_bytes: int = 8_000_000
    """Of what the process says."""
