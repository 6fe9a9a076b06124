"""The settings say who marks, and who marks on trial."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.config import Config, Language, LanguageTrial
from central.errors import ConfigError
from central.language import evaluators
from central.language.engine.opening import Models
from tests.fakes.scripted_model import ScriptedModel

pytestmark = pytest.mark.unit

MODELS = Models(evaluation=ScriptedModel(name="llama.cpp/some"))


def config(**language: object) -> Config:
    return Config(data_dir=Path(), language=Language(**language))  # type: ignore[arg-type] # a table's columns


@pytest.mark.parametrize(
    ("engine", "models", "name"),
    [
        ("rubric-baseline", Models(), "rubric-baseline"),
        ("rubric-baseline", MODELS, "rubric-baseline"),
        ("llama", MODELS, "llama.cpp/some"),
    ],
)
def test_the_engine_marks(engine: str, models: Models, name: str) -> None:
    (one,) = evaluators.counted(config(engine=engine), models)
    assert one.name == name


def test_each_wording_is_an_evaluator_with_its_own_version() -> None:
    found = evaluators.counted(config(engine="llama", wordings=("plain", "careful")), MODELS)
    assert [one.versions["prompt"] for one in found] == ["1", "careful-1"]
    (one,) = evaluators.counted(config(wordings=("plain", "careful")), Models())
    assert one.name == "rubric-baseline", "which has no prompt to word"


@pytest.mark.parametrize("wordings", [(), ("plain", "plain"), ("flowery",)])
def test_wordings_that_cannot_be_are_a_clear_error(wordings: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError, match=r"language\.wordings"):
        evaluators.counted(config(engine="llama", wordings=wordings), MODELS)


@pytest.mark.parametrize(
    ("engine", "problem"), [("llama", "models.evaluation"), ("oracle", "rubric-baseline")]
)
def test_an_engine_that_cannot_mark_is_a_clear_error(engine: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        evaluators.counted(config(engine=engine), Models())


@pytest.mark.parametrize(
    ("trial", "variant"),
    [
        (LanguageTrial(), None),
        (LanguageTrial(evaluator="llama", share=0.2), "llama.cpp/some"),
        (LanguageTrial(evaluator="llama", wording="careful"), "llama.cpp/some/careful"),
        (LanguageTrial(evaluator="rubric-baseline", variant="before"), "before"),
    ],
)
async def test_a_trial_has_a_name(trial: LanguageTrial, variant: str | None) -> None:
    async with evaluators.on_trial(config(trial=trial), MODELS) as found:
        assert (found.variant if found else None) == variant


@pytest.mark.parametrize(
    "trial",
    [
        LanguageTrial(evaluator="oracle"),
        LanguageTrial(evaluator="llama", share=0),
        LanguageTrial(evaluator="llama", wording="flowery"),
    ],
)
async def test_a_trial_that_cannot_be_is_a_clear_error(trial: LanguageTrial) -> None:
    with pytest.raises(ConfigError, match=r"language\.trial"):
        async with evaluators.on_trial(config(trial=trial), MODELS):
            pass
