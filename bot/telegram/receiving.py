"""How do updates reach the bot? It asks for them, or they are handed over."""

import asyncio
from typing import TYPE_CHECKING, Protocol

from telegram import Bot, Update
from telegram.request import BaseRequest

from bot.settings import ServeSettings
from bot.telegram.polling import ALLOWED, Poller, Take
from bot.telegram.watchdog import Watchdog
from bot.telegram.webhook import WebhookKeeper

if TYPE_CHECKING:
    from bot.web.webhook import Webhook


class Receiving(Protocol):
    """One of the ways."""

    @property
    def problem(self) -> str | None:
        """Why updates may not reach the bot; None if nothing is wrong."""

    @property
    def silence(self) -> float | None:
        """Seconds since the server answered a poll; None where nobody polls."""

    @property
    def pending(self) -> int | None:
        """Updates that waited at Telegram when that was last looked at; None where nobody looks."""

    async def run(self) -> None:
        """Receive until cancelled."""

    async def finish(self) -> None:
        """Once nothing more is taken: say what need not come again."""


class Polling:
    """The bot asks for updates.

    Args:
        bot: initialized.
        take: where they go.
        request: that the bot polls with.
        settings: whether it may be a guest.
    """

    pending: int | None = None

    def __init__(self, bot: Bot, take: Take, request: BaseRequest, settings: ServeSettings) -> None:
        self._poller = Poller(bot, take, request, _allowed(settings))
        self._watchdog = Watchdog(self._poller)

    @property
    def problem(self) -> str | None:
        """As `Receiving` says."""
        return self._watchdog.problem

    @property
    def silence(self) -> float | None:
        """As `Receiving` says."""
        return self._watchdog.silence

    async def run(self) -> None:
        """As `Receiving` says.

        Raises:
            SecondPollerError: another program keeps polling with the same token.
            WrongTokenError: the token was withdrawn.
        """
        watching = asyncio.create_task(self._watchdog.run())
        try:
            await self._poller.run()
        finally:
            watching.cancel()

    async def finish(self) -> None:
        """As `Receiving` says."""
        await self._poller.confirm()


class HandedOver:
    """Telegram hands updates over.

    Args:
        bot: initialized.
        take: where they go.
        settings: the address and the secret.
        webhook: answers at the address.
    """

    silence: float | None = None

    def __init__(self, bot: Bot, take: Take, settings: ServeSettings, webhook: "Webhook") -> None:
        self._take = take
        self._webhook = webhook
        self._keeper = WebhookKeeper(bot, settings.webhook_url or "", settings.secret_of_webhook(), _allowed(settings))

    @property
    def problem(self) -> str | None:
        """As `Receiving` says."""
        return self._keeper.problem

    @property
    def pending(self) -> int | None:
        """As `Receiving` says."""
        return self._keeper.pending

    async def run(self) -> None:
        """As `Receiving` says.

        Raises:
            SettingsError: Telegram does not take the address.
            WrongTokenError: the token was withdrawn.
        """
        self._webhook.open(self._take)
        try:
            await self._keeper.run()
        finally:
            self._webhook.close()

    async def finish(self) -> None:
        """As `Receiving` says: every answer has said it."""


def _allowed(settings: ServeSettings) -> tuple[str, ...]:
    return (*ALLOWED, Update.GUEST_MESSAGE) if settings.guest_mode else ALLOWED
