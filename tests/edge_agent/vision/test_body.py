"""The second thread: what it skips, what it tells, how it ends."""

from __future__ import annotations

import os
import queue
import sys
import threading

import pytest

from edge_agent.errors import ModelError
from edge_agent.flow import PeopleLook
from edge_agent.vision.body import Body
from edge_agent.vision.looks import LookValue, Sight
from tests.fakes.lookers import ToldLooker, sight

pytestmark = pytest.mark.unit

Told = queue.SimpleQueue[LookValue]


def never(value: object) -> None:
    """Raises in the second thread, which is told of as a failure of its own."""
    raise AssertionError(value)


def seen(told: Told) -> int:
    """The number of the frame that was looked at."""
    value = told.get(timeout=10.0)
    assert isinstance(value, PeopleLook)
    return value.people


def test_a_look_carries_the_time_of_its_frame() -> None:
    told: Told = queue.SimpleQueue()
    body = Body(lambda: [ToldLooker()], told.put, never)
    body.start()
    body.show(sight(3))
    assert told.get(timeout=10.0) == PeopleLook(100_000_000, 3)
    body.close()


def test_a_slow_look_holds_up_nobody_and_what_came_meanwhile_is_skipped() -> None:
    told: Told = queue.SimpleQueue()
    slow = ToldLooker(gate=threading.Event())
    assert slow.gate is not None
    body = Body(lambda: [slow], told.put, never)
    body.start()
    body.show(sight(0))
    assert slow.begun.wait(10.0)
    for n in range(1, 100):  # `show` returns at once although a look is under way
        body.show(sight(n))
    slow.gate.set()
    assert [seen(told), seen(told)] == [0, 99]
    body.close()
    assert told.empty()


def test_a_look_that_breaks_is_told_and_not_passed_over() -> None:
    failures: queue.SimpleQueue[Exception] = queue.SimpleQueue()
    broken = ToldLooker()
    broken.error = RuntimeError("the model is gone")
    body = Body(lambda: [broken], never, failures.put)
    body.start()
    body.show(sight(0))
    assert failures.get(timeout=10.0) is broken.error
    body.close()
    assert broken.closed.is_set()


def test_models_are_given_back_after_the_look_that_is_being_taken() -> None:
    told: Told = queue.SimpleQueue()
    slow = ToldLooker(gate=threading.Event())
    assert slow.gate is not None
    body = Body(lambda: [slow], told.put, never)
    body.start()
    body.show(sight(0))
    assert slow.begun.wait(10.0)
    assert not slow.closed.is_set()
    slow.gate.set()
    body.close()
    assert slow.closed.is_set()
    assert seen(told) == 0


def test_a_body_that_was_never_started_loads_nothing() -> None:
    loaded: list[ToldLooker] = []
    Body(lambda: loaded, never, never).close()
    assert loaded == []


def test_a_model_that_cannot_be_loaded_is_told_at_the_start() -> None:
    def refuse() -> list[ToldLooker]:
        raise ModelError("x.task", "is none")

    body = Body(refuse, never, never)
    with pytest.raises(ModelError, match=r"x\.task"):
        body.start()
    body.close()


@pytest.mark.skipif(sys.platform != "linux", reason="niceness of a thread is Linux's")
def test_models_are_loaded_where_their_threads_stand_back_and_python_does_not() -> None:
    told: Told = queue.SimpleQueue()
    loaded_at: list[int] = []

    class Niceness(ToldLooker):
        def look(self, sight: Sight) -> PeopleLook:
            return PeopleLook(0, os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def make() -> list[ToldLooker]:
        loaded_at.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return [Niceness()]

    own = os.getpriority(os.PRIO_PROCESS, 0)
    body = Body(make, told.put, never)
    body.start()
    body.show(sight(0))
    assert seen(told) == own
    assert loaded_at == [min(own + 5, 19)]
    body.close()


def test_a_change_gives_back_what_is_off_and_makes_what_is_on() -> None:
    told: Told = queue.SimpleQueue()
    people, hands = ToldLooker(), ToldLooker("hands")
    body = Body(lambda: [people], told.put, never, lambda kind: hands if kind == "hands" else None)
    body.start()
    body.show(sight(0))
    assert seen(told) == 0
    body.change(frozenset({"hands", "posture"}))  # of which posture cannot be had
    body.show(sight(30))
    assert seen(told) == 30
    assert people.closed.is_set()
    assert hands.begun.is_set()
    body.close()
    assert hands.closed.is_set()


def test_the_cameras_health_is_nobodys_to_switch_off() -> None:
    told: Told = queue.SimpleQueue()
    health = ToldLooker("health")
    body = Body(lambda: [health], told.put, never)
    body.start()
    body.change(frozenset())
    body.show(sight(0))
    assert seen(told) == 0
    assert not health.closed.is_set()
    body.close()
