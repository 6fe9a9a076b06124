"""Language models that say what a test wants, and remember what they were asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from central.language.model import Choice, Filled, Prompt, Slot, Text, Urgency


def read(prompt: Prompt) -> str:
    """All that the model would read."""
    return "\n".join((prompt.system, *(part.text for part in (*prompt.shared, *prompt.own))))


@dataclass(slots=True)
class ScriptedModel:
    """`write(prompt, slot)` fills a slot; `lean(prompt, begun, answers)` gives each answer's weight.
    An exception that they raise is the call's.
    """

    write: Callable[[Prompt, Slot], str] = lambda _, slot: (
        slot.options[0] if isinstance(slot, Choice) else ""
    )
    lean: Callable[[Prompt, str, Sequence[str]], Sequence[float]] = lambda _, __, answers: (
        [1.0] * len(answers)
    )
    name: str = "scripted"
    versions: dict[str, str] = field(default_factory=lambda: {"model": "scripted-1"})
    asked: list[Prompt] = field(default_factory=list[Prompt])

    async def fill(
        self, prompt: Prompt, form: Sequence[str | Slot], *, urgency: Urgency, timeout_s: float
    ) -> Filled:
        del urgency, timeout_s
        self.asked.append(prompt)
        values: dict[str, str] = {}
        cut: set[str] = set()
        for slot in (part for part in form if not isinstance(part, str)):
            value = self.write(prompt, slot)
            if isinstance(slot, Text):
                value = value.split("\n")[0].split(slot.stop)[0]
                if len(value) > slot.most_characters:
                    value = value[: slot.most_characters]
                    cut.add(slot.key)
            values[slot.key] = value
        return Filled(values, frozenset(cut), len(read(prompt)), 0, sum(map(len, values.values())))

    async def weigh(
        self,
        prompt: Prompt,
        begun: str,
        answers: Sequence[str],
        *,
        urgency: Urgency,
        timeout_s: float,
    ) -> tuple[float, ...]:
        del urgency, timeout_s
        self.asked.append(prompt)
        weights = self.lean(prompt, begun, answers)
        return tuple(weight / sum(weights) for weight in weights)


class HashedEmbedder:
    """Texts that share pieces of three letters lie near each other. Deterministic."""

    name = "hashed"
    version = "1"

    def __init__(self, dimensions: int = 1024) -> None:
        self.dimensions = dimensions

    async def embed(self, texts: Sequence[str], *, timeout_s: float) -> NDArray[np.float32]:
        del timeout_s
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f"  {text} "
            for start in range(len(padded) - 2):
                digest = hashlib.blake2b(padded[start : start + 3].encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "big") % self.dimensions] += 1.0
        lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, lengths, dtype=np.float32)
