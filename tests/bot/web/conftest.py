"""The web side on loopback, with an inbox that does as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.metrics import Metrics
from bot.setting_forms import Address
from bot.web.app import build_app
from bot.web.checks import Check
from bot.web.server import Limits, serving
from bot.web.webhook import SECRET_HEADER, Webhook

SECRET = "a-secret-of-telegram"
FREE = Address("127.0.0.1", 0)


@dataclass
class Inbox:
    """What was taken; while it is shut, taking waits."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    begun: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None

    async def until_begun(self, count: int) -> None:
        """Wait until so many have come."""
        while self.begun < count:  # noqa: ASYNC110 - a test, which looks often
            await asyncio.sleep(0.01)

    async def take(self, raws: list[dict[str, Any]]) -> None:
        """Take them when it is open."""
        self.begun += 1
        await self.open.wait()
        if self.error is not None:
            raise self.error
        self.taken += raws


@dataclass
class Web:
    """The web side and its caller."""

    url: str
    session: aiohttp.ClientSession
    inbox: Inbox
    metrics: Metrics
    webhook: Webhook

    async def get(self, path: str) -> tuple[int, str]:
        """The status and the body of an answer."""
        async with self.session.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def post(self, data: Any, secret: str | None = SECRET) -> int:
        """The status of an answer to what Telegram would send."""
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(f"{self.url}/telegram", data=data, headers=headers) as answer:
            assert await answer.read() == b""
            return answer.status


@asynccontextmanager
async def web_side(
    checks: dict[str, Check] | None = None, limits: Limits | None = None, **patience: Any
) -> AsyncIterator[Web]:
    """The web side, whose inbox is open."""
    inbox, metrics = Inbox(), Metrics()
    inbox.open.set()
    webhook = Webhook(SECRET, metrics.requested, **patience)
    webhook.open(inbox.take)

    async def page() -> bytes:
        return metrics.page()

    async with (
        serving(build_app(checks or {}, page, webhook), FREE, limits or Limits()) as url,
        aiohttp.ClientSession() as session,
    ):
        yield Web(url, session, inbox, metrics, webhook)


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    """The same with its defaults."""
    async with web_side() as web:
        yield web
