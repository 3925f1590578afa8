"""Messages on their way out: what is tried again, what is not, and what is said about it."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from telegram import Bot, LinkPreviewOptions, MessageEntity, ReplyParameters
from telegram import Message as SentMessage
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.speech import ENGLISH, Speech
from bot.telegram import texts
from bot.telegram.calls import Call
from bot.telegram.deliveries import Outcome, count_retry, is_away, note, note_away, note_moved
from bot.telegram.failures import in_words, seconds_to_wait, was_never_sent
from bot.telegram.lanes import slot_free_for_others
from bot.telegram.messages import Message

_logger: Final = logging.getLogger(__name__)
_MOVES: Final = 5
_FIRST_PAUSE: Final = 0.5  # seconds, doubled each time
_LONGEST_PAUSE: Final = 30.0
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True).to_json()
# "sendMessage" once the library has made it a method's name. Its own `send_message` makes objects of every mark of a
# message, on its way out and of all that comes back of it: half of what sending an answer takes.
_SEND_MESSAGE: Final = "send__message"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours that arrived, and where."""

    chat_id: int
    message_id: int


async def reply(bot: Bot, to: SentMessage, messages: list[Message], say: Speech = ENGLISH) -> list[Sent]:
    """Send messages to where a message came from, in order: its chat, its topic, and in a group as a reply to it.

    What surely did not arrive is sent again for as long as it takes. What may have arrived is not: the person is told
    so in a sentence. In place of a message that Telegram refuses, the person gets a sentence too. Either way, what
    would follow is dropped, and the update's outcome says so.

    Returns:
        Those of the messages that arrived.
    """
    return await _deliver(bot, to.chat.id, to, messages, say)


async def send(bot: Bot, chat_id: int, messages: list[Message], say: Speech = ENGLISH) -> list[Sent]:
    """The same to a chat as a whole, where nobody wrote a message that could be replied to."""
    return await _deliver(bot, chat_id, None, messages, say)


async def _deliver(bot: Bot, chat_id: int, to: SentMessage | None, messages: list[Message], say: Speech) -> list[Sent]:
    arrived, at = list[Sent](), asyncio.get_running_loop().time()
    if is_away(chat_id):
        note(Outcome.REFUSED)
        return arrived
    try:
        for message in messages:
            arrived.append(await _send(bot, chat_id, to, message))
            chat_id = arrived[-1].chat_id
    except Forbidden:
        note(Outcome.REFUSED)
        note_away(chat_id, at)
        _logger.info("an answer was not delivered: the bot was blocked or removed from the chat")
    except BadRequest as error:
        note(Outcome.REFUSED)
        _logger.error("an answer was refused: %s", in_words(error))  # noqa: TRY400 - Telegram's reason is enough
        await _say_briefly(bot, chat_id, to, say(texts.FAILED))
    except TelegramError as error:
        note(Outcome.UNSURE)
        _logger.warning("an answer may not have arrived, and is not sent again: %s", in_words(error))
        await _say_briefly(bot, chat_id, to, say(texts.UNSURE))
    return arrived


async def _say_briefly(bot: Bot, chat_id: int, to: SentMessage | None, text: str) -> None:
    """One sentence in place of an answer; what becomes of it is nobody's concern."""
    with contextlib.suppress(TelegramError):
        await _send(bot, chat_id, to, Message(text))


async def _send(bot: Bot, chat_id: int, to: SentMessage | None, message: Message) -> Sent:
    """Send one message, again only where it surely did not arrive; it names the chat that it went to."""
    pause, moves = _FIRST_PAUSE, 0
    while True:
        try:
            with _unsure_if_given_up():
                sent = await bot.do_api_request(_SEND_MESSAGE, _parameters(chat_id, to, message))
        except ChatMigrated as moved:
            note_moved(chat_id, moved.new_chat_id)
            chat_id, moves = moved.new_chat_id, moves + 1
            if moves == _MOVES:
                raise BadRequest(f"the chat moved {_MOVES} times") from None
        except RetryAfter as error:
            await wait_to_try_again(seconds_to_wait(error), error)
        except TelegramError as error:
            if not was_never_sent(error):
                raise
            await wait_to_try_again(pause, error)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return _arrived(sent, message)


def _arrived(sent: Any, message: Message) -> Sent:
    try:
        arrived, text = Sent(sent["chat"]["id"], sent["message_id"]), sent["text"]
    except (KeyError, TypeError) as error:
        raise NetworkError("what came back is no message") from error
    if text != message.text:
        _logger.warning("Telegram altered a text of %d characters on its way", len(message.text))
    return arrived


def _mark(entity: MessageEntity) -> dict[str, Any]:
    mark = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.url:
        return {**mark, "url": entity.url}
    return {**mark, "user": entity.user.to_dict()} if entity.user else mark


def _parameters(chat_id: int, to: SentMessage | None, message: Message) -> dict[str, Any]:
    marks = [_mark(each) for each in message.entities]
    return {
        "chat_id": chat_id,
        "text": message.text,
        "entities": json.dumps(marks, ensure_ascii=False),
        "reply_markup": message.keyboard or message.asks,
        "link_preview_options": _NO_PREVIEW,
        "message_thread_id": to.message_thread_id if to and to.is_topic_message else None,
        "reply_parameters": _reply_to(to) if to and chat_id == to.chat.id else None,
    }


@contextlib.contextmanager
def _unsure_if_given_up() -> Iterator[None]:
    """Around one call: where the program ends meanwhile, what the server may have heard may have arrived."""
    call = Call()
    try:
        yield
    except asyncio.CancelledError:
        if call.begun:
            note(Outcome.UNSURE)
        raise


async def wait_to_try_again(seconds: float, error: TelegramError) -> None:
    """Let others go on meanwhile; that something is tried again for the update that is handled here, is counted."""
    count_retry()
    _logger.info("trying again in %.1f s: %s", seconds, in_words(error))
    async with slot_free_for_others():
        await asyncio.sleep(seconds)


def _reply_to(message: SentMessage) -> ReplyParameters | None:
    if message.chat.type == message.chat.PRIVATE:
        return None
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)
