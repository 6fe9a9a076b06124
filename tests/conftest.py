"""What every test may ask for. Servers are real: one PostgreSQL and one NATS per run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes.servers import Servers, running_servers

_ROOT = Path(__file__).resolve().parent.parent
_LONG = ("story", "faults", "browser")

# How fast examples come is the machine's business, not the code's.
settings.register_profile("daedam", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("daedam")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: one that begins last keeps a single worker busy at the end."""
    items.sort(key=lambda item: all(item.get_closest_marker(name) is None for name in _LONG))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of files that are not in the repository (faces, speech); skips where it is not."""
    folder = Path(os.environ.get("DAEDAM_SHARED", _ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no {folder}; set DAEDAM_SHARED")
    return folder


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder with the built face, pose and emotion models: built once, kept between runs."""
    from tests.fakes.built_models import built_models

    return built_models(_ROOT / "var" / "models")


@pytest.fixture(scope="session")
def servers(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Servers]:
    """The run's PostgreSQL and NATS, shared by all xdist workers."""
    base = tmp_path_factory.getbasetemp()
    run = base if os.environ.get("PYTEST_XDIST_WORKER") is None else base.parent
    with running_servers(run) as servers:
        yield servers


@pytest.fixture
def database_url(servers: Servers) -> Iterator[str]:
    """An empty, migrated database of this test's own."""
    with servers.database() as url:
        yield url


@pytest.fixture
def empty_database_url(servers: Servers) -> Iterator[str]:
    """A database of this test's own without any table."""
    with servers.database(template="template0") as url:
        yield url


@pytest.fixture
def nats_url(servers: Servers) -> str:
    """The run's NATS. A worker's tests share it: use subjects of your own (a room code per test)."""
    return servers.nats_url
