"""A room without a chair: `edge-agent analyze --serve`, enrolled as any other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.story.enrolled import enrol
from tests.story.processes import running
from tests.story.stack import Site, _toml, staff


@asynccontextmanager
async def virtual_room(site: Site, models: Path, code: str = "video-1") -> AsyncIterator[Path]:
    """Waits for uploaded videos; the folder where it keeps them while it looks at them."""
    folder, models = _absolute(site.data / "rooms" / code, models)
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, dict[str, Any]] = {
        "central": {
            "address": site.gateway,
            "enrolment_address": f"127.0.0.1:{site.config.gateway.enrolment_port}",
        },
        "models": {"folder": str(models)},
        "spool": {"allow_unencrypted": True, "folder": str(folder / "spool")},
    }
    settings = folder / "video.toml"
    settings.write_text(_toml(told), encoding="utf-8")
    async with staff(site) as api:
        await enrol(api, code, settings, virtual=True)
    words = ["edge_agent", "analyze", "--serve", "--config", str(settings)]
    async with running("virtual room", words, site.data / f"{code}.log"):
        yield folder / "spool" / "videos"


def _absolute(*paths: Path) -> tuple[Path, ...]:
    return tuple(path.absolute() for path in paths)
