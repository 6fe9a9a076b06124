"""Which evaluator counts and which one is on trial, from the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from central.config import Config
from central.errors import ConfigError
from central.language.engine.opening import Models, open_model
from central.language.evaluation.evaluator import ModelEvaluator
from central.language.evaluator import Evaluator
from central.language.marking import Trial
from central.language.model import LanguageModel, Urgency
from central.language.rubric_baseline import NAME, RubricBaseline

LLAMA: Final = "llama"


def counted(config: Config, models: Models) -> Evaluator:
    """The evaluator whose marks are shown. Raises `ConfigError`."""
    return _evaluator("language.engine", config.language.engine, models.evaluation)


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
    evaluator = _evaluator("language.trial.evaluator", trial.evaluator, model, Urgency.BACKGROUND)
    return Trial(trial.variant or evaluator.name, evaluator, trial.share)


def _evaluator(
    key: str, name: str, model: LanguageModel | None, urgency: Urgency = Urgency.EVALUATION
) -> Evaluator:
    if name == NAME:
        return RubricBaseline()
    if name != LLAMA:
        raise ConfigError(key, f'{name!r} is not known; there are "{NAME}" and "{LLAMA}"')
    if model is None:
        raise ConfigError(key, '"llama" needs a model: [language.models.evaluation]')
    return ModelEvaluator(model, urgency=urgency)
