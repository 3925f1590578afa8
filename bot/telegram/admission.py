"""Which updates are let in at all?

This is decided before anything is written or done. What is not let in leaves no trace: it is not in the inbox, and no
line of the log tells of it.
"""

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from telegram import Bot, ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import Application, CommandHandler

from bot.settings import Settings
from bot.telegram import texts
from bot.telegram.addressed import Me, is_meant
from bot.telegram.limits import Limits
from bot.telegram.presence import Presence
from bot.telegram.raw_updates import Glance, glance_at

_logger: Final = logging.getLogger(__name__)
_AGAIN_SECONDS: Final = 3600.0  # until a chat in which we do not answer is told so again
_TOLD: Final = 20_000  # such chats that are remembered
_WRITTEN: Final = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.GUEST_MESSAGE)
_DONE: Final = (Update.CALLBACK_QUERY, Update.MESSAGE_REACTION, Update.CHOSEN_INLINE_RESULT)
_GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)
_END_OF_TIME: Final = 2**40
_IN: Final = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)

MOVED: Final = (
    "the group %d of CHATS has become a supergroup, and is %d from now on: write that into CHATS, or it is left at the "
    "next start"
)


class Reason(StrEnum):
    """Why an update is not let in."""

    NOT_MEANT = "not_meant"
    """People say it to each other."""
    NOTED = "noted"
    """It only tells where the bot is, which is known now."""
    ELSEWHERE = "elsewhere"
    """It is from a chat in which the bot does not answer."""
    LIMIT = "limit"
    """Too many came before it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An update is not let in.

    Attributes:
        reason: why.
        words: what of `texts` is to be said where it came from; None for nothing.
        values: what stands in its braces.
        leave: whether that chat is to be left afterwards.
    """

    reason: Reason
    words: str | None = None
    values: Mapping[str, int] = field(default_factory=dict)
    leave: bool = False


class Admission:
    """Decides about updates as they come, each once, in the order of their arrival.

    Args:
        bot: that they are for, initialized before the first one comes.
        commands: those that it knows.
        settings: who has which limits, and where it answers. Admins are answered everywhere, and have no limits of
            their own.
        presence: is told where the bot is.
        clock: seconds; that of the loop in which updates are dealt with.

    Attributes:
        presence: where the bot is.
    """

    def __init__(
        self,
        bot: Bot,
        commands: frozenset[str],
        settings: Settings,
        presence: Presence,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.presence = presence
        self._bot = bot
        self._commands = commands
        self._limits = Limits(settings.person_limit, settings.group_limit)
        self._chats = set(settings.chats)
        self._admin_ids = settings.admin_ids
        self.presence.on_moved += [self._limits.move, self._let_in_as_well]
        self._clock = clock
        self._told: OrderedDict[int, float] = OrderedDict()
        self._me: Me | None = None

    def judge(self, raw: dict[str, Any]) -> Refusal | None:
        """Whether an update is let in: None; else why not. It may hold anything but its `update_id`."""
        seen = glance_at(raw)
        if seen.chat is not None and self._only_tells_where_i_am(seen, seen.chat):
            return Refusal(Reason.NOTED)
        if not is_meant(raw, self._who_i_am()):
            return Refusal(Reason.NOT_MEANT)
        if not self._answers(seen):
            return self._elsewhere(seen)
        return self._beyond_limit(seen)

    def _who_i_am(self) -> Me:
        if self._me is None:
            self._me = Me(self._bot.id, self._bot.username.lower(), self._commands)
        return self._me

    def _only_tells_where_i_am(self, seen: Glance, chat: int) -> bool:
        """Note what an update tells of that; whether there is nothing more to it."""
        if seen.kind == Update.MY_CHAT_MEMBER:
            before, now = (_is_in(seen.content.get(name)) for name in ("old_chat_member", "new_chat_member"))
            if not now:
                self.presence.leave(chat, self._clock())
            # Else it has come into a group, where something is to be said.
            return before or not now or seen.content["chat"].get("type") not in _GROUPS
        to, come_from = seen.content.get("migrate_to_chat_id"), seen.content.get("migrate_from_chat_id")
        if type(to) is int:
            self.presence.move(chat, to)
        elif type(come_from) is int:
            self.presence.move(come_from, chat)
        else:
            return False
        return True

    def _answers(self, seen: Glance) -> bool:
        chats, person = self._chats, seen.person
        return not chats or seen.chat in chats or person in chats or person in self._admin_ids

    def _elsewhere(self, seen: Glance) -> Refusal:
        # As a guest it is not in the chat: there is nothing to leave, and nobody to be told.
        if seen.chat is None or seen.kind in {*_DONE, Update.GUEST_MESSAGE}:
            return Refusal(Reason.ELSEWHERE)
        group, now = seen.chat < 0, self._clock()
        if now - self._told.get(seen.chat, -math.inf) < _AGAIN_SECONDS:
            return Refusal(Reason.ELSEWHERE, leave=group)
        self._told[seen.chat] = now
        if len(self._told) > _TOLD:
            self._told.popitem(last=False)
        words = texts.NOT_IN_THIS_GROUP if group else texts.NOT_IN_THIS_CHAT
        return Refusal(Reason.ELSEWHERE, words, {"number": seen.chat}, leave=group)

    def _beyond_limit(self, seen: Glance) -> Refusal | None:
        person = None if seen.person in self._admin_ids else seen.person
        excess, words = None, None
        if seen.kind in _WRITTEN:
            group = seen.chat if seen.chat is not None and seen.chat < 0 else None
            excess = self._limits.message(person, group, _written_at(seen.content))
            words = None if seen.kind == Update.GUEST_MESSAGE else texts.TOO_FAST
        elif seen.kind in _DONE and person is not None:
            excess = self._limits.press(person, self._clock())
            words = texts.TOO_FAST_PRESSES if seen.kind == Update.CALLBACK_QUERY else None
        elif seen.kind == Update.INLINE_QUERY and person is not None:
            excess = self._limits.inline(person, self._clock())
        if excess is None:
            return None
        values = {"limit": excess.limit, "seconds": excess.seconds}
        return Refusal(Reason.LIMIT, words if excess.first else None, values)

    def _let_in_as_well(self, old: int, new: int) -> None:
        if old in self._chats and new not in self._chats:
            self._chats.add(new)
            _logger.warning(MOVED, old, new)


def commands_of(application: Application[Any, Any, Any, Any, Any, Any]) -> frozenset[str]:
    """The commands that an application replies to, without the slash."""
    handlers = [each for group in application.handlers.values() for each in group]
    return frozenset(name for each in handlers if isinstance(each, CommandHandler) for name in each.commands)


def _is_in(member: Any) -> bool:
    """Whether that is what Telegram says of somebody who is in a chat."""
    if not isinstance(member, dict):
        return False
    return member.get("status") in _IN or (
        member.get("status") == ChatMember.RESTRICTED and member.get("is_member") is True
    )


def _written_at(message: dict[str, Any]) -> float:
    """When a message was written or edited, by Telegram's clock."""
    at = message.get("edit_date", message.get("date"))
    return float(at) if type(at) is int and 0 <= at < _END_OF_TIME else time.time()
