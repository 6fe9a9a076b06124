"""Both profiles, for every test of what is seen in real pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from edge_agent.vision.finders import Finders, MediaPipeFinders, OnnxFinders
from edge_agent.vision.inference import Network
from edge_agent.vision.tracking.sessions import Sessions


class Kept(Sessions):
    """Networks stay loaded from test to test."""

    def __init__(self) -> None:
        super().__init__("cpu")
        self._kept: dict[Path, Network] = {}

    def open(self, model: Path) -> Network:
        return self._kept.setdefault(model, super().open(model))


@pytest.fixture(scope="session")
def onnx_finders(models: Path) -> OnnxFinders:
    """Profile `gpu` on the processor: the same networks and the same tracking. Loaded once."""
    return OnnxFinders(models, sessions=Kept())


@pytest.fixture(params=["cpu", "gpu"])
def finders(request: pytest.FixtureRequest, models: Path, onnx_finders: OnnxFinders) -> Finders:
    """Each profile in turn."""
    return MediaPipeFinders(models) if request.param == "cpu" else onnx_finders
