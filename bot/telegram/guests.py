"""What is answered where the bot is called by its name in a chat that it is not in?"""

import datetime as dt
import logging
from dataclasses import replace
from typing import Any, Final

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.answering import AnswerService, Channel
from bot.telegram import texts
from bot.telegram.addressed import question_to_guest
from bot.telegram.deep_links import link_of
from bot.telegram.deliveries import Outcome, current, note
from bot.telegram.drafts import Message
from bot.telegram.failures import in_words
from bot.telegram.listeners import speech_for
from bot.telegram.messages import to_page

_logger: Final = logging.getLogger(__name__)
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_RESULT: Final = "answer"


class Guests:
    """Answers as a guest: with one message, and with nothing afterwards, since the bot is not there.

    Args:
        service: answers and logs.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who replies where it is called."""
        application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, self.called))

    async def called(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody has called the bot, with a question or without."""
        message = update.guest_message
        if message is None or message.guest_query_id is None:
            return
        answer = await self._answer(message, question_to_guest(message), context.bot.username)
        content = InputTextMessageContent(answer.text, entities=answer.entities, link_preview_options=_NO_PREVIEW)
        result = InlineQueryResultArticle(_RESULT, _RESULT, content, reply_markup=answer.keyboard)
        try:
            await context.bot.answer_guest_query(message.guest_query_id, result)
        except TelegramError as error:
            note(Outcome.DROPPED)
            _logger.info("a call as a guest was not answered: %s", in_words(error))

    async def _answer(self, message: TelegramMessage, question: str, username: str) -> Message:
        user = message.from_user if message.sender_chat is None else None
        say = await speech_for(self._service, user)
        if not question:
            return Message(say(texts.GUEST_ASK_WHAT, name=username))
        delivery = current()
        answered = await self._service.answer(
            question,
            Channel.GUEST,
            user.id if user else None,
            asked_at=message.date.astimezone(dt.UTC),
            record=delivery.record if delivery else None,
        )
        page = to_page(answered.answer, say)
        if delivery is not None and (entry := delivery.entry) is not None:
            delivery.record(replace(entry, passages=entry.passages[: len(page.passages)]))
        more = InlineKeyboardButton(say(texts.GUEST_MORE), url=link_of(username, answered.key))
        return page.draft.finished(InlineKeyboardMarkup([[more]]))
