from __future__ import annotations

import pytest

from central.dashboard.pages.sparkline import HEAD, HEIGHT, spark
from central.storage.series import Window

pytestmark = pytest.mark.unit
SECOND_NS = 1_000_000_000


def windows(*values: float | None, step_s: int = 1) -> list[Window]:
    return [
        Window(
            "turn",
            at * SECOND_NS,
            at * step_s * SECOND_NS,
            1_000,
            30,
            30,
            {"head_yaw_deg": (value, 0.0 if value is None else 1.0)},
        )
        for at, value in enumerate(values)
    ]


def test_what_was_not_measured_is_not_drawn() -> None:
    drawn = spark("head_yaw_deg", windows(0.0, 1.0, None, 2.0))

    assert drawn.path.count("M") == 2
    assert drawn.covered == "M0.0 36.0v-3.0H50.0V36.0zM75.0 36.0v-3.0H100.0V36.0z"


def test_a_silence_between_two_windows_is_a_gap() -> None:
    assert spark("head_yaw_deg", windows(0.0, 0.0, step_s=3)).path.count("M") == 2


def test_how_much_was_measured_is_one_bar_while_it_stays_the_same() -> None:
    """A minute of forty channels was ten thousand elements of a page."""
    shares = [Window("turn", at * SECOND_NS, at * SECOND_NS, 1_000, 30, 30,
                     {"head_yaw_deg": (1.0, share)})
              for at, share in enumerate((1.0, 1.0, 0.5, 1.0))]  # fmt: skip
    assert spark("head_yaw_deg", shares).covered.count("M") == 3


def test_a_value_outside_the_scale_is_drawn_at_its_edge() -> None:
    path = spark("head_yaw_deg", windows(500.0, -500.0)).path

    assert f" {HEAD}" in path
    assert f" {HEIGHT}" in path


def test_nothing_measured_draws_nothing() -> None:
    assert spark("head_yaw_deg", []).path == ""
    assert spark("head_yaw_deg", windows(None, None)).path == ""


@pytest.mark.parametrize(("channel", "has_zero"), [("head_yaw_deg", True), ("smile_ratio", False)])
def test_zero_is_marked_only_where_it_is_inside_the_drawing(channel: str, has_zero: bool) -> None:
    assert (spark(channel, windows(0.0)).zero is not None) is has_zero
