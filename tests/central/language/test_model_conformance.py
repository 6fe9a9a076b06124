"""The same claims over every adapter of the ports to language models."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from central.config import Config, LanguageRole
from central.language.engine.opening import open_embedder, open_model
from central.language.model import (
    Choice,
    Embedder,
    Excerpt,
    LanguageModel,
    Prompt,
    Slot,
    Text,
    Trusted,
    Untrusted,
    Urgency,
)
from tests.fakes.ggufs import Ggufs
from tests.fakes.scripted_model import HashedEmbedder, ScriptedModel

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

PROMPT = Prompt("Ask.", (Trusted("Rubric. "),), (Untrusted("저는 서버를 고쳤습니다."),))
SAID = ("I measured first.", "저는 서버를 고쳤습니다.")
FORM: list[str | Slot] = [
    "{", Text("q", 20, '"'), "|", Choice("c", ("one", "two")), "| ", Excerpt("e", SAID, 12), "}",
]  # fmt: skip
CONFIG = Config(data_dir=Path("/nonexistent"))
LEVELS = ("1", "2", "3", "4", "5")


def role(path: Path, template: str = "", pooling: str = "") -> LanguageRole:
    return LanguageRole(path=path, template=template, pooling=pooling, threads=1, context=256)


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["scripted", "solar", "stories"]
)
async def model(request: pytest.FixtureRequest, ggufs: Ggufs) -> AsyncIterator[LanguageModel]:
    if request.param == "scripted":
        scripted = {"q": "a\nb", "c": "one", "e": "measured"}
        yield ScriptedModel(write=lambda _, slot: scripted[slot.key])
        return
    stories = request.param == "stories"
    path = request.getfixturevalue("stories") if stories else ggufs.solar
    async with open_model(CONFIG, role(path, "plain" if stories else "solar")) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["hashed", "solar", "stories"])
async def embedder(request: pytest.FixtureRequest, ggufs: Ggufs) -> AsyncIterator[Embedder]:
    if request.param == "hashed":
        yield HashedEmbedder(64)
        return
    stories = request.param == "stories"
    path = request.getfixturevalue("stories") if stories else ggufs.solar
    async with open_embedder(CONFIG, role(path, pooling="mean" if stories else "last")) as opened:
        yield opened


class TestLanguageModel:
    async def test_every_slot_is_filled_as_it_asks(self, model: LanguageModel) -> None:
        done = await model.fill(PROMPT, FORM, urgency=Urgency.QUESTION, timeout_s=60)
        assert done.values.keys() == {"q", "c", "e"}
        assert done.values["c"] in {"one", "two"}
        assert len(done.values["q"]) <= 20
        assert "\n" not in done.values["q"]
        assert any(done.values["e"] in one for one in SAID)
        assert len(done.values["e"]) <= 12
        assert done.cut <= {"q"}
        assert 0 <= done.reused_tokens <= done.prompt_tokens

    async def test_weights_are_one_for_each_answer_and_sum_to_one(
        self, model: LanguageModel
    ) -> None:
        weights = await model.weigh(
            PROMPT, "level ", LEVELS, urgency=Urgency.EVALUATION, timeout_s=60
        )
        assert len(weights) == 5
        assert min(weights) >= 0
        assert sum(weights) == pytest.approx(1.0)

    async def test_it_has_a_name_and_versions(self, model: LanguageModel) -> None:
        assert model.name
        assert all(model.versions.values())


class TestEmbedder:
    async def test_each_text_has_a_row_of_length_one(self, embedder: Embedder) -> None:
        rows = await embedder.embed(["hello", "안녕하세요", "a b c"], timeout_s=60)
        assert rows.shape == (3, embedder.dimensions)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, rtol=1e-5)

    async def test_the_end_of_a_long_text_counts(self, embedder: Embedder) -> None:
        long = "once upon a time " * 100
        rows = await embedder.embed([f"{long}dog", f"{long}" + "cat " * 60], timeout_s=60)
        assert not np.allclose(rows[0], rows[1])

    async def test_together_as_alone(self, embedder: Embedder) -> None:
        texts = ["the cat sat", "a dog ran " * 40, "안녕"]
        together = await embedder.embed(texts, timeout_s=60)
        alone = np.concatenate([await embedder.embed([one], timeout_s=60) for one in texts])
        np.testing.assert_allclose(together, alone, atol=2e-3)

    async def test_no_text_has_no_row(self, embedder: Embedder) -> None:
        rows = await embedder.embed([], timeout_s=60)
        assert rows.shape == (0, embedder.dimensions)
