"""The receipt as the page draws it: what was agreed to, the site's words, a QR code of its address."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import segno

from edge_agent.flow import Phase, Receipt
from edge_agent.interview.view import RunnerView


def receipt_state(view: RunnerView) -> dict[str, Any] | None:
    """At the end of an interview; None before, and where nothing was agreed to."""
    decided, words = view.decided, view.receipt
    if view.phase is not Phase.FINISHED or decided is None or not decided.recording:
        return None
    return {
        "scoring": decided.ai_scoring,
        "emotion": decided.emotion,
        "ask": {"ko": words.ask_ko, "en": words.ask_en},
        "url": words.url,
        "qr": qr(words.url) if words.url else None,
    }


def kept_state(words: Receipt) -> dict[str, str]:
    """How long things are kept: the site's words, and the day of deletion; empty: none."""
    return {"ko": words.kept_ko, "en": words.kept_en, "until": words.kept_until}


@lru_cache(maxsize=4)
def qr(text: str) -> dict[str, Any]:
    """A square of `size` modules, and the dark ones of it as the path of an SVG, a rectangle each row's
    run.
    """
    code = segno.make_qr(text, error="m")
    rows = [list(row) for row in code.matrix]
    return {"size": len(rows), "path": "".join(_runs(rows))}


def _runs(rows: list[list[int]]) -> list[str]:
    found = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            begin = x
            while x < len(row) and row[x]:
                x += 1
            if x > begin:
                found.append(f"M{begin} {y}h{x - begin}v1h-{x - begin}z")
            x += 1
    return found
