"""What can be found about a file, as keys. The words for people are in `central.dashboard.pages`."""

from __future__ import annotations

from typing import Final

HOW: Final = (
    "invisible",  # drawn without ink: render modes 3 and 7, or fully transparent
    "background",  # in the colour of what is behind it
    "tiny",  # smaller than 4 pt
    "outside",  # outside the page
    "covered",  # something lies over it, or it is clipped away
    "marked",  # the format's own mark for hidden text
    "comment",  # a hidden comment
    "characters",  # zero-width, bidirectional, tag and private-use characters
)
"""How text was hidden."""

NOTES: Final = (
    "scan_layer",  # the page is a picture, and its text an invisible layer from a recogniser
    "no_sections",  # no heading was recognised
    "hidden_instructions",  # what was hidden speaks to a machine
)

REFUSED: Final = (
    "kind",  # neither PDF, DOCX, HWP nor HWPX
    "old_word",  # a .doc of Word 97-2003
    "encrypted",
    "damaged",
    "bomb",  # unpacks to more than it may
    "markup",  # XML with a document type, entities, or too deep
    "too_long",  # too many pages or too much text
    "no_text",  # only pictures
    "encoding",  # its characters have no meaning outside it
    "memory",
    "time",
    "crashed",
    "altered",  # what the reader said does not hold
)
