"""How a person works a page: with a finger, a mouse, or nothing but keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from playwright.sync_api import Locator

_FURTHEST: Final = 300
"""Tab presses from one end of the longest page to the other."""
_IS_FOCUSED: Final = "element => element === document.activeElement"


class Hand(Protocol):
    """Presses what is seen, and types where it pressed."""

    def press(self, target: Locator) -> None: ...

    def choose(self, option: Locator) -> None:
        """A label with its radio or box inside."""

    def write(self, target: Locator, text: str) -> None: ...


class Finger:
    """On a touch screen."""

    def press(self, target: Locator) -> None:
        target.tap()

    def choose(self, option: Locator) -> None:
        option.tap()

    def write(self, target: Locator, text: str) -> None:
        target.tap()
        target.press_sequentially(text)


class Mouse:
    """And the keyboard for words."""

    def press(self, target: Locator) -> None:
        target.click()

    def choose(self, option: Locator) -> None:
        option.click()

    def write(self, target: Locator, text: str) -> None:
        target.click()
        target.page.keyboard.type(text)


class Keys:
    """Tab to it, then Enter; arrows between the options of one group, then Space."""

    def press(self, target: Locator) -> None:
        reach(target)
        target.page.keyboard.press("Enter")

    def choose(self, option: Locator) -> None:
        field = option.locator("input")
        reach_group(field)
        for _ in range(_FURTHEST):
            if field.evaluate(_IS_FOCUSED):
                break
            field.page.keyboard.press("ArrowDown")
        field.page.keyboard.press("Space")

    def write(self, target: Locator, text: str) -> None:
        reach(target)
        target.page.keyboard.type(text)


def reach(target: Locator) -> None:
    """By Tab alone, from wherever the focus is."""
    target.wait_for(state="attached")
    _tab(target, lambda: bool(target.evaluate(_IS_FOCUSED)))


def reach_group(field: Locator) -> None:
    """A group of radios has one place in the order of Tab."""
    name = field.get_attribute("name")
    _tab(
        field,
        lambda: bool(field.evaluate("(_, name) => document.activeElement.name === name", name)),
    )


def _tab(target: Locator, arrived: Callable[[], bool]) -> None:
    for _ in range(_FURTHEST):
        if arrived():
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {target}")
