"""How a candidate checks in, on the pages: the code, its QR code, and what came of it."""

from __future__ import annotations

from typing import Final

import segno
from markupsafe import Markup

from central.interview.check_in import grouped, in_qr

WAYS: Final = {
    "code": "by the code",
    "qr": "by the QR code",
    "staff": "let in by staff",
    "button": "by the button on the kiosk",
    "replay": "as a replayed candidate",
}
BORDER: Final = 4
"""Modules of white around it, as readers need them, on dark pages too."""


def qr_svg(code: str) -> Markup:
    """The QR code as SVG for the page itself; decoration beside the code in letters."""
    drawn = segno.make(in_qr(code), error="q", micro=False)
    return Markup(  # noqa: S704 - segno's own output, of a code made here
        drawn.svg_inline(
            border=BORDER, dark="black", light="white", svgclass="qr", lineclass=None, omitsize=True
        )
    )


__all__ = ["WAYS", "grouped", "qr_svg"]
