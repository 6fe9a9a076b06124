"""The composition of the web side: what a request passes through, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
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
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from central.config import Config
from central.dashboard import api, headers, metrics, pages, problems
from central.dashboard.auth import browser, keys, roles
from central.dashboard.auth.keys import Keys
from central.dashboard.auth.who import Who
from central.dashboard.live.hub import Hub
from central.dashboard.live.port import LiveBus
from central.dashboard.live.sockets import RECHECK_S, Sockets
from central.dashboard.means import Supply, means
from central.storage.users import Account

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
    given = means(config, engine, bus)
    return app_over(config, lambda: given, recheck_s=recheck_s)


def app_over(config: Config, supply: Supply, *, recheck_s: float = RECHECK_S) -> Litestar:
    """The dashboard over what `supply` gives. Secrets, how long a token lasts and whether cookies want
    TLS are `config`'s for good. Raises `StartError` where the session secret cannot be read.
    """
    secrets = keys.load(config.path(config.dashboard.session_secret))
    secure = _is_secure(config)
    app = Litestar(
        route_handlers=[
            health,
            metrics.metrics,
            *_pages(),
            api.router(secrets.token, minutes=config.dashboard.token_minutes),
            api.desk(),
            Sockets(supply, recheck_s=recheck_s).router(),
            _static(),
        ],
        middleware=[
            browser.cookies(secrets.session, secure=secure).middleware,
            Who(supply, secrets.token),
        ],
        csrf_config=_csrf(secrets, secure=secure),
        dependencies=_dependencies(supply),
        exception_handlers=problems.HANDLERS,
        before_send=[headers.harden(secure=secure)],
        compression_config=_compression(),
        lifespan=[_live(supply)],
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


def _dependencies(supply: Supply) -> dict[str, Provide]:
    async def session() -> AsyncIterator[AsyncSession]:
        async with supply().maker() as opened:
            yield opened

    def account(request: Request[Any, Any, Any]) -> Account:
        return roles.check(request.scope.get("user"), roles.EVERYONE, request.scope.get("auth"))

    def provide(give: Callable[[], object]) -> Provide:
        return Provide(give, sync_to_thread=False)

    return {
        "session": Provide(session),
        "account": Provide(account, sync_to_thread=False),
        "bus": provide(lambda: supply().bus),
        "hub": provide(lambda: supply().hub),
        "logins": provide(lambda: supply().logins),
        "policies": provide(lambda: supply().policies),
        "reveal": provide(lambda: supply().config.dashboard.reveal),
        "rooms_ca": provide(lambda: supply().config.path(supply().config.gateway.rooms_ca)),
        "public_url": provide(lambda: supply().config.dashboard.public_url),
        "uploads": provide(lambda: supply().uploads),
        "video_limits": provide(lambda: supply().config.videos),
        "arriving": provide(lambda: supply().arriving),
        "resume_limits": provide(lambda: supply().config.resumes),
        "limits": provide(lambda: supply().config.health),
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


def _live(supply: Supply) -> Any:
    def lifespan(app: Litestar) -> Any:
        app.state.hub = supply().hub
        return _run(app.state.hub)

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
