"""What arrives, and who replies to it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Final

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from bot.answering import AnswerService
from bot.speech import ENGLISH, Speech
from bot.telegram import admin_texts, texts
from bot.telegram.addressed import is_inserted, question_of, topic_of
from bot.telegram.asking import Asking, asked_in
from bot.telegram.deliveries import Outcome, note
from bot.telegram.listeners import speech_for
from bot.telegram.messages import Message, to_sources
from bot.telegram.sending import reply

_logger: Final = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


class _OfBot(filters.MessageFilter):
    """What another bot says. People who speak for a chat, like anonymous admins, look like bots as well."""

    def filter(self, message: TelegramMessage) -> bool:
        """Whether a message is from one."""
        return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


class _Inserted(filters.MessageFilter):
    """What a person has inserted by our own inline mode."""

    def filter(self, message: TelegramMessage) -> bool:
        """Whether a message is that."""
        return is_inserted(message)


class _Question(filters.MessageFilter):
    """What asks us something, be it in private, by /ask, by a reply or by our name, in a text or below a photo."""

    def filter(self, message: TelegramMessage) -> bool:
        """Whether a message does."""
        return question_of(message) is not None


# What a channel's group repeats was asked of nobody.
WRITTEN: Final = ~_OfBot() & ~filters.IS_AUTOMATIC_FORWARD & ~_Inserted()
NEW: Final = filters.UpdateType.MESSAGE & WRITTEN  # an edited question is not a new one


class Handlers:
    """The replies to commands and questions.

    Args:
        service: knows what is quoted.
        asking: answers questions.
        admin_ids: Telegram user ids who are told of more commands.
    """

    def __init__(self, service: AnswerService, asking: Asking, admin_ids: frozenset[int]) -> None:
        self._service = service
        self._asking = asking
        self._admin_ids = admin_ids

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application which of these replies to what."""
        commands: dict[str, Callback] = {
            "start": self.start,
            "timeline": self.timeline,
            "help": self.help,
            "sources": self.sources,
            "privacy": self.privacy,
        }
        for name, callback in commands.items():
            application.add_handler(CommandHandler(name, callback, filters=NEW))
        application.add_handler(MessageHandler(NEW & _Question(), self.question))
        private = NEW & filters.ChatType.PRIVATE
        application.add_handler(MessageHandler(private & filters.COMMAND, self.unknown_command))
        application.add_handler(MessageHandler(private & filters.ATTACHMENT, self.no_text))
        application.add_error_handler(self.failed)

    async def start(self, update: Update, context: Context) -> None:
        """/start: what this bot is."""
        say = await self._speech(update)
        await tell(update, context, say(texts.START), say)

    async def help(self, update: Update, context: Context) -> None:
        """/help: how to ask and how to read an answer."""
        say = await self._speech(update)
        said = say(texts.HELP, articles=self._service.retriever.catalog.article_count)
        user, private = update.effective_user, the_message(update).chat.type == ChatType.PRIVATE
        more = f"\n\n{admin_texts.ADMIN_HELP}" if private and user and user.id in self._admin_ids else ""
        await tell(update, context, said + more, say)

    async def privacy(self, update: Update, context: Context) -> None:
        """/privacy: what is kept, and how to have it deleted."""
        say = await self._speech(update)
        await tell(update, context, say(texts.PRIVACY), say)

    async def sources(self, update: Update, context: Context) -> None:
        """/sources: the articles that can be quoted."""
        catalog, say = self._service.retriever.catalog, await self._speech(update)
        await reply(context.bot, the_message(update), await asyncio.to_thread(to_sources, catalog, say), say)

    async def question(self, update: Update, context: Context) -> None:
        """Whatever asks something: it is answered."""
        message = the_message(update)
        question = question_of(message)
        if not question:
            say = await self._speech(update)
            await tell(update, context, say(texts.ASK_WHAT), say)
            return
        await self._asking.ask(context.bot, asked_in(message, question))

    async def timeline(self, update: Update, context: Context) -> None:
        """/timeline and a topic: it is told in dated quotes."""
        message = the_message(update)
        topic = topic_of(message)
        if not topic:
            say = await self._speech(update)
            await tell(update, context, say(texts.TIMELINE_WHAT), say)
            return
        await self._asking.ask(context.bot, replace(asked_in(message, topic), as_timeline=True))

    async def unknown_command(self, update: Update, context: Context) -> None:
        """A command that is none, in a private chat."""
        say = await self._speech(update)
        await tell(update, context, say(texts.UNKNOWN_COMMAND), say)

    async def no_text(self, update: Update, context: Context) -> None:
        """A photo, a sticker, a voice message in a private chat."""
        say = await self._speech(update)
        await tell(update, context, say(texts.TEXT_ONLY), say)

    async def failed(self, update: object, context: Context) -> None:
        """Whatever a reply raised: the log gets the traceback, the person gets a sentence."""
        _logger.error("an update could not be handled", exc_info=context.error)
        note(Outcome.FAILED, repr(context.error))
        if isinstance(update, Update) and update.effective_message and not isinstance(context.error, TelegramError):
            say = await self._speech(update)
            await reply(context.bot, update.effective_message, [Message(say(texts.FAILED))], say)

    async def _speech(self, update: Update) -> Speech:
        return await speech_for(self._service, update.effective_user)


def the_message(update: Update) -> TelegramMessage:
    """The message of an update; the filters let no update pass that has none."""
    if update.message is None:
        raise TypeError("this update holds no new message")
    return update.message


async def tell(update: Update, context: Context, text: str, say: Speech = ENGLISH) -> None:
    """Reply with a text; what goes wrong is said in the same language."""
    await reply(context.bot, the_message(update), [Message(text)], say)
