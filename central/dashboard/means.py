"""What the web side works with: the settings, the caller's engine and bus, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from central.config import Config
from central.dashboard.auth.login import Logins
from central.dashboard.live.hub import Hub
from central.dashboard.live.port import LiveBus
from central.policy import Policies
from central.policy import load as load_policies
from central.storage.engine import sessions
from central.telemetry import board
from central.vault.resumes import Arriving
from central.vault.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Means:
    """One set; engine and bus stay the caller's."""

    config: Config
    maker: async_sessionmaker[AsyncSession]
    bus: LiveBus
    hub: Hub
    logins: Logins
    policies: Policies
    uploads: Uploads
    arriving: Arriving


Supply: TypeAlias = Callable[[], Means]
"""Asked anew with each request: an app, which takes half a second to build, can be given another set."""


def means(config: Config, engine: AsyncEngine, bus: LiveBus) -> Means:
    """Raises `ConfigError` where a policy cannot be read."""
    maker, hub = sessions(engine), Hub(bus)
    board.watch(hub)
    own = config.policy.folder
    return Means(
        config=config,
        maker=maker,
        bus=bus,
        hub=hub,
        logins=Logins(maker),
        policies=load_policies(config.policy.profile, None if own is None else config.path(own)),
        uploads=Uploads.of(config),
        arriving=Arriving.of(config),
    )
