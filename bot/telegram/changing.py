"""How is a message changed that stands in a chat already? Told twice it is the same, so that it may be tried again."""

import asyncio
import logging
from typing import Final

from telegram import Bot, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.telegram.deliveries import Outcome, count_retry, note
from bot.telegram.drafts import Message
from bot.telegram.failures import in_words, seconds_to_wait, was_never_sent
from bot.telegram.lanes import slot_free_for_others

_logger: Final = logging.getLogger(__name__)
_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time
_LONGEST_PAUSE: Final = 30.0
_ATTEMPTS: Final = 3  # of those that may have arrived
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


async def change(bot: Bot, chat_id: int, message_id: int, message: Message) -> bool:
    """Let a message of ours say something else, with other buttons or none.

    Returns:
        Whether it is done with; False where the message is gone, or cannot be changed any more.
    """
    pause, attempt = _FIRST_PAUSE, 1
    while True:
        try:
            await bot.edit_message_text(
                message.text,
                chat_id=chat_id,
                message_id=message_id,
                entities=message.entities,
                reply_markup=message.keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except (BadRequest, ChatMigrated) as error:
            if "not modified" in str(error).lower():
                return True
            _logger.info("a message cannot be changed any more: %s", in_words(error))
            return False
        except Forbidden:
            note(Outcome.REFUSED)
            return True
        except TelegramError as error:
            known = isinstance(error, RetryAfter) or was_never_sent(error)
            attempt += 0 if known else 1
            if attempt > _ATTEMPTS:
                note(Outcome.UNSURE)
                _logger.warning("a message may not have been changed: %s", in_words(error))
                return True
            await _wait(seconds_to_wait(error) if isinstance(error, RetryAfter) else pause, error)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return True


async def _wait(seconds: float, error: TelegramError) -> None:
    count_retry()
    _logger.info("changing a message again in %.1f s: %s", seconds, in_words(error))
    async with slot_free_for_others():
        await asyncio.sleep(seconds)
