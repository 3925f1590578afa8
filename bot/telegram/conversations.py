"""What was asked before, which a question without a subject of its own is about?"""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Final

from telegram import Message as TelegramMessage

from bot.answering import AnswerService
from db import LogError

_LASTS: Final = dt.timedelta(minutes=30)
_KNOWN: Final = 20_000

_Talk = tuple[int, int | None, int]  # chat, topic, person


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question in a conversation.

    Attributes:
        message_id: of the message that asks it.
        at: when it was asked, with a time zone.
        subject: the question whose words say what it is about: itself, or an earlier one.
        before: that of the question before it; None where it was the first.
    """

    message_id: int
    at: dt.datetime
    subject: str
    before: str | None


class Conversations:
    """Remembers of every person what they asked last in each chat, for half an hour and as long as this process lives.

    Args:
        service: knows what was asked and answered in messages that are replied to, however long ago.
        known: so many are remembered; of more, those that were begun first are forgotten.
    """

    def __init__(self, service: AnswerService, known: int = _KNOWN) -> None:
        self._service = service
        self._known = known
        self._turns: OrderedDict[_Talk, _Turn] = OrderedDict()

    async def before(self, message: TelegramMessage) -> str | None:
        """What was asked before a message, new or edited; None where it begins something new.

        Of a reply to a question, or to its answer, it is that question, whoever asked it.
        """
        return await self._replied_to(message) or self._last(message)

    def note(self, message: TelegramMessage, subject: str) -> None:
        """A message has asked something.

        Args:
            message: new or edited.
            subject: the question whose words say what it is about.
        """
        talk = _talk_of(message)
        if talk is None:
            return
        before = self._last(message)
        self._turns[talk] = _Turn(message.message_id, message.date, subject, before)
        self._turns.move_to_end(talk)
        if len(self._turns) > self._known:
            self._turns.popitem(last=False)

    def move(self, old: int, new: int) -> None:
        """A group has another number from now on; its messages are counted anew."""
        for chat, topic, person in [talk for talk in self._turns if talk[0] == old]:
            self._turns[new, topic, person] = replace(self._turns.pop((chat, topic, person)), message_id=0)

    def _last(self, message: TelegramMessage) -> str | None:
        talk = _talk_of(message)
        turn = self._turns.get(talk) if talk else None
        if turn is None or not turn.at - _LASTS <= message.date <= turn.at + _LASTS:
            return None
        if turn.message_id == message.message_id:
            return turn.before
        return turn.subject if turn.message_id < message.message_id else None

    async def _replied_to(self, message: TelegramMessage) -> str | None:
        replied = message.reply_to_message
        if replied is None:
            return None
        try:
            found = await self._service.recall.by_place(self._service.place(message.chat.id, replied.message_id))
        except LogError:  # said where questions are logged
            return None
        return (found.follows or found.text) if found else None


def _talk_of(message: TelegramMessage) -> _Talk | None:
    """Whose conversation a message belongs to, and where; None where somebody speaks for a chat."""
    if message.from_user is None or message.sender_chat is not None:
        return None
    topic = message.message_thread_id if message.is_topic_message else None
    return message.chat.id, topic, message.from_user.id
