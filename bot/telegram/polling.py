"""Long polling: fetching updates until told to stop, and knowing when there is no use in going on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import httpx
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.errors import SecondPollerError, UnreachableError, WrongTokenError
from bot.telegram.sending import seconds_to_wait

_logger: Final = logging.getLogger(__name__)
_POLL_SECONDS: Final = 30
_FIRST_PAUSE: Final = 1.0  # seconds, growing by half
_LONGEST_PAUSE: Final = 30.0
_ALLOWED: Final = (Update.MESSAGE,)
# Two pollers take turns in refusing each other. The newcomer gives up first, so that the one that serves goes on.
_CONFLICTS_AT_START: Final = 3
_CONFLICTS_LATER: Final = 12

WRONG_TOKEN: Final = "the Bot API server does not know this TELEGRAM_BOT_TOKEN: copy it anew from @BotFather"  # noqa: S105
SECOND_POLLER: Final = (
    "another program receives this bot's updates (409 Conflict): end it, or give this one a token of its own"
)


async def connect(bot: Bot, server: str, wait: float) -> None:
    """Introduce the bot to the server, waiting for one that is not there yet.

    Args:
        bot: not initialized.
        server: its address, for messages.
        wait: seconds until giving up; 0 waits for ever.

    Raises:
        WrongTokenError: the server does not know the token.
        UnreachableError: the server did not answer in time.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait if wait else float("inf")
    pause = _FIRST_PAUSE
    while True:
        try:
            await bot.initialize()
            await bot.delete_webhook()
        except InvalidToken:
            raise WrongTokenError(WRONG_TOKEN) from None  # the library's message quotes the token
        except TelegramError as error:
            if loop.time() + pause > deadline:
                raise UnreachableError(
                    f"no answer from the Bot API server at {server} for {wait:g} s ({error}): "
                    "check the network and TELEGRAM_API_URL"
                ) from None
            _logger.warning("cannot reach the Bot API server at %s (%s); again in %.0f s", server, error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        else:
            return


class Poller:
    """Fetches updates and hands them on.

    Args:
        bot: initialized.
        handle: takes one update; called in the order of their arrival.
        heartbeat: a file to touch after every successful poll, None for none.
    """

    def __init__(self, bot: Bot, handle: Callable[[Update], Awaitable[None]], heartbeat: Path | None = None) -> None:
        self._bot = bot
        self._handle = handle
        self._heartbeat = heartbeat
        self._offset: int | None = None
        self._conflicts = 0
        self._polled = False
        self._pause = 0.0

    async def run(self) -> None:
        """Poll until cancelled; breaks in the connection are waited out.

        Raises:
            SecondPollerError: another program keeps polling with the same token.
            WrongTokenError: the token was withdrawn.
        """
        while True:
            try:
                await self._poll(_POLL_SECONDS)
            except TelegramError as error:
                await self._recover(error)
            else:
                self._after_success()

    async def confirm(self) -> None:
        """Tell the server which updates were taken, so that it does not hand them over again."""
        if self._offset is None:
            return
        try:
            await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, allowed_updates=_ALLOWED)
        except TelegramError as error:
            _logger.warning("the last updates could not be confirmed, they may be answered twice: %s", error)

    async def _poll(self, seconds: int) -> None:
        for update in await self._bot.get_updates(offset=self._offset, timeout=seconds, allowed_updates=_ALLOWED):
            await self._handle(update)
            self._offset = update.update_id + 1

    def _after_success(self) -> None:
        if self._pause:
            _logger.info("the Bot API server answers again")
        self._polled, self._conflicts, self._pause = True, 0, 0.0
        if self._heartbeat is not None:
            try:
                self._heartbeat.touch()
            except OSError as error:
                _logger.warning("the heartbeat file %s cannot be touched: %s", self._heartbeat, error.strerror)

    async def _recover(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            raise WrongTokenError(WRONG_TOKEN) from None
        if isinstance(error, Conflict):
            self._conflicts += 1
            if self._conflicts >= (_CONFLICTS_LATER if self._polled else _CONFLICTS_AT_START):
                raise SecondPollerError(SECOND_POLLER) from None
        if isinstance(error, TimedOut) and isinstance(error.__cause__, httpx.ReadTimeout):
            return  # a long poll that nobody ended: the time has passed already
        self._pause = min(max(_FIRST_PAUSE, self._pause * 1.5), _LONGEST_PAUSE)
        wait = seconds_to_wait(error) if isinstance(error, RetryAfter) else self._pause
        level = logging.WARNING if isinstance(error, NetworkError | Conflict | RetryAfter) else logging.ERROR
        _logger.log(level, "polling failed (%s); again in %.0f s", error, wait)
        await asyncio.sleep(wait)
