"""What is the web side made of, and how long does it answer? From before the articles are loaded to the end."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from bot.metrics import CountingHandler, Metrics
from bot.setting_forms import Address
from bot.web.app import build_app
from bot.web.checks import Check
from bot.web.server import serving
from bot.web.webhook import Webhook

_logger: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class WebSide:
    """What the bot tells the web side, which shows it.

    Attributes:
        metrics: figures.
        checks: of the parts that must be well, by name. The bot puts its own there.
        webhook: takes updates, once it is opened; None where they are polled for.
        refresh: brings up to date what a page of figures needs; None while there is nothing.
    """

    metrics: Metrics
    checks: dict[str, Check] = field(default_factory=dict)
    webhook: Webhook | None = None
    refresh: Callable[[], Awaitable[None]] | None = None

    async def page(self) -> bytes:
        """The figures as they are now."""
        if self.refresh is not None:
            await self.refresh()
        return self.metrics.page()


@asynccontextmanager
async def web_side(address: Address, secret: str | None = None) -> AsyncIterator[WebSide]:
    """Answer at an address while the body runs.

    Args:
        address: to listen at.
        secret: that Telegram shows with every update; None where updates are polled for.

    Raises:
        ListenError: another program listens there, or the address is not one of this machine.
    """
    metrics = Metrics()
    side = WebSide(metrics, webhook=None if secret is None else Webhook(secret, metrics.requested))
    handler = CountingHandler(metrics)
    async with serving(build_app(side.checks, side.page, side.webhook), address) as url:
        _logger.info("health and figures are at %s", url)
        logging.getLogger().addHandler(handler)
        try:
            yield side
        finally:
            logging.getLogger().removeHandler(handler)
