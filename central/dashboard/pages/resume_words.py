"""What the page of a résumé says, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "uploading": "Being uploaded",
    "waiting": "Being read",
    "read": "Read",
    "refused": "Refused",
}
STATE_ICONS: Final = {
    "uploading": "clock",
    "waiting": "clock",
    "read": "circle-check",
    "refused": "octagon-alert",
}
STATE_LOOKS: Final = {"waiting": "live", "read": "completed", "refused": "fault"}
"""The style of a state, where it is not the plain one."""
HELP: Final = {
    "uploading": "Another page is sending it. It is read when it is there whole.",
    "waiting": "It is read within seconds. You may close this page.",
    "read": "Questions may be made of what stands below. Whoever marks the answers never sees it.",
}
REFUSED: Final = {
    "kind": "It is neither PDF, DOCX, HWP nor HWPX, whatever its name says.",
    "old_word": "It is a Word file of before 2007. Save it as DOCX or PDF.",
    "encrypted": "It is locked with a password or for distribution. Save it without.",
    "damaged": "The file is damaged. Save it again, or export it as PDF.",
    "bomb": "It unpacks to far more than a résumé. Export it as PDF.",
    "markup": "Its inner structure is not that of a document. Export it as PDF.",
    "too_long": "It is too long for a résumé. Shorten it to 30 pages.",
    "no_text": "There is no text in it, only pictures. Export it from the program it was written in.",
    "encoding": "Its letters mean nothing outside the file. Export it again with fonts embedded.",
    "memory": "Reading it takes more memory than it may have. Export it again as PDF.",
    "time": "Reading it takes too long. Export it again as PDF.",
    "crashed": "It could not be read to its end. Export it again as PDF.",
    "altered": "What was read does not hold. Export it again as PDF, and tell IT.",
}
"""By `code`."""
HOW: Final = {
    "invisible": "drawn without ink",
    "background": "in the colour of its background",
    "tiny": "smaller than 4 points",
    "outside": "outside the page",
    "covered": "covered by something",
    "marked": "marked as hidden",
    "comment": "in a hidden comment",
    "characters": "spelt in characters without a shape",
}
STRIPPED: Final = {
    "personal": "personal details",
    "name": "name",
    "contact": "contact",
    "address": "address",
    "resident_number": "identity number",
    "birth": "date of birth",
    "age": "age",
    "gender": "gender",
    "photo": "photograph",
    "marriage": "marriage",
    "family": "family",
    "religion": "religion",
    "military": "military service",
    "origin": "origin",
    "appearance": "appearance",
    "health": "health",
    "property": "property",
    "politics": "politics",
    "union": "union membership",
    "criminal_record": "criminal record",
}
NOTES: Final = {
    "scan_layer": "It is a scan: its text was read from a layer that nobody sees. Compare it.",
    "no_sections": "No heading was recognised, so nothing of it goes on to questions.",
    "hidden_instructions": "The hidden text speaks to a machine. Nothing of it was used.",
}
FIELDS: Final = {
    "education": "Education",
    "experience": "Experience",
    "projects": "Projects",
    "skills": "Skills",
    "certificates": "Certificates",
    "languages": "Languages",
}

ACTIVE: Final = frozenset({"uploading", "waiting"})
"""States that change by themselves: the page looks again."""
