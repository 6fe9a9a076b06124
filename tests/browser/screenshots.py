"""Pictures of the pages for the guides, from the pages themselves: `make screenshots`.

The dashboard is the real one with the tests' furnished site behind it; the kiosk is the agent's own
page in states that the tests know. People in them are invented.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, ViewportSize

from edge_agent.interview.words import practice_question
from tests.browser.chromium import chromium
from tests.browser.people import sign_in
from tests.browser.site import Site, running_site
from tests.fakes.kiosk_agent import RECEIPT, KioskAgent
from tests.fakes.servers import running_servers

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "images"
LANGUAGES: Final = ("ko", "en")
DESK: Final[ViewportSize] = {"width": 1440, "height": 900}
KIOSK: Final[ViewportSize] = {"width": 1440, "height": 810}
TRYING: Final = {"said": "", "listening_ms": None, "limit_ms": 45_000}
QUESTION: Final = {
    "ko": "팀에서 의견이 크게 갈렸던 경험을 말씀해 주세요. 어떻게 결정하셨나요?",
    "en": "Tell us about a time when your team disagreed strongly. How did you decide?",
}
SAID: Final = {
    "ko": "두 방안의 오류율을 일주일 동안 비교한 뒤 결정했습니다.",
    "en": "We compared the error rates of both ideas for a week, and then decided.",
}
HEARD: Final = {
    "ko": (
        "배포 주기를 두고 팀이 둘로 나뉘었습니다.",
        "두 방안의 오 유리를 일주일 동안 비교했습니다.",
        "숫자를 본 뒤에는 모두가 한쪽에 동의했습니다.",
    ),
    "en": (
        "The team was split over how often to release.",
        "We compared the arrow rates of both ideas for a week.",
        "Once we had the figures, everybody agreed on one.",
    ),
}
CORRECTED: Final = {
    "ko": "두 방안의 오류율을 일주일 동안 비교했습니다.",
    "en": "We compared the error rates of both ideas for a week.",
}
PRACTISED: Final = {
    "ko": "오늘은 지하철을 타고 왔습니다.",
    "en": "I came by underground today.",
}


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of the dashboard as `who` sees it. `whole`: all of it, not only what fits the window."""

    name: str
    path: Callable[[Site, str], str]
    who: str = "interviewer"
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of the kiosk: the state that shows it, by language, and what is done on it before."""

    name: str
    state: Callable[[str], dict[str, Any]] = field(default=lambda _: {})
    act: Callable[[Page], None] = field(default=lambda _: None)


def _type(letters: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.type(letters)


DESKS: Final = (
    Shot("rooms", lambda _, __: "/rooms"),
    Shot("room-live", lambda _, lang: "/rooms/seoul-1" if lang == "ko" else "/rooms/seoul-4"),
    Shot("ratings", lambda site, lang: f"/interviews/{_finished(site, lang)}/ratings"),
    Shot("report", lambda site, lang: f"/interviews/{_finished(site, lang)}/report", "recruiter"),
    Shot("plan", lambda site, _: f"/interviews/{site.scene.scheduled}/plan", "recruiter"),
    Shot("interviews", lambda _, __: "/interviews", "recruiter"),
    Shot("interview-new", lambda _, __: "/interviews/new", "recruiter", whole=True),
    Shot("video", lambda site, _: f"/interviews/{site.scene.scheduled}/video", "recruiter"),
    Shot("fleet", lambda _, __: "/fleet", "it"),
    Shot("enrolment", lambda _, __: "/enrolment", "it"),
)
SCREENS: Final = (
    Screen("idle", lambda _: {"phase": "idle"}),
    Screen(
        "language",
        lambda _: {"phase": "waiting", "language_chosen": False},
        lambda page: page.keyboard.press("a"),
    ),
    Screen(
        "waiting",
        lambda lang: {"phase": "waiting", "language_chosen": True, "candidate_name": _name(lang)},
    ),
    Screen("check-in", lambda _: {"check_in": {"tries_left": 5, "wrong": False}}, _type("AC")),
    Screen("check-in-staff", lambda _: {"check_in": {"tries_left": 0, "wrong": True}}),
    Screen(
        "notice", lambda _: {"phase": "consenting", "emotion_notice_version": "emotion-2026-11"}
    ),
    Screen("consent", act=lambda page: page.locator(".go .button.primary").click()),
    Screen(
        "devices",
        lambda _: {"phase": "checking", "trying": TRYING, "level_dbfs": -24.0},
        lambda page: page.locator(".device .button").first.click(),
    ),
    Screen(
        "practice",
        lambda lang: {
            "phase": "practising",
            "level_dbfs": -24.0,
            "trying": TRYING | {"said": practice_question(lang), "listening_ms": 8_000},
            "said": [PRACTISED[lang]],
        },
    ),
    Screen("calibration", lambda _: {"phase": "calibrating", "calibration": None}),
    Screen("question", lambda lang: {"phase": "asking", "question": _question(lang)}),
    Screen(
        "answer",
        lambda lang: {
            "phase": "answering",
            "question": _question(lang),
            "level_dbfs": -24.0,
            "phase_elapsed_ms": 31_000,
            "said": [SAID[lang]],
        },
    ),
    Screen("disturbed", lambda _: {"offers_again": True}),
    Screen("called", lambda _: {"offers_again": False, "help": "asked"}),
    Screen("offline", lambda _: {"help": None, "link": "offline"}),
    Screen(
        "fault",
        lambda _: {"link": "online", "faults": ["microphone: USB gives no sound; looking for it"]},
    ),
    Screen("paused", lambda _: {"phase": "paused", "faults": []}),
    Screen("offering", lambda _: {"phase": "offering", "phase_elapsed_ms": 12_000}),
    Screen("confirming", lambda language: {"phase": "confirming", "confirming": _read(language)}),
    Screen(
        "finished",
        lambda _: {
            "phase": "finished",
            "question": None,
            "receipt": RECEIPT,
            "phase_elapsed_ms": 3_000,
            "finished_shown_ms": 90_000,
        },
    ),
)


def main(words: Sequence[str]) -> None:
    """Write them all, or those whose names begin as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of names, as in kiosk-answer report")
    parser.add_argument("--out", type=Path, default=FOLDER)
    wanted = parser.parse_args(words)
    wanted.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name, page, whole in chain(_kiosks(browser), _desks(browser)):
            if not wanted.names or name.startswith(tuple(wanted.names)):
                page.screenshot(path=wanted.out / f"{name}.png", full_page=whole)
                print(wanted.out / f"{name}.png")


