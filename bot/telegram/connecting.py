"""The first words with the Bot API server: is it there, does it know the token, does it send updates elsewhere?"""

import asyncio
import logging
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.errors import UnreachableError, WrongTokenError
from bot.telegram.failures import in_words, seconds_to_wait

_logger: Final = logging.getLogger(__name__)
_FIRST_PAUSE: Final = 1.0  # seconds, growing by half
_LONGEST_PAUSE: Final = 30.0

UNKNOWN_BOT: Final = (
    "the Bot API server does not know this TELEGRAM_BOT_TOKEN: copy it anew from @BotFather, "
    "and see that TELEGRAM_API_URL names the right server"
)


async def connect(bot: Bot, server: str, wait: float, *, polls: bool = True) -> None:
    """Introduce the bot to the server, waiting for one that is not there yet.

    Args:
        bot: not initialized.
        server: its address, for messages.
        wait: seconds until giving up; 0 waits for ever.
        polls: whether updates will be polled for; then a webhook is removed.

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
            if polls:
                await _remove_webhook(bot)
        except InvalidToken:
            raise WrongTokenError(UNKNOWN_BOT) from None  # the library's message quotes the token
        except TelegramError as error:
            left = deadline - loop.time()
            asked = seconds_to_wait(error) if isinstance(error, RetryAfter) else 0
            if left <= 0 or asked > left:
                raise UnreachableError(
                    f"no answer from the Bot API server at {server} for {wait:g} s ({in_words(error)}): "
                    "check the network and TELEGRAM_API_URL"
                ) from None
            seconds = min(max(pause, asked), left)
            _logger.warning(
                "cannot reach the Bot API server at %s (%s); again in %.1f s", server, in_words(error), seconds
            )
            await asyncio.sleep(seconds)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        else:
            return


async def require_token(bot: Bot) -> None:
    """Ask once more after the token was refused: a server in trouble refuses a good one too.

    Raises:
        WrongTokenError: it is refused again.
    """
    try:
        await bot.get_me()
    except InvalidToken:
        raise WrongTokenError(UNKNOWN_BOT) from None
    except TelegramError as error:
        _logger.warning("the token was refused, and getMe failed: %s", in_words(error))


async def _remove_webhook(bot: Bot) -> None:
    """As long as there is one, nobody can poll."""
    url = (await bot.get_webhook_info()).url
    if url:
        _logger.warning("removing the webhook at %s, so that this program receives updates", urlsplit(url).hostname)
        await bot.delete_webhook()
