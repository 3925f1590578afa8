"""Messages on their way out: what is tried again, what is not, and what is said about it."""

import asyncio
import contextlib
import logging
from typing import Final

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram import Message as SentMessage
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram import texts
from bot.telegram.failures import in_words, seconds_to_wait, was_never_sent
from bot.telegram.messages import Message
from bot.telegram.ordering import slot_free_for_others

_logger: Final = logging.getLogger(__name__)
_ATTEMPTS: Final = 5
_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time
_LONGEST_PAUSE: Final = 60.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


async def reply(bot: Bot, to: SentMessage, messages: list[Message]) -> None:
    """Send messages to where a message came from, in order: its chat, its topic, and in a group as a reply to it.

    What cannot be delivered is logged and dropped together with what would follow it: a blocked bot, a chat that is
    gone, a server that stays down. In place of a message that Telegram refuses, the person gets a sentence.
    """
    chat_id = to.chat.id
    try:
        for message in messages:
            chat_id = await _send(bot, chat_id, to, message)
    except Forbidden:
        _logger.info("an answer was not delivered: the bot was blocked or removed from the chat")
    except BadRequest as error:
        _logger.error("an answer was refused: %s", in_words(error))  # noqa: TRY400 - Telegram's reason is enough
        with contextlib.suppress(TelegramError):
            await _send(bot, chat_id, to, Message(texts.FAILED))
    except TelegramError as error:
        _logger.warning("an answer was not delivered: %s", in_words(error))


async def _send(bot: Bot, chat_id: int, to: SentMessage, message: Message) -> int:
    """Send one message, again only where it surely did not arrive; the id of the chat that it went to."""
    pause = _FIRST_PAUSE
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            sent = await bot.send_message(
                chat_id,
                message.text,
                entities=message.entities,
                link_preview_options=_NO_PREVIEW,
                message_thread_id=to.message_thread_id if to.is_topic_message else None,
                reply_parameters=_reply_to(to) if chat_id == to.chat.id else None,
            )
        except ChatMigrated as moved:
            chat_id = moved.new_chat_id
        except RetryAfter as error:
            await _pause_or_raise(error, seconds_to_wait(error), attempt)
        except NetworkError as error:
            # A send that timed out may have arrived, and one that was refused as wrong will be refused again.
            if not was_never_sent(error):
                raise
            await _pause_or_raise(error, pause, attempt)
            pause *= 2
        else:
            if sent.text != message.text:
                _logger.warning("Telegram altered a text of %d characters on its way", len(message.text))
            return chat_id
    raise NetworkError(f"the chat moved {_ATTEMPTS} times")


async def _pause_or_raise(error: TelegramError, seconds: float, attempt: int) -> None:
    if attempt == _ATTEMPTS or seconds > _LONGEST_PAUSE:
        raise error
    _logger.info("sending again in %.1f s: %s", seconds, in_words(error))
    async with slot_free_for_others():
        await asyncio.sleep(seconds)


def _reply_to(message: SentMessage) -> ReplyParameters | None:
    if message.chat.type == message.chat.PRIVATE:
        return None
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)
