from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fakes.ggufs import Ggufs


@pytest.fixture(scope="session")
def ggufs(tmp_path_factory: pytest.TempPathFactory) -> Ggufs:
    """The run's language models with random weights, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    run = base if os.environ.get("PYTEST_XDIST_WORKER") is None else base.parent
    return Ggufs(run / "ggufs")


@pytest.fixture(scope="session")
def stories(shared: Path) -> Path:
    """A real model, very small, that tells stories in English."""
    path = shared / "models" / "stories260K.gguf"
    if not path.is_file():
        pytest.skip(f"no {path}")
    return path
