"""How is a message changed that stands in a chat already? Told twice it is the same, so that it may be tried again."""

import logging
from collections.abc import Awaitable, Callable
from enum import Enum
from functools import partial
from typing import Final

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.telegram.deliveries import Outcome, note
from bot.telegram.drafts import Message
from bot.telegram.failures import in_words, seconds_to_wait, was_never_sent
from bot.telegram.sending import wait_to_try_again

_logger: Final = logging.getLogger(__name__)
_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time
_LONGEST_PAUSE: Final = 30.0
_ATTEMPTS: Final = 3  # of those that may have arrived
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


class Changed(Enum):
    """What came of changing a message. Falsy where it does not say what it should."""

    DONE = "done"
    """There is nothing more to be done; also where nobody is there any more to read it."""
    GONE = "gone"
    """Somebody has deleted it."""
    FIXED = "fixed"
    """It cannot be changed any more: it is too old, or stands in a chat that has moved."""

    def __bool__(self) -> bool:
        return self is Changed.DONE


async def change(bot: Bot, chat_id: int, message_id: int, message: Message) -> Changed:
    """Let a message of ours say something else, with other buttons or none."""
    edit = partial(
        bot.edit_message_text,
        message.text,
        chat_id=chat_id,
        message_id=message_id,
        entities=message.entities,
        reply_markup=message.keyboard,
        link_preview_options=_NO_PREVIEW,
    )
    return await _changed(edit)


async def change_buttons(bot: Bot, chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup | None) -> Changed:
    """Let other buttons stand below a message of ours, or none."""
    edit = partial(bot.edit_message_reply_markup, chat_id=chat_id, message_id=message_id, reply_markup=keyboard)
    return await _changed(edit)


async def _changed(edit: Callable[[], Awaitable[object]]) -> Changed:
    pause, attempt = _FIRST_PAUSE, 1
    while True:
        try:
            await edit()
        except (BadRequest, ChatMigrated) as error:
            return _refused(error)
        except Forbidden:
            note(Outcome.REFUSED)
            return Changed.DONE
        except TelegramError as error:
            known = isinstance(error, RetryAfter) or was_never_sent(error)
            attempt += 0 if known else 1
            if attempt > _ATTEMPTS:
                note(Outcome.UNSURE)
                _logger.warning("a message may not have been changed: %s", in_words(error))
                return Changed.DONE
            seconds = seconds_to_wait(error) if isinstance(error, RetryAfter) else pause
            await wait_to_try_again(seconds, error)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return Changed.DONE


def _refused(error: BadRequest | ChatMigrated) -> Changed:
    reason = str(error).lower()
    if "not modified" in reason:
        return Changed.DONE
    _logger.info("a message cannot be changed: %s", in_words(error))
    return Changed.GONE if "message to edit not found" in reason else Changed.FIXED
