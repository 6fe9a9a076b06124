"""The models of the roles, from the settings: one process each, and one for two roles with one model."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from central.config import Config, LanguageRole
from central.errors import ConfigError
from central.language.engine.card import Card
from central.language.engine.life import Patience
from central.language.engine.messages import Load
from central.language.engine.model import LlamaEmbedder, LlamaModel
from central.language.engine.process import EngineProcess
from central.language.engine.templates import TEMPLATES, Template
from central.language.model import Embedder, LanguageModel

MOST_SEQUENCES: Final = 32
LEAST_CONTEXT: Final = 128


@dataclass(frozen=True, slots=True)
class Models:
    """None: none is configured for that role."""

    question: LanguageModel | None = None
    evaluation: LanguageModel | None = None
    embedding: Embedder | None = None


@asynccontextmanager
async def open_models(config: Config) -> AsyncIterator[Models]:
    """Loads what is configured, and holds it for as long as the block runs.

    Raises `ConfigError`, or `StartError` where a model cannot be loaded.
    """
    roles = config.language.models
    card = Card()
    async with AsyncExitStack() as stack:
        question = evaluation = None
        shared = roles.question is not None and roles.question == roles.evaluation
        if roles.question is not None:
            question = await stack.enter_async_context(
                open_model(config, roles.question, card, reserved=int(shared))
            )
        if shared:
            evaluation = question
        elif roles.evaluation is not None:
            evaluation = await stack.enter_async_context(open_model(config, roles.evaluation, card))
        embedding = (
            await stack.enter_async_context(open_embedder(config, roles.embedding))
            if roles.embedding
            else None
        )
        yield Models(question, evaluation, embedding)


@asynccontextmanager
async def open_model(
    config: Config, role: LanguageRole, card: Card | None = None, *, reserved: int = 0
) -> AsyncIterator[LlamaModel]:
    """One writing model; `card`: where it runs beside others; `reserved` of its sequences are for
    questions alone.
    """
    template = TEMPLATES.get(role.template)
    if template is None:
        known = ", ".join(TEMPLATES)
        raise ConfigError("language.models", f"template {role.template!r}: there are {known}")
    process = _process(config, role, "writing", template, min(reserved, role.sequences - 1))
    ready = await process.start()
    try:
        yield LlamaModel(process, template, ready, card)
    finally:
        await process.stop()


@asynccontextmanager
async def open_embedder(config: Config, role: LanguageRole) -> AsyncIterator[LlamaEmbedder]:
    """One embedding model."""
    process = _process(config, role, "embedding", TEMPLATES["plain"], 0)
    ready = await process.start()
    try:
        yield LlamaEmbedder(process, ready)
    finally:
        await process.stop()


def _process(
    config: Config, role: LanguageRole, kind: str, template: Template, reserved: int
) -> EngineProcess:
    if not (1 <= role.sequences <= MOST_SEQUENCES and role.context >= LEAST_CONTEXT):
        raise ConfigError(
            "language.models",
            f"{role.path}: 1 to {MOST_SEQUENCES} sequences, and a context of {LEAST_CONTEXT} or more",
        )
    path = config.path(role.path)
    load = Load(
        str(path),
        role.sha256,
        kind,
        template.controls,
        template.telling if kind == "writing" else "",
        role.gpu_layers,
        role.context,
        role.sequences,
        reserved,
        role.threads or max(1, len(os.sched_getaffinity(0)) - 1),
        512,
        role.pooling,
    )
    patience = Patience(growth_bytes=role.memory_growth_mib << 20)
    return EngineProcess(f"llama.cpp/{path.stem}", load, patience=patience)
