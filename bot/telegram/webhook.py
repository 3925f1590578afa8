"""Does Telegram hand updates over to our address, and do they arrive?"""

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.errors import SettingsError
from bot.telegram.connecting import require_token
from bot.telegram.failures import in_words, seconds_to_wait

_logger: Final = logging.getLogger(__name__)
_CONNECTIONS: Final = 100  # the most that Telegram opens; what comes together is written together
_FIRST_PAUSE: Final = 1.0  # seconds, growing by half
_LONGEST_PAUSE: Final = 30.0
_LOOK_SECONDS: Final = 180.0
_WORRIED_SECONDS: Final = 30.0


class WebhookKeeper:
    """Has Telegram hand updates over to this program, and sees to it that it stays so.

    Args:
        bot: initialized.
        url: at which Telegram is to hand them over.
        secret: that it is to show with each.
        allowed: kinds of updates that are wanted.
        look_seconds: between two looks, while all is well.

    Attributes:
        problem: why updates may not arrive; None while nothing is wrong.
        pending: updates that waited at Telegram at the last look.
    """

    def __init__(
        self, bot: Bot, url: str, secret: str, allowed: Sequence[str], look_seconds: float = _LOOK_SECONDS
    ) -> None:
        self.problem: str | None = "the webhook is not set yet"
        self.pending: int | None = None
        self._bot = bot
        self._url = url
        self._secret = secret
        self._allowed = allowed
        self._look_seconds = look_seconds
        self._last_error: dt.datetime | None = None

    async def run(self) -> None:
        """Set the webhook, then look after it until cancelled. At the end it stays: Telegram keeps what comes then.

        Raises:
            SettingsError: Telegram does not take the address.
            WrongTokenError: the token was withdrawn.
        """
        await self._begin()
        while True:
            await asyncio.sleep(min(self._look_seconds, _WORRIED_SECONDS) if self.problem else self._look_seconds)
            try:
                await self._look()
            except InvalidToken:
                await require_token(self._bot)
                await asyncio.sleep(_FIRST_PAUSE)
            except TelegramError as error:
                self._worry(f"the webhook could not be looked at ({in_words(error)})")

    async def _begin(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                self._settle(await self._set())
            except BadRequest as error:
                raise SettingsError(f"Telegram does not take WEBHOOK_URL: {in_words(error)}") from None
            except InvalidToken:
                await require_token(self._bot)
                await asyncio.sleep(_FIRST_PAUSE)
            except TelegramError as error:
                wait = max(pause, seconds_to_wait(error) if isinstance(error, RetryAfter) else 0)
                _logger.warning("the webhook could not be set (%s); again in %.1f s", in_words(error), wait)
                await asyncio.sleep(wait)
                pause = min(pause * 1.5, _LONGEST_PAUSE)
            else:
                _logger.info("updates are handed over at %s", urlsplit(self._url).hostname)
                return

    async def _set(self) -> WebhookInfo:
        await self._bot.set_webhook(
            self._url, secret_token=self._secret, allowed_updates=self._allowed, max_connections=_CONNECTIONS
        )
        return await self._bot.get_webhook_info()

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._url:
            place = urlsplit(info.url).hostname or "nobody"
            _logger.error("another program let Telegram hand updates over to %s: the webhook is set again", place)
            self._settle(await self._set())
            return
        self.pending = info.pending_update_count
        if info.last_error_date in {None, self._last_error}:
            self._be_content()
        else:
            self._last_error = info.last_error_date
            self._worry(f"Telegram could not hand over an update ({info.last_error_message}); {self.pending} wait")

    def _settle(self, info: WebhookInfo) -> None:
        """What went wrong before is over."""
        self._last_error, self.pending = info.last_error_date, info.pending_update_count
        self.problem = None

    def _worry(self, problem: str) -> None:
        _logger.warning("%s", problem)
        self.problem = problem

    def _be_content(self) -> None:
        if self.problem is not None:
            _logger.info("updates are handed over again")
        self.problem = None
