"""What the page of an uploaded video says, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

STATES: Final = {
    "uploading": "Being uploaded",
    "queued": "Waiting to be analysed",
    "analysing": "Being analysed",
    "done": "Analysed",
    "refused": "Refused",
}
STATE_ICONS: Final = {
    "uploading": "clock",
    "queued": "clock",
    "analysing": "activity",
    "done": "circle-check",
    "refused": "octagon-alert",
}
STATE_LOOKS: Final = {"analysing": "live", "done": "completed", "refused": "fault"}
"""The style of a state, where it is not the plain one."""
HELP: Final = {
    "uploading": "Another page is sending it. It is analysed when it is there whole.",
    "queued": "The analysis begins when a virtual room is free. You may close this page.",
    "analysing": "Transcripts and marks come into being as in a room. You may close this page.",
    "done": "What was said, measured and marked is in the report.",
}
PRESETS: Final = {
    "balanced": "Balanced: every 10th frame",
    "high_accuracy": "Accurate: every 3rd frame, takes longest",
    "high_performance": "Fast: every 20th frame",
}
REFUSED: Final = {
    "damaged": "The file is damaged. Export it again as H.264 MP4.",
    "no_picture": "There is no picture in the file. Export it again as H.264 MP4.",
    "codec_unknown": "Its picture cannot be decoded here. Export it again as H.264 MP4.",
    "picture_too_large": "The picture is larger than 4K. Export it smaller, as H.264 MP4.",
    "not_a_video": "The file is neither MP4, WebM nor MOV, whatever its name says.",
    "too_long": "The video is too long. Shorten it.",
    "too_many_frames": "The file has more frames than any camera makes. Export it again as H.264 MP4.",
    "file_too_large": "The file is too large. Shorten the video.",
    "stuck": "The file could not be read to its end. Export it again as H.264 MP4.",
    "crashed": "The file could not be read to its end. Export it again as H.264 MP4.",
    "stopped": "The analysis was stopped. Upload the video again.",
    "upload_cut_off": "The upload was cut off. Upload the video again.",
    "analysis_expired": "No virtual room was there for a day. Tell IT, then upload the video again.",
}
"""By `code`."""
REFUSED_OTHERWISE: Final = {"": "The virtual room could not analyse it. Tell IT, or try again."}

ACTIVE: Final = frozenset({"uploading", "queued", "analysing"})
"""States that change by themselves: the page looks again."""
