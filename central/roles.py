"""How every role runs: one loop, signals, logs, a watchdog. What it does is its `serve`."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import signal
from collections.abc import Awaitable, Callable

from central.config import Config
from central.logs import set_up_logging
from central.supervisor.notify import Notify
from central.telemetry.endpoint import exposed

ROLES = ("gateway", "speech", "language", "dashboard", "steward")

Serve = Callable[[Config, Notify], Awaitable[None]]

_BEAT_S = 1.0


def run_role(role: str, config: Config) -> None:
    """Run a role until SIGTERM or SIGINT. Raises `CentralError` where it cannot start."""
    set_up_logging(role)
    serve: Serve = importlib.import_module(f"central.{role}.serve").serve
    with exposed(config, role), asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_until_stopped(serve, config, Notify.from_env()))


async def _until_stopped(serve: Serve, config: Config, notify: Notify) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = asyncio.ensure_future(serve(config, notify))
    beating = asyncio.create_task(_beat(notify))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    notify.stopping()
    beating.cancel()
    stopping.cancel()
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _beat(notify: Notify) -> None:
    while True:
        notify.watchdog()
        await asyncio.sleep(_BEAT_S)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
