"""A room's agent as the kiosk page sees it: the real kiosk server, and a state that a test changes."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from edge_agent.config import Kiosk as Settings
from edge_agent.interview.steps import Input
from edge_agent.kiosk.receipt import qr
from edge_agent.kiosk.server import Kiosk

IDLE: dict[str, Any] = {
    "type": "state",
    "phase": "idle",
    "room_name": "1층 면접실",
    "language": "ko",
    "language_chosen": False,
    "check_in": None,
    "candidate_name": "",
    "link": "online",
    "trying": None,
    "calibrated": None,
    "question": None,
    "calibration": None,
    "phase_elapsed_ms": 0,
    "answer_limit_ms": 120_000,
    "think_ms": 0,
    "finished_shown_ms": 30_000,
    "level_dbfs": None,
    "speaking": False,
    "volume_percent": 70,
    "caption": None,
    "said": [],
    "still_there": False,
    "again": "",
    "kept": {"ko": "", "en": "", "until": "2027-05-28"},
    "receipt": None,
    "surveyed": False,
    "typed_answers": False,
    "typed": "",
    "pause_waits": False,
    "offers_again": False,
    "offer_shown_ms": 60_000,
    "confirming": None,
    "notice": None,
    "help": None,
    "notice_version": "2026-12",
    "emotion_notice_version": "",
    "faults": [],
    "counts": {
        "frames_captured": 0,
        "frames_analysed": 0,
        "frames_dropped": 0,
        "records_appended": 0,
        "records_acked": 0,
    },
}

QUESTION: dict[str, Any] = {
    "question_id": "7",
    "turn_id": "t-7",
    "text": "Tell us about a time when your team disagreed strongly. How did you decide?",
    "position": 1,
    "count": 4,
}
RECEIPT: dict[str, Any] = {
    "scoring": True,
    "emotion": None,
    "ask": {"ko": "", "en": ""},
    "url": "https://board.example/receipt/abc",
    "qr": qr("https://board.example/receipt/abc"),
}
CONFIRMING: dict[str, Any] = {
    "position": 0,
    "count": 3,
    "turn_id": "t1",
    "question": "가장 어려웠던 장애를 어떻게 해결하셨나요?",
    "sentences": [
        {"utterance_id": "u1", "text": "주문 서비스에서 갑자기 오류가 났습니다.", "written": ""},
        {"utterance_id": "u2", "text": "쿠버 네티 수를 다시 배포했습니다.", "written": ""},
        {"utterance_id": "u3", "text": "그 뒤로 두 배 빨라졌습니다.", "written": ""},
    ],
    "arriving": False,
    "left_ms": 170_000,
}
POINT: dict[str, Any] = {
    "kind": "point",
    "name": "top_left",
    "x_ratio": 0.12,
    "y_ratio": 0.14,
    "position": 1,
    "count": 10,
    "attempt": 1,
    "seen": True,
}
"""What a state may hold."""


class KioskAgent:
    """`show(...)` changes the state and sends it; `pressed` is what the page sent back."""

    def __init__(self) -> None:
        self.state = dict(IDLE)
        self.pressed: queue.Queue[Input] = queue.Queue(maxsize=100)
        self.volumes: queue.Queue[int] = queue.Queue(maxsize=100)
        self.scans: queue.Queue[bool] = queue.Queue(maxsize=100)
        self.picture = b""
        self.read: queue.Queue[tuple[str, str]] = queue.Queue(maxsize=100)
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._kiosk: Kiosk | None = None
        self._stop = asyncio.Event()
        self._serving: Any = None

    def show(self, **changes: Any) -> None:
        self.state |= changes
        if self._kiosk is not None:
            self._loop.call_soon_threadsafe(self._kiosk.show, dict(self.state))

    def next_press(self) -> Input:
        return self.pressed.get(timeout=5)

    def start(self, port: int = 0) -> None:
        """Serve the page; with the port of before, a page that is open finds it again."""
        ready = threading.Event()
        self._serving = asyncio.run_coroutine_threadsafe(self._serve(port, ready), self._loop)
        if not ready.wait(timeout=10):
            self._serving.result(timeout=0)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._serving.result(timeout=10)

    @contextmanager
    def running(self) -> Iterator[KioskAgent]:
        thread = threading.Thread(target=self._loop.run_forever, name="kiosk", daemon=True)
        thread.start()
        try:
            self.start()
            yield self
            self.stop()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(timeout=10)
            self._loop.close()

    async def _serve(self, port: int, ready: threading.Event) -> None:
        self._stop.clear()
        kiosk = Kiosk(
            Settings(port=port),
            self.pressed.put_nowait,
            self.volumes.put_nowait,
            on_scan=lambda: self.scans.put_nowait(True),
            picture=lambda: self.picture,
            on_read=lambda text, language: self.read.put_nowait((text, language)),
        )
        kiosk.show(dict(self.state))
        async with kiosk.serving():
            self._kiosk, self.url = kiosk, kiosk.url
            ready.set()
            await self._stop.wait()
        self._kiosk = None
