"""Questions and evaluations on CUDA, with the shape of an 8-billion-parameter model in 4 bits and random
weights (speed, no quality): two engines on one card, four evaluations at once while questions come.
Without CUDA: why it was skipped.

    python -m tests.bench.bench_language_gpu [--questions 20] [--evaluations 12] [--at-once 4]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any, Final

import msgspec

from central.config import Config, Language, LanguageModels, LanguageRole
from central.language.engine.model import LlamaModel
from central.language.engine.opening import open_models
from central.language.model import Slot, Text, Urgency
from tests.bench.language_calls import (
    LEVELS,
    PATIENT_S,
    Timed,
    fill,
    p,
    prompt,
    question_form,
    timed_s,
)
from tests.fakes.ggufs import Shape, llama_like

SHAPE_8B: Final = Shape(32, 4096, 32, 8, 14_336)
QUESTION_GOAL_S: Final = 2.0
EVALUATION_GOAL_S: Final = 5.0
CRITERIA: Final = 4
QUOTES: Final = 3
_HEAD, _OWN = 32, 10
"""About 1,200 tokens that are shared and 400 of one's own, in this vocabulary."""


def main() -> None:
    """The last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--evaluations", type=int, default=12)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument(
        "--cpu", action="store_true", help="a tiny model, only to try this script out"
    )
    given = parser.parse_args()
    reason = None if given.cpu else _no_cuda()
    if reason is not None:
        print(json.dumps({"bench": "language-gpu", "skipped": reason}))
        return
    with tempfile.TemporaryDirectory() as folder:
        shape = Shape() if given.cpu else SHAPE_8B
        path = llama_like(Path(folder) / "8b.gguf", shape=shape, big=not given.cpu)
        told = asyncio.run(_measure(path, given))
    print(json.dumps({"bench": "language-gpu", "weights": "random", **told}))


async def _measure(path: Path, given: argparse.Namespace) -> dict[str, Any]:
    async with open_models(_config(path, gpu=not given.cpu)) as models:
        asks, marks = models.question, models.evaluation
        assert isinstance(asks, LlamaModel)
        assert isinstance(marks, LlamaModel)
        await _question(asks, 0)
        alone = [await _question(asks, number) for number in range(given.questions)]
        evaluations, beside = await _both(asks, marks, given)
    question_s = p([one.total_s for one in beside], 0.95)
    evaluation_s = p(evaluations, 0.95)
    return {
        "prompt_tokens": alone[0].filled.prompt_tokens,
        "reused_tokens": alone[-1].filled.reused_tokens,
        "question_tokens": alone[0].filled.generated_tokens,
        "first_token_p95_s": round(p([one.first_s for one in alone], 0.95), 3),
        "question_alone_p95_s": round(p([one.total_s for one in alone], 0.95), 3),
        "question_beside_evaluations_p95_s": round(question_s, 3),
        "question_goal_s": QUESTION_GOAL_S,
        "question_goal_met": question_s <= QUESTION_GOAL_S,
        "evaluations_at_once": given.at_once,
        "evaluation_p95_s": round(evaluation_s, 3),
        "evaluation_goal_s": EVALUATION_GOAL_S,
        "evaluation_goal_met": evaluation_s <= EVALUATION_GOAL_S,
    }


async def _both(
    asks: LlamaModel, marks: LlamaModel, given: argparse.Namespace
) -> tuple[list[float], list[Timed]]:
    """Evaluations, so many at once, and a question now and then as long as they run."""
    gate = asyncio.Semaphore(given.at_once)

    async def one(number: int) -> float:
        async with gate:
            return await timed_s(lambda: _evaluate(marks, number))

    evaluations = asyncio.gather(*(one(number) for number in range(given.evaluations)))
    beside = [await _question(asks, 1000)]
    while not evaluations.done():
        await asyncio.sleep(0.5)
        beside.append(await _question(asks, 1000 + len(beside)))
    return list(await evaluations), beside


async def _question(model: LlamaModel, number: int) -> Timed:
    """As long as a Korean question: some 90 tokens. Random weights never end a text."""
    asked = prompt(number, head=_HEAD, own=_OWN)
    return await fill(model, asked, question_form(300), Urgency.QUESTION)


async def _evaluate(model: LlamaModel, number: int) -> None:
    """Quotes, then a level for each criterion in both orders of its anchors, then feedback."""
    quotes: list[str | Slot] = [Text(f"quote{one}", 100) for one in range(QUOTES)]
    await fill(model, prompt(number, head=_HEAD, own=_OWN), quotes, Urgency.EVALUATION)
    await asyncio.gather(
        *(
            model.weigh(
                prompt(number * 100 + one, head=_HEAD // 2 + one // 2, own=_OWN), "level: ", LEVELS,
                urgency=Urgency.EVALUATION, timeout_s=PATIENT_S,
            )
            for one in range(2 * CRITERIA)
        )
    )  # fmt: skip
    feedback: list[str | Slot] = [Text("feedback", 300)]
    await fill(model, prompt(number, head=_HEAD, own=_OWN), feedback, Urgency.EVALUATION)


def _config(path: Path, *, gpu: bool) -> Config:
    question = LanguageRole(
        path=path, template="llama-3.1", context=4096, sequences=4,
        gpu_layers=-1 if gpu else 0, threads=2,
    )  # fmt: skip
    evaluation = msgspec.structs.replace(question, sequences=8)
    return Config(
        data_dir=path.parent,
        language=Language(models=LanguageModels(question=question, evaluation=evaluation)),
    )


def _no_cuda() -> str | None:
    import llama_cpp.llama_cpp as llama

    if not llama.llama_supports_gpu_offload():
        return "llama.cpp was built without CUDA; docs/language-models.md says how to build it"
    return None


if __name__ == "__main__":
    main()