def _kiosks(browser: Browser) -> Iterator[tuple[str, Page, bool]]:
    for language in LANGUAGES:
        with KioskAgent().running() as agent:  # a screen stays as the one before left it
            page = browser.new_context(viewport=KIOSK).new_page()
            page.goto(agent.url)
            for screen in SCREENS:
                agent.show(language=language, room_name=_room(language), **screen.state(language))
                page.wait_for_function(
                    "lang => document.documentElement.lang === lang", arg=language
                )
                page.wait_for_timeout(400)
                screen.act(page)
                page.wait_for_timeout(200)
                yield f"kiosk-{screen.name}-{language}", page, False
            page.context.close()


def _desks(browser: Browser) -> Iterator[tuple[str, Page, bool]]:
    with tempfile.TemporaryDirectory(prefix="daedam-screenshots-") as folder:
        run = Path(folder)
        run.chmod(0o711)  # PostgreSQL and NATS run as another account
        with (
            running_servers(run) as servers,
            servers.database() as url,
            running_site(url, servers.nats_url, run) as site,
        ):
            for language in LANGUAGES:
                yield from _desk(browser, site, language)


def _desk(browser: Browser, site: Site, language: str) -> Iterator[tuple[str, Page, bool]]:
    for who in dict.fromkeys(shot.who for shot in DESKS):
        page = browser.new_context(viewport=DESK).new_page()
        sign_in(page, site, who, language)
        for shot in (one for one in DESKS if one.who == who):
            page.goto(site.url + shot.path(site, language))
            page.wait_for_timeout(400)
            yield f"{shot.name}-{language}", page, shot.whole
        page.context.close()


def _finished(site: Site, language: str) -> int:
    return site.scene.finished_ko if language == "ko" else site.scene.finished_en


def _question(language: str) -> dict[str, Any]:
    return {"question_id": "7", "text": QUESTION[language], "position": 1, "count": 4}


def _read(language: str) -> dict[str, Any]:
    heard = HEARD[language]
    said = [{"utterance_id": f"u{n}", "text": text, "written": ""} for n, text in enumerate(heard)]
    said[1]["written"] = CORRECTED[language]
    return {
        "position": 1,
        "count": 4,
        "turn_id": "t2",
        "question": QUESTION[language],
        "sentences": said,
        "arriving": False,
        "left_ms": 150_000,
    }


def _name(language: str) -> str:
    return "하늘" if language == "ko" else "Haneul"


def _room(language: str) -> str:
    return "3층 면접실 A" if language == "ko" else "Interview room A"


if __name__ == "__main__":
    main(sys.argv[1:])
