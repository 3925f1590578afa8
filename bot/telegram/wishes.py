"""How do people tell the editors what the articles lack?

By a button, which puts their question on the list of the unanswered, and then, if they like, by replying to a message
that asks what they hope to learn. The reply is known by the place of that message; it is no question.
"""

import datetime as dt
from functools import partial
from typing import Any, Final

from telegram import Bot, ForceReply, MessageEntity, Update, User
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.ext import Application, ApplicationHandlerStop, ContextTypes, MessageHandler, filters

from bot.answering import AnswerService
from bot.speech import Speech
from bot.telegram import button_texts
from bot.telegram.asking import PlaceKind
from bot.telegram.drafts import Draft, Message
from bot.telegram.handlers import WRITTEN
from bot.telegram.listeners import speech_for
from bot.telegram.popups import Popup
from bot.telegram.sending import reply
from bot.wording import printable
from db import Feedback, LogError, LoggedQuestion

_LONGEST_NOTE: Final = 1_000
_FIRST: Final = -1  # of the groups of handlers: what is said here is not to be taken for a question


class _ReplyToUs(filters.MessageFilter):
    """What replies to a message of ours."""

    def filter(self, message: TelegramMessage) -> bool:
        """Whether a message does."""
        replied = message.reply_to_message
        return replied is not None and replied.from_user is not None and replied.from_user.id == message.get_bot().id


class Wishes:
    """Takes down what people wish that the articles would answer.

    Args:
        service: knows what was asked, and logs.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who takes down replies to what `wish` has sent."""
        told = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
        written = (
            told & WRITTEN & _ReplyToUs() & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND & ~filters.Document.ALL
        )
        application.add_handler(MessageHandler(written, self.noted), group=_FIRST)

    async def wish(
        self, bot: Bot, below: TelegramMessage, entry: LoggedQuestion, *, person: User, popup: Popup, say: Speech
    ) -> None:
        """A person wishes that articles would answer a question: that is noted, and they are asked for more, once.

        Args:
            bot: that asks.
            below: the message with the answer.
            entry: the question.
            person: who wishes it.
            popup: that thanks them.
            say: in these words.
        """
        wish = Feedback(entry.key or "", dt.datetime.now(dt.UTC), self._service.pseudonym(person.id), "wish")
        if await self._has_wished(wish):
            await popup.show(say(button_texts.WISHED_ALREADY))
            return
        self._service.remembering.add(partial(self._service.log.wish, wish))
        await popup.show(say(button_texts.WISHED))
        asking = _asking(say, None if below.chat.type == ChatType.PRIVATE else person)
        for sent in await reply(bot, below, [asking], say):
            place = self._service.place_of(sent.chat_id, sent.message_id, PlaceKind.WISH)
            self._service.recall.add_place(wish.key, place)

    async def noted(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reply to something that we said, new or edited: a note beside a wish, or for others to deal with."""
        message = update.effective_message
        entry = await self._wished_in(message) if message else None
        if message is None or entry is None:
            return
        person = message.from_user
        if person is not None and message.sender_chat is None:
            note = (message.text or message.caption or "")[:_LONGEST_NOTE]
            note = note.encode("utf-8", "replace").decode("utf-8")
            by = self._service.pseudonym(person.id)
            at = (message.edit_date or message.date).astimezone(dt.UTC)
            wish = Feedback(entry.key or "", at, by, "wish", note=note)
            self._service.remembering.add(partial(self._service.log.wish, wish))
            if message.edit_date is None:
                say = await speech_for(self._service, person)
                await reply(context.bot, message, [Message(say(button_texts.NOTE_TAKEN))], say)
        raise ApplicationHandlerStop

    async def _has_wished(self, wish: Feedback) -> bool:
        try:
            known = await self._service.log.feedback_of(wish.key)
        except LogError:  # said where questions are logged
            return False
        return any(each.by == wish.by and each.verdict == wish.verdict for each in known)

    async def _wished_in(self, message: TelegramMessage) -> LoggedQuestion | None:
        """The question that a note is about which stands in a message; None where it is none."""
        replied = message.reply_to_message
        if replied is None:
            return None
        place = self._service.place(message.chat.id, replied.message_id)
        try:
            entry = await self._service.recall.by_place(place)
        except LogError:  # said where questions are logged
            return None
        wished = entry is not None and any(each.hash == place and each.kind == PlaceKind.WISH for each in entry.places)
        return entry if wished else None


def _asking(say: Speech, person: User | None) -> Message:
    """What asks for a note. In a group it names the person: Telegram opens the reply only for those who are named."""
    draft = Draft(say(button_texts.WISH_NOTE))
    if person is None:
        return Message(draft.text, asks=ForceReply())
    name = printable(person.first_name) or "…"
    mention = MessageEntity(MessageEntity.TEXT_MENTION, 0, Draft(name).units, user=person)
    return Message(f"{name}: {draft.text}", (mention,), asks=ForceReply(selective=True))
