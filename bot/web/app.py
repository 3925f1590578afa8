"""Which address answers what?"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web.checks import Check, look
from bot.web.webhook import Webhook

HEALTH, READY, METRICS, WEBHOOK = "/healthz", "/readyz", "/metrics", "/telegram"
_FRESH: Final = {"Cache-Control": "no-store"}
_EXPOSITION: Final = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus's text format

Page = Callable[[], Awaitable[bytes]]
"""Writes the figures of now, in Prometheus's text format."""


def build_app(checks: Mapping[str, Check], page: Page, webhook: Webhook | None = None) -> Starlette:
    """The web side of the bot.

    Args:
        checks: what must be well for the bot to be ready, by name.
        page: of the figures.
        webhook: takes updates; None where they are polled for.
    """

    async def alive(_: Request) -> Response:
        return PlainTextResponse("alive\n", headers=_FRESH)

    async def ready(_: Request) -> Response:
        well, found = look(checks)
        return JSONResponse({"ready": well, "checks": found}, 200 if well else 503, headers=_FRESH)

    async def metrics(_: Request) -> Response:
        return Response(await page(), media_type=_EXPOSITION, headers=_FRESH)

    routes = [Route(HEALTH, alive), Route(READY, ready), Route(METRICS, metrics)]
    if webhook is not None:
        routes.append(Route(WEBHOOK, webhook.receive, methods=["POST"]))
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return app
