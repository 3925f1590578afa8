"""What is said in a group that the bot has come into?"""

import time
from collections import OrderedDict
from typing import Any, Final

from telegram import ChatMemberAdministrator, Update
from telegram.ext import Application, ChatMemberHandler, ContextTypes

from bot.answering import AnswerService
from bot.telegram import texts
from bot.telegram.listeners import speech_for
from bot.telegram.messages import Message
from bot.telegram.sending import send

_AGAIN_SECONDS: Final = 3600.0
_GREETED: Final = 10_000  # groups that are remembered


class Membership:
    """Says once in a group how to ask there; of where the bot is otherwise, nothing is said.

    Args:
        service: knows in which language people are spoken to.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service
        self._greeted: OrderedDict[int, float] = OrderedDict()

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application that this replies to being added."""
        application.add_handler(ChatMemberHandler(self.added, ChatMemberHandler.MY_CHAT_MEMBER))

    async def added(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Into a group; those who add and remove it again and again are told once an hour. Others are not let in."""
        change = update.my_chat_member
        if change is None or not self._is_new(change.chat.id):
            return
        say = await speech_for(self._service, change.from_user)
        reads_all = context.bot.bot.can_read_all_group_messages or isinstance(
            change.new_chat_member, ChatMemberAdministrator
        )
        more = say(texts.READS_ALL, name=context.bot.username) if reads_all else say(texts.READS_COMMANDS)
        await send(context.bot, change.chat.id, [Message(f"{say(texts.ADDED_TO_GROUP)}\n{more}")], say)

    def _is_new(self, chat_id: int) -> bool:
        now = time.monotonic()
        new = now - self._greeted.get(chat_id, now - _AGAIN_SECONDS) >= _AGAIN_SECONDS
        if new:
            self._greeted[chat_id] = now
            if len(self._greeted) > _GREETED:
                self._greeted.popitem(last=False)
        return new
