"""What the page of refused records says, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    1: "Face and head",
    2: "Scores of a second",
    3: "Sound format",
    4: "Sound",
    5: "Utterance",
    6: "Step of a question",
    7: "End of an answer",
    8: "Answer to a command",
    9: "Consent",
    10: "Calibration",
    11: "Device",
    12: "Disturbance",
    13: "Gap",
    14: "Body",
    15: "Emotion readings",
    16: "Camera health",
    20: "Speech of the room",
    30: "Call for a person",
    31: "Answer in writing",
    32: "Answers of the survey",
    36: "Confirmation of an answer",
}
"""`daedam.v1.RecordKind`; a test proves that none is missing."""

REASONS: Final = {
    "malformed": "Not readable",
    "corrupt": "Damaged on its way",
    "oversize": "Too large",
    "not_assigned": "Another room's interview",
    "refused": "Not storable",
}
"""`daedam.v1.RejectReason`."""

DONE: Final = {"reviewed": "Marked as reviewed."}
