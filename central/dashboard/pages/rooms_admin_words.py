"""What the page of rooms and agents says, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

STANDING: Final = {
    "enrolled": "Let in",
    "none": "No agent yet",
    "revoked": "Revoked",
    "superseded": "Replaced by another PC",
    "locked": "Locked: an old key was used",
}
STANDING_ICONS: Final = {
    "enrolled": "circle-check",
    "none": "circle-dashed",
    "revoked": "ban",
    "superseded": "circle-dashed",
    "locked": "octagon-alert",
}
DONE: Final = {
    "added": "The room is there. Make a token for its PC.",
    "revoked": "The room's agent is let in no more. A new token undoes that.",
}
