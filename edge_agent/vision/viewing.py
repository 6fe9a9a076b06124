"""A third thread, for the kiosk before the questions: small pictures of the candidate for themselves,
and QR codes that are held to the camera. Only while somebody asks; nothing of it is kept.

It takes the newest frame a few times a second and no other, and stands back: faces go first.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from typing import Any, Final

from edge_agent.flow import Rgb, VideoFrame
from edge_agent.vision.messages import View, Viewed
from edge_agent.vision.ring import Ring

PICTURE_EVERY_NS: Final = 200_000_000
CODE_EVERY_NS: Final = 330_000_000
"""To find a code takes a tenth of a second of a core."""
PICTURE_WIDTH_PX: Final = 480
JPEG_QUALITY: Final = 70
LONGEST_CODE: Final = 64
"""Of a text that may be ours; other QR codes hold more and are nobody's business."""
NOTHING: Final = View(pictures=False, codes=False)
_NICER: Final = 5
_LEAVE_TIMEOUT_S: Final = 2.0


class Viewing:
    """`tell` is called in the thread."""

    def __init__(self, tell: Callable[[Viewed], None]) -> None:
        self._tell = tell
        self._wanted = NOTHING
        self._due_ns = 0
        self._newest: Ring[VideoFrame] = Ring(1)
        self._thread = threading.Thread(target=self._run, name="viewing", daemon=True)

    def start(self) -> None:
        """Until `close`."""
        self._thread.start()

    def want(self, wanted: View) -> None:
        """From the next frame on."""
        self._wanted = wanted

    def show(self, frame: VideoFrame) -> bool:
        """Whether it is looked at: most frames are left alone. Never waits."""
        wanted = self._wanted
        if wanted == NOTHING or frame.mono_ns < self._due_ns:
            return False
        self._due_ns = frame.mono_ns + (CODE_EVERY_NS if wanted.codes else PICTURE_EVERY_NS)
        self._newest.put(frame)
        return True

    def close(self) -> None:
        """After the frame that is being looked at."""
        self._newest.close()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_TIMEOUT_S)

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), own + _NICER)
        detector: Any = None
        while (frame := self._newest.take()) is not None:
            wanted = self._wanted
            if wanted.codes:
                detector = detector or _detector()
            code = code_in(frame.image, detector) if wanted.codes else ""
            picture = jpeg(frame.image) if wanted.pictures else b""
            if code or picture:
                with contextlib.suppress(OSError):  # the agent is gone
                    self._tell(Viewed(picture, code))


def jpeg(image: Rgb) -> bytes:
    """As a mirror shows it, small."""
    import cv2

    height, width = image.shape[:2]
    size = (PICTURE_WIDTH_PX, max(1, round(height * PICTURE_WIDTH_PX / width)))
    small = cv2.flip(cv2.resize(image, size, interpolation=cv2.INTER_AREA), 1)
    quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    there, data = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), quality)
    return bytes(data) if there else b""


def code_in(image: Rgb, detector: Any) -> str:
    """The text of the QR code in a picture; empty where there is none, or a long one."""
    import cv2

    try:
        text = detector.detectAndDecode(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))[0]
    except (cv2.error, UnicodeDecodeError):
        return ""  # half a code, or bytes that are no text
    return text if len(text) <= LONGEST_CODE else ""


def _detector() -> Any:
    import cv2

    return cv2.QRCodeDetector()
