"""Which evaluator counts and which one is on trial, from the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from central.config import Config
from central.errors import ConfigError
from central.language.engine.opening import Models, open_model
from central.language.evaluation import wording
from central.language.evaluation.evaluator import ModelEvaluator
from central.language.evaluation.wording import Wording
from central.language.evaluator import Evaluator
from central.language.marking import Trial
from central.language.model import LanguageModel, Urgency
from central.language.rubric_baseline import NAME, RubricBaseline

LLAMA: Final = "llama"


def counted(config: Config, models: Models) -> tuple[Evaluator, ...]:
    """The evaluators whose marks are shown, one for each wording. Raises `ConfigError`."""
    engine, key = config.language.engine, "language.wordings"
    words = [wording.named(key, one) for one in config.language.wordings]
    if not words or len(set(words)) != len(words):
        raise ConfigError(key, "needs at least one wording, and each once")
    if engine == NAME:
        words = words[:1]
    return tuple(_evaluator("language.engine", engine, models.evaluation, one) for one in words)


@asynccontextmanager
async def on_trial(config: Config, models: Models) -> AsyncIterator[Trial | None]:
    """The evaluator beside it, None where there is none. Raises `ConfigError` or `StartError`."""
    trial = config.language.trial
    if not trial.evaluator:
        yield None
        return
    if not 0 < trial.share <= 1:
        raise ConfigError("language.trial.share", "has to be above 0 and at most 1")
    if trial.model is None:
        yield _trial(config, models.evaluation)
        return
    async with open_model(config, trial.model) as model:
        yield _trial(config, model)


def _trial(config: Config, model: LanguageModel | None) -> Trial:
    trial = config.language.trial
    words = wording.named("language.trial.wording", trial.wording)
    evaluator = _evaluator(
        "language.trial.evaluator", trial.evaluator, model, words, Urgency.BACKGROUND
    )
    worded = "" if words.key == wording.PLAIN else f"/{words.key}"
    return Trial(trial.variant or f"{evaluator.name}{worded}", evaluator, trial.share)


def _evaluator(
    key: str,
    name: str,
    model: LanguageModel | None,
    words: Wording,
    urgency: Urgency = Urgency.EVALUATION,
) -> Evaluator:
    if name == NAME:
        return RubricBaseline()
    if name != LLAMA:
        raise ConfigError(key, f'{name!r} is not known; there are "{NAME}" and "{LLAMA}"')
    if model is None:
        raise ConfigError(key, '"llama" needs a model: [language.models.evaluation]')
    return ModelEvaluator(model, wording=words, urgency=urgency)
