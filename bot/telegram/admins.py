"""Who is an admin, and what do the others hear who try what only admins may?"""

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answering import AnswerService
from bot.telegram import admin_texts, texts
from bot.telegram.handlers import tell, the_message
from bot.telegram.listeners import speech_for

_logger: Final = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


class Admins:
    """Those who are known by their number, heard in private only, and in person.

    Args:
        service: knows what stands for a person in the logs, and in which language they are spoken to.
        admin_ids: Telegram user ids.
    """

    def __init__(self, service: AnswerService, admin_ids: frozenset[int]) -> None:
        self._service = service
        self._admin_ids = admin_ids

    def only(self, callback: Callback) -> Callback:
        """A command for admins: others, and what was forwarded, get a sentence in its place."""

        async def guarded(update: Update, context: Context) -> None:
            if self.is_admin(update):
                forwarded = the_message(update).forward_origin is not None
                await (tell(update, context, admin_texts.FORWARDED) if forwarded else callback(update, context))
                return
            self.note_refusal(update)
            say = await speech_for(self._service, update.effective_user)
            await tell(update, context, say(texts.NOT_ADMIN), say)

        return guarded

    def is_admin(self, update: Update) -> bool:
        """Whether an update is from an admin, in a private chat with the bot."""
        user, chat, message = update.effective_user, update.effective_chat, update.message
        in_person = message is None or message.sender_chat is None
        known = user is not None and user.id in self._admin_ids
        return known and in_person and chat is not None and chat.type == ChatType.PRIVATE

    def by(self, update: Update) -> str | None:
        """What stands in the logs for the person who sent an update; None where nobody is known."""
        return self._service.pseudonym(update.effective_user.id) if update.effective_user else None

    def note_refusal(self, update: Update) -> None:
        """Let the program's log say that somebody tried."""
        _logger.info("what only admins may was refused to %s", self.by(update))
