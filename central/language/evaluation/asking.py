"""Whom is asked about what: the same through all steps of one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from central.language.evaluation.wording import Words
from central.language.model import LanguageModel, Urgency

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of the interview, and the model that looks at the answer."""

    model: LanguageModel
    question: str
    language: str
    words: Words
    urgency: Urgency
    timeout_s: float
    """Of each call."""


async def together(*work: Coroutine[Any, Any, T]) -> list[T]:
    """All at once, results in order. The first that fails ends the others and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except BaseExceptionGroup as failed:
        raise _first(failed) from failed
    return [task.result() for task in tasks]


def _first(failed: BaseException) -> BaseException:
    while isinstance(failed, BaseExceptionGroup):
        failed = failed.exceptions[0]
    return failed
