"""The engine's process behind the ports of `central/language/model.py`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from central.errors import EngineError
from central.language.engine.card import Card
from central.language.engine.messages import (
    Asked,
    EmbedAsked,
    Embedded,
    FillAsked,
    FormFilled,
    FormPart,
    Ready,
    WeighAsked,
    Weighed,
    packed,
)
from central.language.engine.neutral import neutral
from central.language.engine.process import EngineProcess
from central.language.engine.templates import Template, rendered
from central.language.model import Choice, Excerpt, Filled, Prompt, Slot, Text, Urgency


class LlamaModel:
    """See `LanguageModel`."""

    def __init__(
        self, process: EngineProcess, template: Template, ready: Ready, card: Card | None = None
    ) -> None:
        """`card`: where it runs beside other engines."""
        self.name = process.name
        self.versions = {
            "model": process.name,
            "sha256": ready.sha256,
            "template": template.name,
            "engine": ready.engine,
        }
        self.process = process
        self._template = template
        self._card = card or Card()
        self._card.join(process)

    async def fill(
        self,
        prompt: Prompt,
        form: Sequence[str | Slot],
        *,
        urgency: Urgency,
        timeout_s: float,
        told: Callable[[str, str], None] | None = None,
    ) -> Filled:
        """`told(key, piece)` hears texts while they are written."""
        head, rest = rendered(self._template, prompt)
        parts = tuple(_part(part) for part in form)

        def make(number: int) -> FillAsked:
            return FillAsked(
                number, tuple(head), tuple(rest), parts, urgency, timeout_s, told is not None
            )

        with self._card.working(self.process, urgency):
            answer = await self.process.ask(
                make, fingerprint(make(0)), timeout_s=timeout_s, told=told
            )
        if not isinstance(answer, FormFilled):
            raise EngineError(self.name, f"answered with {type(answer).__name__}")
        return Filled(
            answer.values,
            frozenset(answer.cut),
            answer.prompt_tokens,
            answer.reused_tokens,
            answer.generated_tokens,
        )

    async def weigh(
        self,
        prompt: Prompt,
        begun: str,
        answers: Sequence[str],
        *,
        urgency: Urgency,
        timeout_s: float,
    ) -> tuple[float, ...]:
        head, rest = rendered(self._template, prompt)

        def make(number: int) -> WeighAsked:
            return WeighAsked(
                number, tuple(head), tuple(rest), begun, tuple(answers), urgency, timeout_s
            )

        with self._card.working(self.process, urgency):
            answer = await self.process.ask(make, fingerprint(make(0)), timeout_s=timeout_s)
        if not isinstance(answer, Weighed):
            raise EngineError(self.name, f"answered with {type(answer).__name__}")
        return answer.weights


class LlamaEmbedder:
    """See `Embedder`."""

    def __init__(self, process: EngineProcess, ready: Ready) -> None:
        self.name = process.name
        self.version = ready.sha256[:16]
        self.dimensions = ready.dimensions
        self.process = process

    async def embed(self, texts: Sequence[str], *, timeout_s: float) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimensions), np.float32)
        clean = tuple(text.encode(errors="replace").decode() for text in texts)

        def make(number: int) -> EmbedAsked:
            return EmbedAsked(number, clean, timeout_s)

        answer = await self.process.ask(make, fingerprint(make(0)), timeout_s=timeout_s)
        if not isinstance(answer, Embedded):
            raise EngineError(self.name, f"answered with {type(answer).__name__}")
        rows = np.frombuffer(answer.rows, "<f4").reshape(len(texts), self.dimensions)
        return rows.astype(np.float32)


def fingerprint(asked: Asked) -> bytes:
    """The same for the same question, whoever asks it, when, and how patiently."""
    bare = msgspec.structs.replace(asked, id=0, timeout_s=0.0)
    return hashlib.blake2b(packed(bare), digest_size=16).digest()


def _part(part: str | Slot) -> FormPart:
    match part:
        case str():
            return FormPart(text=part)
        case Text():
            return FormPart(slot=part)
        case Choice():
            return FormPart(choice=part)
        case Excerpt():
            return FormPart(excerpt=replace(part, texts=tuple(map(neutral, part.texts))))
