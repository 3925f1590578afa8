"""What do people think of an answer, as their reactions to its message show?"""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from telegram import MessageReactionUpdated, ReactionType, ReactionTypeEmoji, Update
from telegram.ext import Application, ContextTypes, MessageReactionHandler

from bot.answering import AnswerService
from bot.telegram.asking import PlaceKind
from db import Feedback, LogError

# Those that can mean little else; of the others nobody knows what they say of an answer.
_UP: Final = frozenset(["👍", "❤", "🔥", "👏", "🥰", "😍", "🤩", "💯", "👌", "🙏", "🏆", "🎉", "🤝", "❤️\u200d🔥", "⚡"])
_DOWN: Final = frozenset(["👎", "💩", "🤮", "🤡", "😡", "🤬", "🥱", "🖕", "💔", "😴"])


class Reactions:
    """Takes reactions to answers for votes on them.

    Args:
        service: knows what was answered, and logs.
    """

    def __init__(self, service: AnswerService) -> None:
        self._service = service

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application who notes reactions."""
        kind = MessageReactionHandler.MESSAGE_REACTION_UPDATED
        application.add_handler(MessageReactionHandler(self.reacted, message_reaction_types=kind))

    async def reacted(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Somebody has set, changed or removed a reaction. Whoever does so for a chat is nobody."""
        reaction = update.message_reaction
        if reaction is None or reaction.user is None:
            return
        before, now = verdict_of(reaction.old_reaction), verdict_of(reaction.new_reaction)
        key = await self._answered_in(reaction) if before != now else None
        if key is None:
            return
        by = self._service.pseudonym(reaction.user.id)
        vote = Feedback(key, reaction.date.astimezone(dt.UTC), by, now or before or "", via="reaction")
        tell = self._service.log.put_vote if now else self._service.log.withdraw
        self._service.remembering.add(partial(tell, vote))

    async def _answered_in(self, reaction: MessageReactionUpdated) -> str | None:
        """The key of the answer that stands in the message; None where there is none."""
        place = self._service.place(reaction.chat.id, reaction.message_id)
        try:
            found = await self._service.recall.by_place(place)
        except LogError:  # said where questions are logged
            return None
        if found is None or not any(each.hash == place and each.kind == PlaceKind.ANSWER for each in found.places):
            return None
        return found.key


def verdict_of(reactions: Iterable[ReactionType]) -> str | None:
    """What reactions say of an answer: up, down, or None for nothing; the last one that says something counts."""
    said = [each.emoji for each in reactions if isinstance(each, ReactionTypeEmoji)]
    verdicts = ["up" if emoji in _UP else "down" for emoji in said if emoji in _UP or emoji in _DOWN]
    return verdicts[-1] if verdicts else None
