"""A web of our own on loopback: names at public addresses, served by this machine."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from aiohttp import web

from bot.gathering.fetching import Policy
from bot.gathering.reading import Reading, read_here

PUBLIC = "93.184.216.34"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Web:
    """Where names lead, and what was asked.

    Only the last hop differs from the real thing: what is for a public address is carried to this machine.

    Attributes:
        port: of the server on loopback.
        names: host to its addresses; others are at `PUBLIC`.
        connected: the addresses that were connected to, in order.
        requests: what arrived.
        pages: path to what answers there.
    """

    port: int = 0
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    connected: list[str] = field(default_factory=list)
    requests: list[web.Request] = field(default_factory=list)
    pages: dict[str, Handler] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """Of a bot that reads public pages."""
        return Policy(resolve=self.resolve, transport=lambda: _Carrier(self), seconds=5)

    @property
    def private_policy(self) -> Policy:
        """Of a bot that reads private networks too; this one really connects."""
        return Policy(private=True, seconds=5)

    def local(self, path: str) -> str:
        """The address of a page on loopback."""
        return f"http://127.0.0.1:{self.port}{path}"

    async def resolve(self, host: str, _port: int) -> tuple[str, ...]:
        """Where a name leads."""
        return self.names.get(host, (PUBLIC,))

    def page(self, path: str, content: str | bytes = "<p>Hello.</p>", kind: str = "text/html", **headers: str) -> None:
        """Put a page there."""
        body = content if isinstance(content, bytes) else content.encode()

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(body=body, headers={"Content-Type": kind} | _named(headers))

        self.pages[path] = answer

    def status(self, path: str, code: int, **headers: str) -> None:
        """Answer with a status and headers only."""

        async def answer(_request: web.Request) -> web.Response:
            return web.Response(status=code, headers=_named(headers))

        self.pages[path] = answer

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What the server does."""
        self.requests.append(request)
        handler = self.pages.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


class _Carrier(httpx.AsyncHTTPTransport):
    """Carries what is for a public address to loopback, and remembers the address."""

    def __init__(self, ours: Web) -> None:
        super().__init__(trust_env=False)
        self._ours = ours

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._ours.connected.append(request.url.host)
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._ours.port)
        return await super().handle_async_request(
            httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)
        )


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Web]:
    """The web, while it is up."""
    ours = Web()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", ours.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    ours.port = runner.addresses[0][1]
    try:
        yield ours
    finally:
        await runner.cleanup()


async def read_at_once(file: Path, name: str) -> Reading | str:
    """Reads a page without a process of its own, which takes a second to start."""
    return await asyncio.to_thread(read_here, file, name)
