"""What becomes of an answer whose question is edited? It is edited too, where it stands."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from telegram import Bot, Update
from telegram import Message as TelegramMessage
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.answering import AnswerService
from bot.telegram.addressed import is_inserted, question_of, said_by, topic_of
from bot.telegram.asking import Asked, Asking, PlaceKind, asked_in
from bot.telegram.changing import change
from bot.telegram.drafts import Message
from bot.telegram.listeners import speech_for
from bot.telegram.sending import reply
from db import LogError, LoggedQuestion, Place

_RECENT: Final = dt.timedelta(minutes=10)


class Edits:
    """Answers edited questions in the messages in which they were answered.

    Args:
        service: knows what was answered where.
        asking: answers.
    """

    def __init__(self, service: AnswerService, asking: Asking) -> None:
        self._service = service
        self._asking = asking

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who replies to edits."""
        written = filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | filters.CAPTION)
        application.add_handler(MessageHandler(written, self.edited))

    async def edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A message was edited: it is answered as if it had been written so, unless its question is the same.

        What was edited long after it was written, and asked nothing then, is left alone.
        """
        message = update.edited_message
        asked = _asked(message) if message else None
        if message is None or asked is None or said_by(message).foreign or is_inserted(message):
            return
        before = await self._asked_in(message)
        if before is None:
            if asked.at - message.date <= _RECENT:
                await self._asking.ask(context.bot, asked)
        elif _differs(before, asked):
            await self._answer_again(context.bot, replace(asked, replaces=before.key), before.places)

    async def _asked_in(self, message: TelegramMessage) -> LoggedQuestion | None:
        """What the message asked before; None where it asked nothing, or nobody knows any more."""
        try:
            return await self._service.recall.by_place(self._service.place(message.chat.id, message.message_id))
        except LogError:  # said where questions are logged
            return None

    async def _answer_again(self, bot: Bot, asked: Asked, places: Iterable[Place]) -> None:
        message = asked.message
        answered = await self._asking.answer(asked)
        say = await speech_for(self._service, asked.user)
        standing = [place for place in places if self._is_answer_in(message.chat.id, place)]
        changed, left = await put(bot, message.chat.id, standing, self._asking.messages(asked, answered, say))
        self._asking.note_places(answered.key, changed)
        if left:
            self._asking.note_sent(answered.key, await reply(bot, message, left, say))

    def _is_answer_in(self, chat_id: int, place: Place) -> bool:
        """Whether an answer stands there, and in this chat: who opened it by a link has it in a chat of their own."""
        return place.kind == PlaceKind.ANSWER and place.hash == self._service.place(chat_id, place.message_id)


def _asked(message: TelegramMessage) -> Asked | None:
    """What a message asks since it was edited; None where that is nothing."""
    question, topic = question_of(message), topic_of(message)
    if not question and not topic:
        return None
    asked = asked_in(message, question or topic or "")
    return replace(asked, at=message.edit_date or message.date, as_timeline=not question)


def _differs(before: LoggedQuestion, asked: Asked) -> bool:
    """Whether what a message asks is another question than before, or the same words are to be told otherwise."""
    as_timeline = any(shown.via == "timeline" for shown in before.passages)
    otherwise = bool(before.passages) and as_timeline != asked.as_timeline
    return otherwise or before.text != asked.question.encode("utf-8", "replace").decode("utf-8")


async def put(
    bot: Bot, chat_id: int, places: Sequence[Place], messages: Sequence[Message]
) -> tuple[list[Place], list[Message]]:
    """Let the messages of an answer stand where another one stood, the last of them in the place of the last.

    Returns:
        Where they stand now, and those that found no place.
    """
    free = sorted(places, key=lambda place: place.message_id)
    changed, left = list[Place](), list[Message]()
    for message in reversed(messages):
        place = free.pop() if free else None
        if place is not None and await change(bot, chat_id, place.message_id, message):
            changed.append(place)
        else:
            left.insert(0, message)
    for place in free:
        with contextlib.suppress(TelegramError):  # gone, or too old to be deleted
            await bot.delete_message(chat_id, place.message_id)
    return changed, left
