"""How does a question become an answer in the chat that it came from?"""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from telegram import Bot, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.answering import Answered, AnswerService, Channel
from bot.speech import Speech
from bot.telegram import texts
from bot.telegram.conversations import Conversations
from bot.telegram.deliveries import current
from bot.telegram.drafts import Message
from bot.telegram.listeners import speech_for
from bot.telegram.sending import Sent, reply
from bot.telegram.timelines import to_timeline
from bot.telegram.views import first_page
from db import LoggedQuestion, Place

_SLOW: Final = 0.7  # seconds after which a person should see that something is going on
_LATE: Final = dt.timedelta(minutes=10)


class PlaceKind(StrEnum):
    """What stands in a message."""

    QUESTION = "question"
    ANSWER = "answer"
    WISH = "wish"
    """What the person hopes to learn was asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that somebody has asked in a chat.

    Attributes:
        question: its words, without the command or the name of the bot.
        message: below which it is answered.
        user: who asked; None where somebody spoke for a chat.
        at: when, with a time zone.
        previous: the question before it, which one without a subject of its own is about; None where there is none.
        replaces: the key of the question that was edited into this one; None where none was.
        as_timeline: whether it is a topic, to be told in dated quotes.
    """

    question: str
    message: TelegramMessage
    user: User | None
    at: dt.datetime
    previous: str | None = None
    replaces: str | None = None
    as_timeline: bool = False


def asked_in(message: TelegramMessage, question: str) -> Asked:
    """What a person asks by writing a message."""
    return Asked(question, message, message.from_user if message.sender_chat is None else None, message.date)


class Asking:
    """Answers what is asked in Telegram.

    Args:
        service: answers and logs.

    Attributes:
        conversations: know what was asked before.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service
        self.conversations = Conversations(service)

    async def ask(self, bot: Bot, asked: Asked) -> None:
        """Answer a question below the message that asks it."""
        async with _typing_if_slow(bot, asked.message):
            answered = await self.answer(asked)
        say = await speech_for(self._service, asked.user)
        self.note_sent(answered.key, await reply(bot, asked.message, self.messages(asked, answered, say), say))

    async def answer(self, asked: Asked) -> Answered:
        """The answer to a question; it is logged together with the end of the update that is handled here."""
        message, delivery = asked.message, current()
        pressed = _is_of_bot(message)
        previous = asked.previous if pressed else asked.previous or await self.conversations.before(message)
        answered = await self._service.answer(
            asked.question,
            Channel.PRIVATE if message.chat.type == ChatType.PRIVATE else Channel.GROUP,
            asked.user.id if asked.user else None,
            asked_at=asked.at,
            previous=previous,
            replaces=asked.replaces,
            places=[] if pressed else [self._service.place_of(message.chat.id, message.message_id, PlaceKind.QUESTION)],
            as_timeline=asked.as_timeline,
            record=delivery.record if delivery else None,
        )
        if not pressed:
            self.conversations.note(message, answered.answer.understood.follows or asked.question)
        return answered

    def note_sent(self, key: str, sent: Iterable[Sent]) -> None:
        """In these messages an answer stands: it is found by them. To be called while its update is being handled."""
        self.note_places(
            key, [self._service.place_of(each.chat_id, each.message_id, PlaceKind.ANSWER) for each in sent]
        )

    def note_places(self, key: str, places: Sequence[Place]) -> None:
        """The same, of messages whose places are known."""
        self._note(key, lambda entry: replace(entry, places=(*entry.places, *places)))

    def _note(self, key: str, change: Callable[[LoggedQuestion], LoggedQuestion]) -> None:
        delivery = current()
        if delivery is not None and (entry := delivery.entry) is not None and entry.key == key:
            entry = change(entry)
            delivery.record(entry)
            self._service.recall.keep(entry)

    def messages(self, asked: Asked, answered: Answered, say: Speech) -> list[Message]:
        """How an answer looks in a chat."""
        late = _if_late(asked.at, say)
        if answered.timeline is not None:
            message, shown = to_timeline(answered.timeline, say, first=[late] if late else [])
            self._note(answered.key, lambda entry: replace(entry, passages=shown))
            return [message]
        name, size = asked.message.get_bot().username, self._service.page_size
        screen = first_page(answered.answer, answered.key, say, username=name, page_size=size, first=late)
        self._note(answered.key, lambda entry: replace(entry, passages=screen.shown))
        return list(screen.messages)


def _is_of_bot(message: TelegramMessage) -> bool:
    """Whether nobody wrote it: a button below it asks."""
    return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


def _if_late(asked_at: dt.datetime, say: Speech) -> str:
    """What an answer begins with that comes long after its question."""
    if dt.datetime.now(dt.UTC) - asked_at < _LATE:
        return ""
    return say(texts.LATE, day=say.day(asked_at.date()), time=f"{asked_at:%H:%M}")


@asynccontextmanager
async def _typing_if_slow(bot: Bot, message: TelegramMessage) -> AsyncIterator[None]:
    """Shows "typing" while the body runs, once it has run for a while; a failure to show it is nobody's concern."""

    async def show() -> None:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(
                message.chat.id,
                ChatAction.TYPING,
                message_thread_id=message.message_thread_id if message.is_topic_message else None,
            )

    showing: list[asyncio.Task[None]] = []  # a task for every answer that is there at once would be for nothing
    timer = asyncio.get_running_loop().call_later(_SLOW, lambda: showing.append(asyncio.create_task(show())))
    try:
        yield
    finally:
        timer.cancel()
        for task in showing:
            task.cancel()
