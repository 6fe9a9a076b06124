"""What the interviewer's desk says. Every sentence is a key of the catalogues."""

from __future__ import annotations

from typing import Final

OUTCOMES: Final = {
    "next_stage": "On to the next stage",
    "hold": "On hold",
    "reject": "Rejected",
}
KINDS: Final = {
    "strong": "Strong",
    "concern": "Concern",
    "follow_up": "Follow up",
    "integrity": "Integrity issue",
    "technical": "Technical fault",
    "note": "Note",
}
KIND_ICONS: Final = {
    "strong": "thumbs-up",
    "concern": "triangle-alert",
    "follow_up": "corner-down-right",
    "integrity": "shield-alert",
    "technical": "wrench",
    "note": "notebook-pen",
}
