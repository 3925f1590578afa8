"""How does a person choose the language that the bot speaks with them?"""

import logging
from typing import Any, Final

from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Update,
    User,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.answering import AnswerService
from bot.speech import LANGUAGES, Speech, language_named, own_name, speech_in
from bot.telegram import texts
from bot.telegram.failures import in_words
from bot.telegram.handlers import NEW, the_message
from bot.telegram.listeners import speech_for
from bot.telegram.messages import Message
from bot.telegram.sending import reply
from db import LogError

_logger: Final = logging.getLogger(__name__)
_VERB: Final = "l"
_AS_IN_TELEGRAM: Final = "-"
_IN_A_ROW: Final = 2

Context = ContextTypes.DEFAULT_TYPE


class Choosing:
    """/language, and the buttons that it shows. Each person chooses for themselves, in groups too.

    Args:
        service: remembers what they choose.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application which of these replies to what; before those that reply to any button."""
        application.add_handler(CommandHandler("language", self.language, filters=NEW))
        application.add_handler(CallbackQueryHandler(self.pressed, pattern=f"^{_VERB}:"))

    async def language(self, update: Update, context: Context) -> None:
        """/language: buttons; with a language behind it, that one."""
        message = the_message(update)
        person = message.from_user if message.sender_chat is None else None  # a chat chooses nothing
        words = " ".join((message.text or "").split()[1:])
        code = language_named(words)
        if person is not None and code is not None:
            say, said = await self._choose(person, code)
            await reply(context.bot, message, [Message(said)], say)
            return
        say = await speech_for(self._service, person)
        await reply(context.bot, message, [_question(say, texts.LANGUAGE_UNKNOWN if words else "")], say)

    async def pressed(self, update: Update, context: Context) -> None:
        """A button with a language: it is chosen for whoever pressed it. In private the question follows it."""
        query = update.callback_query
        if query is None:
            return
        code = (query.data or "").partition(":")[2]
        if code not in {*LANGUAGES, _AS_IN_TELEGRAM}:  # no button of ours carries that
            await _answer(query, "")
            return
        before = await speech_for(self._service, query.from_user)
        say, said = await self._choose(query.from_user, code if code in LANGUAGES else None)
        await _answer(query, said)
        if say is not before and isinstance(query.message, TelegramMessage):
            await _ask_anew(context.bot, query.message, say)

    async def _choose(self, person: User, code: str | None) -> tuple[Speech, str]:
        """Remember a choice; the words from now on, and what they say of it."""
        try:
            await self._service.languages.choose(self._service.pseudonym(person.id), code)
        except LogError as error:
            _logger.warning("the choice of a language could not be kept: %s", error)
            say = await speech_for(self._service, person)
            return say, say(texts.LANGUAGE_NOT_KEPT)
        say = speech_in(code or person.language_code)
        return say, say(texts.LANGUAGE_CHOSEN if code else texts.LANGUAGE_AS_IN_TELEGRAM)


async def _answer(query: CallbackQuery, text: str) -> None:
    try:
        await query.answer(text or None)
    except TelegramError as error:
        _logger.info("the press of a button was not answered: %s", in_words(error))


async def _ask_anew(bot: Bot, message: TelegramMessage, say: Speech) -> None:
    question = _question(say)
    if message.chat.type != ChatType.PRIVATE or message.text == question.text:
        return
    try:
        await bot.edit_message_text(question.text, message.chat.id, message.message_id, reply_markup=question.keyboard)
    except TelegramError as error:
        _logger.info("a question for a language stays as it was: %s", in_words(error))


def _question(say: Speech, first: str = "") -> Message:
    said = [say(text) for text in (first, texts.LANGUAGE_WHICH) if text]
    return Message(" ".join(said), keyboard=_buttons(say))


def _buttons(say: Speech) -> InlineKeyboardMarkup:
    choices = [(own_name(code), code) for code in LANGUAGES]
    choices.append((say(texts.LANGUAGE_OF_TELEGRAM), _AS_IN_TELEGRAM))
    buttons = [InlineKeyboardButton(name, callback_data=f"{_VERB}:{code}") for name, code in choices]
    return InlineKeyboardMarkup([buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)])
