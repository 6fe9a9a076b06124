"""The language engine on this machine's processor, with random weights (speed, no quality): tokens a
second alone and together, time to the first token with and without a shared beginning, a form filled
slot by slot beside the same form under llama.cpp's own grammar, embeddings a second, and how fast
passages are found among many (`bench_retrieval`).

    python -m tests.bench.bench_language [--rounds 5] [--together 4] [--threads 1] [--width 256]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from central.config import Config, LanguageRole
from central.language.engine.opening import open_embedder, open_model
from central.language.model import Text, Urgency
from tests.bench import bench_retrieval
from tests.bench.language_calls import (
    ANSWER,
    PATIENT_S,
    RUBRIC,
    SYSTEM,
    at_once,
    fill,
    prompt,
    question_form,
    timed_s,
)
from tests.fakes.ggufs import Shape, llama_like, solar_like

CONTEXT: Final = 2048
CHARACTERS: Final = 120
VALID: Final = {
    "type": "object",
    "properties": {
        "question": {"type": "string", "maxLength": CHARACTERS},
        "type": {"enum": ["technical", "behavioral", "situational", "cultural_fit"]},
        "level": {"enum": ["1", "2", "3", "4", "5"]},
    },
    "required": ["question", "type", "level"],
}


def main() -> None:
    """The last line is JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--together", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--rows", type=int, default=bench_retrieval.ROWS, help="0: finds nothing")
    given = parser.parse_args()
    shape = Shape(4, given.width, 8, 4, given.width * 4)
    result: dict[str, Any] = {
        "bench": "language", "device": "cpu", "cores": os.cpu_count(), "threads": given.threads,
        "layers": shape.layers, "width": shape.width, "weights": "random",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name, make, template in (
            ("vocabulary_128256", llama_like, "llama-3.1"),
            ("vocabulary_32000", solar_like, "solar"),
        ):
            path = make(Path(folder) / f"{name}.gguf", shape=shape)
            role = LanguageRole(
                path=path, template=template, threads=given.threads, context=CONTEXT,
                sequences=given.together,
            )  # fmt: skip
            result[name] = asyncio.run(_measure(role, given.rounds, given.together))
            result[name] |= _grammar(path, given.rounds, given.threads)
            slots = result[name]["slots_form_s"]
            result[name]["grammar_over_slots"] = round(result[name]["grammar_form_s"] / slots, 2)
        result["embedding"] = asyncio.run(_embeddings(path, given.rounds, given.threads))
    if given.rows:
        result["retrieval"] = bench_retrieval.measure(given.rows)
    print(json.dumps(result))


async def _measure(role: LanguageRole, rounds: int, together: int) -> dict[str, Any]:
    async with open_model(Config(data_dir=Path.cwd()), role) as model:
        text = [Text("t", 200)]
        alone = [
            await fill(model, prompt(n, head=2, own=1), text, Urgency.QUESTION)
            for n in range(rounds)
        ]
        several, several_s = await at_once(
            fill(model, prompt(n, head=2, own=1), text, Urgency.QUESTION) for n in range(together)
        )
        cold, warm = [], []
        for number in range(rounds):
            asked = prompt(number, head=12, own=1)
            asked = replace(asked, system=f"{number} {SYSTEM}")  # begins as no other does
            cold.append(await fill(model, asked, text, Urgency.QUESTION))
            warm.append(await fill(model, asked, text, Urgency.QUESTION))
        form = question_form(CHARACTERS)
        filled = [
            await fill(model, prompt(n, head=2, own=1), form, Urgency.QUESTION)
            for n in range(rounds)
        ]
    written = [one.filled.generated_tokens / (one.total_s - one.first_s) for one in alone]
    return {
        "tokens_per_s_alone": round(statistics.median(written), 1),
        f"tokens_per_s_{together}_together": round(
            sum(one.filled.generated_tokens for one in several) / several_s, 1
        ),
        "prompt_tokens": cold[0].filled.prompt_tokens,
        "reused_tokens": warm[0].filled.reused_tokens,
        "first_token_s": round(statistics.median(one.first_s for one in cold), 4),
        "first_token_reused_s": round(statistics.median(one.first_s for one in warm), 4),
        "slots_form_s": round(statistics.median(one.total_s for one in filled), 4),
        "slots_generated_tokens": round(
            statistics.mean(one.filled.generated_tokens for one in filled), 1
        ),
        "slots_valid": f"{sum(_is_valid(one.filled.values) for one in filled)}/{rounds}",
    }


def _is_valid(values: dict[str, str]) -> bool:
    return len(values["question"]) <= CHARACTERS and values["level"] in {"1", "2", "3", "4", "5"}


def _grammar(path: Path, rounds: int, threads: int) -> dict[str, Any]:
    """The same form as llama-cpp-python does it: a schema becomes a grammar over all the vocabulary."""
    import llama_cpp

    model = llama_cpp.Llama(
        str(path), n_ctx=CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    grammar = llama_cpp.LlamaGrammar.from_json_schema(json.dumps(VALID), verbose=False)
    taken, tokens, valid = [], [], 0
    for number in range(rounds):
        asked = SYSTEM + RUBRIC * 2 + f"{number}. " + ANSWER
        began_s = time.perf_counter()
        answer: Any = model.create_completion(
            asked, max_tokens=256, temperature=0.0, grammar=grammar
        )
        taken.append(time.perf_counter() - began_s)
        tokens.append(answer["usage"]["completion_tokens"])
        valid += _parses(answer["choices"][0]["text"])
    model.close()
    return {
        "grammar_form_s": round(statistics.median(taken), 4),
        "grammar_generated_tokens": round(statistics.mean(tokens), 1),
        "grammar_valid": f"{valid}/{rounds}",
    }


def _parses(text: str) -> bool:
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, dict) and found.keys() == {"question", "type", "level"}


async def _embeddings(path: Path, rounds: int, threads: int) -> dict[str, Any]:
    role = LanguageRole(path=path, pooling="mean", threads=threads, context=1024, sequences=16)
    texts = [f"{number}. {ANSWER}" for number in range(32)]
    async with open_embedder(Config(data_dir=Path.cwd()), role) as embedder:
        one = [
            await timed_s(lambda: embedder.embed(texts[:1], timeout_s=PATIENT_S))
            for _ in range(rounds)
        ]
        many = [
            await timed_s(lambda: embedder.embed(texts, timeout_s=PATIENT_S)) for _ in range(rounds)
        ]
    return {
        "dimensions": embedder.dimensions,
        "per_s_one_by_one": round(1 / statistics.median(one), 1),
        "per_s_of_32": round(len(texts) / statistics.median(many), 1),
    }


if __name__ == "__main__":
    main()
