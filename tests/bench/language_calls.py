"""What the benchmarks of language models ask, and how long it took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from central.language.engine.model import LlamaModel
from central.language.model import Choice, Filled, Prompt, Slot, Text, Trusted, Untrusted, Urgency

PATIENT_S = 600.0
LEVELS = ("1", "2", "3", "4", "5")
TYPES = ("technical", "behavioral", "situational", "cultural_fit")
SYSTEM = "당신은 채용 면접관입니다. 지원자의 경험을 한 문장으로 물어보세요. 평가 기준을 따르세요. "
RUBRIC = "문제를 나누어 말했는가, 자신의 역할을 말했는가, 결과를 숫자로 말했는가. "
ANSWER = "저는 결제 서버의 지연을 줄이려고 큐를 나누고 이 주 동안 측정했습니다. "


@dataclass(frozen=True, slots=True)
class Timed:
    """One filled form: seconds to its first piece of text, and to its end."""

    first_s: float
    total_s: float
    filled: Filled


def question_form(characters: int) -> list[str | Slot]:
    """A question with its kind."""
    return ['{"question": "', Text("question", characters, '"'), '", "type": "',
            Choice("type", TYPES), '", "level": ', Choice("level", LEVELS), "}"]  # fmt: skip


def prompt(number: int, *, head: int, own: int) -> Prompt:
    """So many repetitions in the part that is shared, and in one's own."""
    return Prompt(SYSTEM, (Trusted(RUBRIC * head),), (Untrusted(f"{number}. " + ANSWER * own),))


async def fill(
    model: LlamaModel, asked: Prompt, form: Sequence[str | Slot], urgency: Urgency
) -> Timed:
    """One form, timed."""
    began_s = time.perf_counter()
    first_s: list[float] = []

    def heard(_key: str, _piece: str) -> None:
        if not first_s:
            first_s.append(time.perf_counter() - began_s)

    filled = await model.fill(asked, form, urgency=urgency, timeout_s=PATIENT_S, told=heard)
    total_s = time.perf_counter() - began_s
    return Timed(first_s[0] if first_s else total_s, total_s, filled)


async def timed_s(work: Callable[[], Awaitable[object]]) -> float:
    """Seconds that it took."""
    began_s = time.perf_counter()
    await work()
    return time.perf_counter() - began_s


async def at_once(work: Iterable[Awaitable[Timed]]) -> tuple[list[Timed], float]:
    """All of them together, and the seconds until the last was done."""
    began_s = time.perf_counter()
    done = await asyncio.gather(*work)
    return list(done), time.perf_counter() - began_s


def p(values: Iterable[float], share: float) -> float:
    """The value that so great a share does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
