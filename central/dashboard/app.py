"""The composition of the web side: what a request passes through, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from litestar import Litestar, Request, Router, get
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from central.config import Config
from central.dashboard import api, headers, metrics, pages, problems
from central.dashboard.auth import browser, keys, roles
from central.dashboard.auth.keys import Keys
from central.dashboard.auth.login import Logins
from central.dashboard.auth.who import Who
from central.dashboard.live.hub import Hub
from central.dashboard.live.port import LiveBus
from central.dashboard.live.sockets import RECHECK_S, Sockets
from central.policy import load as load_policies
from central.storage.engine import sessions
from central.storage.users import Account
from central.telemetry import board
from central.vault.resumes import Arriving
from central.vault.uploads import Uploads

_HERE: Final = Path(__file__).parent
_BODY_LIMIT: Final = 1_000_000
_SMALL: Final = 1_000
"""One packet of the network either way."""


def create_app(
    config: Config, engine: AsyncEngine, bus: LiveBus, *, recheck_s: float = RECHECK_S
) -> Litestar:
    """The dashboard over an open engine and bus, which stay the caller's.

    Raises `StartError` where the session secret cannot be read, `ConfigError` where a policy cannot.
    """
    secrets = keys.load(config.path(config.dashboard.session_secret))
    maker = sessions(engine)
    hub = Hub(bus)
    board.watch(hub)
    secure = _is_secure(config)
    app = Litestar(
        route_handlers=[
            health,
            metrics.metrics,
            *_pages(),
            api.router(secrets.token, minutes=config.dashboard.token_minutes),
            api.desk(),
            _sockets(config, hub, maker, recheck_s),
            _static(),
        ],
        middleware=[
            browser.cookies(secrets.session, secure=secure).middleware,
            Who(maker, secrets.token),
        ],
        csrf_config=_csrf(secrets, secure=secure),
        dependencies=_dependencies(maker, bus, hub, config),
        exception_handlers=problems.HANDLERS,
        before_send=[headers.harden(secure=secure)],
        compression_config=_compression(),
        lifespan=[_live(hub)],
        template_config=_templates(),
        openapi_config=_openapi(),
        request_max_body_size=_BODY_LIMIT,
        logging_config=None,
    )
    roles.check_all(app)
    return app


@get("/healthz", guards=[roles.public], include_in_schema=False, media_type="text/plain")
async def health() -> str:
    """Alive; says nothing about PostgreSQL."""
    return "ok"


def _sockets(
    config: Config, hub: Hub, maker: async_sessionmaker[AsyncSession], recheck_s: float
) -> Router:
    settings = config.dashboard
    sockets = Sockets(
        hub,
        maker,
        public_url=settings.public_url,
        reveal=settings.reveal,
        recheck_s=recheck_s,
    )
    return sockets.router()


def _is_secure(config: Config) -> bool:
    board = config.dashboard
    return board.certificate is not None or board.public_url.startswith("https://")


def _csrf(secrets: Keys, *, secure: bool) -> CSRFConfig:
    """Double submit for forms; bearer tokens need none, because no browser sends them by itself."""
    return CSRFConfig(
        secret=secrets.forms.hex(),
        cookie_name="csrftoken",
        header_name="x-csrftoken",
        cookie_secure=secure,
        exclude=["^/api/", "^/static/", "^/healthz"],
    )


def _compression() -> CompressionConfig:
    """Pages, scripts and JSON. Not sound, which is asked for in pieces of a file, and not fonts: both
    are as small as they get.
    """
    return CompressionConfig(
        backend="gzip",
        minimum_size=_SMALL,
        gzip_compress_level=6,
        exclude=[r"/audio$", r"\.woff2$", "^/metrics"],
    )


def _dependencies(
    maker: async_sessionmaker[AsyncSession], bus: LiveBus, hub: Hub, config: Config
) -> dict[str, Provide]:
    logins = Logins(maker)
    rooms_ca = config.path(config.gateway.rooms_ca)
    own = config.policy.folder
    policies = load_policies(config.policy.profile, None if own is None else config.path(own))
    uploads, arriving = Uploads.of(config), Arriving.of(config)

    async def session() -> AsyncIterator[AsyncSession]:
        async with maker() as opened:
            yield opened

    def account(request: Request[Any, Any, Any]) -> Account:
        return roles.check(request.scope.get("user"), roles.EVERYONE, request.scope.get("auth"))

    return {
        "session": Provide(session),
        "account": Provide(account, sync_to_thread=False),
        "bus": Provide(lambda: bus, sync_to_thread=False),
        "hub": Provide(lambda: hub, sync_to_thread=False),
        "logins": Provide(lambda: logins, sync_to_thread=False),
        "policies": Provide(lambda: policies, sync_to_thread=False),
        "reveal": Provide(lambda: config.dashboard.reveal, sync_to_thread=False),
        "rooms_ca": Provide(lambda: rooms_ca, sync_to_thread=False),
        "public_url": Provide(lambda: config.dashboard.public_url, sync_to_thread=False),
        "uploads": Provide(lambda: uploads, sync_to_thread=False),
        "video_limits": Provide(lambda: config.videos, sync_to_thread=False),
        "arriving": Provide(lambda: arriving, sync_to_thread=False),
        "resume_limits": Provide(lambda: config.resumes, sync_to_thread=False),
        "limits": Provide(lambda: config.health, sync_to_thread=False),
    }


@asynccontextmanager
async def _run(hub: Hub) -> AsyncIterator[None]:
    task = asyncio.ensure_future(hub.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _live(hub: Hub) -> Any:
    def lifespan(app: Litestar) -> Any:
        app.state.hub = hub
        return _run(hub)

    return lifespan


def _pages() -> list[Router]:
    return list(getattr(pages, "routers", ()))


def _templates() -> TemplateConfig[JinjaTemplateEngine]:
    return TemplateConfig(
        directory=_HERE / "templates",
        engine=JinjaTemplateEngine,
        engine_callback=getattr(pages, "prepare_templates", None),
    )


def _static() -> Router:
    return create_static_files_router(
        path="/static", directories=[_HERE / "static"], guards=[roles.public]
    )


def _schema_router() -> Router:
    return Router(
        "/api/v1/schema", route_handlers=[], guards=[roles.public], include_in_schema=False
    )


def _openapi() -> OpenAPIConfig:
    """JSON only: the viewers that come with Litestar load from other sites."""
    return OpenAPIConfig(
        title="Daedam",
        version="1",
        path="/api/v1/schema",
        use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],
        openapi_router=_schema_router(),
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
            }
        ),
    )
