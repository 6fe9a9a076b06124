"""All of Daedam for a test in the browser: central's processes, one room's agent whose candidate's face
and voice are replayed, and nobody who presses anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.loops import Loop, loop_thread
from tests.story.api import Api, until
from tests.story.prepared import prepared_candidate, without_hands
from tests.story.stack import RoomPc, Site, central_up, connected, planned, room_pc, staff

_START_S: Final = 180.0
_REPORT_S: Final = 90.0
_SILENCE_S: Final = 30
"""The candidate says when an answer is over; silence alone would end it later."""


@dataclass(frozen=True, slots=True)
class Whole:
    """`spoken_s`: how long the candidate speaks from each question's answer opening on."""

    site: Site
    room: RoomPc
    interview: str
    spoken_s: tuple[float, ...]
    loop: Loop
    api: Api

    @property
    def url(self) -> str:
        """Of the dashboard."""
        return f"http://{self.site.dashboard}"

    def get(self, path: str) -> Any:
        """What central's API answers an administrator."""
        return self.loop.run(self.api.get(path))

    def wait_for_the_report(self) -> None:
        """Every answer read and marked, as far as they can be."""

        async def there() -> bool:
            return bool((await self.api.get(f"/interviews/{self.interview}"))["has_report"])

        self.loop.run(until(_REPORT_S, "the report", there), _REPORT_S + 10)


@contextmanager
def whole_stack(
    folder: Path,
    models: Path,
    *,
    language: str,
    keys: tuple[str, ...],
    answers: int,
    policy: str | None = None,
) -> Iterator[Whole]:
    """Everything up, the room connected, and an interview planned that nobody has started."""
    video = without_hands(prepared_candidate(print, answers, language), folder)
    with loop_thread("whole") as loop:
        stack = AsyncExitStack()

        async def begun() -> Whole:
            site = await stack.enter_async_context(central_up(folder))
            room = await stack.enter_async_context(room_pc(site, models, replay=video))
            api: Api = await stack.enter_async_context(staff(site))
            await connected(site, api, room.code)
            interview = await planned(
                api, keys, language=language, silence_s=_SILENCE_S, policy=policy
            )
            return Whole(site, room, interview, _spoken_s(video), loop, api)

        try:
            yield loop.run(begun(), _START_S)
        finally:
            loop.run(stack.aclose(), _START_S)


@contextmanager
def opened(browser: Browser, *, wide: bool) -> Iterator[tuple[Page, list[str]]]:
    """A kiosk's screen or a desk's; what its console complains of."""
    context: BrowserContext = (
        browser.new_context(viewport={"width": 1920, "height": 1080}, has_touch=True)
        if wide
        else browser.new_context(viewport={"width": 1440, "height": 900})
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    try:
        yield page, wrong
    finally:
        context.close()


def _spoken_s(video: Path) -> tuple[float, ...]:
    script = json.loads(video.with_name(video.name + ".json").read_text(encoding="utf-8"))
    holds = [hold["at_s"] for hold in script["holds"]]
    ends = [answer["to_s"] for answer in script["truth"]["answers"]]
    return tuple(end - hold for hold, end in zip(holds, ends, strict=True))
