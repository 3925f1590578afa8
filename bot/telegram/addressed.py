"""Is a message meant for us, and what does it ask?

In a private chat everything is. Of a group only our commands, replies to what we said and mentions of our name are; the
rest is what people say to each other, and nobody here reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from telegram import Message as TelegramMessage
from telegram import MessageEntity, Update
from telegram.constants import ChatType

_ASK: Final = "ask"
_TIMELINE: Final = "timeline"
_MESSAGES: Final = (Update.MESSAGE, Update.EDITED_MESSAGE)
# What concerns us by its nature, in a group too: nobody can press or react where we have not written, and who calls a
# guest has named it.
_OURS: Final = frozenset({
    Update.CALLBACK_QUERY, Update.INLINE_QUERY, Update.CHOSEN_INLINE_RESULT, Update.MESSAGE_REACTION,
    Update.MY_CHAT_MEMBER, Update.GUEST_MESSAGE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Me:
    """The bot, as people address it.

    Attributes:
        id: its number.
        name: its user name, in lower case and without the at sign.
        commands: those that it knows, /ask aside, without the slash.
    """

    id: int
    name: str
    commands: frozenset[str] = frozenset()


class Mark(NamedTuple):
    """A command, a mention or the like in a text; `[start, end)` in Telegram's UTF-16 units, `user` if it names one."""

    kind: str
    start: int
    end: int
    user: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What of a message decides whether it is meant for us.

    Attributes:
        private: whether nobody else reads it.
        text: what is written, also below a photo or a file; may be empty.
        marks: of the text, in order.
        answers: who wrote the message that it replies to, None if it replies to none.
        via: the bot by which a person inserted it.
        foreign: whether nobody here wrote it: a bot, a copy of a channel's post, something forwarded into a group.
    """

    private: bool
    text: str
    marks: tuple[Mark, ...]
    answers: int | None
    via: int | None
    foreign: bool


def is_meant(update: dict[str, Any], me: Me) -> bool:
    """Whether an update is to be dealt with. It may hold anything; one that is of no group is meant."""
    for kind in _MESSAGES:
        message = update.get(kind)
        if isinstance(message, dict):
            return _is_for(me, said_in(message))
    if not _OURS.isdisjoint(update):
        return True
    return not any(isinstance(each, dict) and _is_shared(each.get("chat")) for each in update.values())


def question_in(said: Said, me: Me) -> str | None:
    """What a message asks us, without the command or our name; empty where only these stand, None if it asks nothing.

    A command asks only if it is /ask and not another bot's, whatever else stands in its message.
    """
    command, addressee, rest = _command_of(said)
    if command is not None:
        return rest if command == _ASK and addressee in {"", me.name} else None
    if said.private:
        return said.text or None
    mentions = [mark for mark in said.marks if _names(mark, said.text, me)]
    if mentions:
        return _without(said.text, mentions)
    return said.text if said.text and said.answers == me.id else None


def question_of(message: TelegramMessage) -> str | None:
    """What a message asks the bot that received it; see `question_in`."""
    bot = message.get_bot()
    return question_in(said_by(message), Me(bot.id, bot.username.lower()))


def question_to_guest(message: TelegramMessage) -> str:
    """What is asked where the bot was called as a guest, without its name; empty where that is nothing."""
    bot, said = message.get_bot(), replace(said_by(message), private=False)
    return question_in(said, Me(bot.id, bot.username.lower())) or ""


def topic_of(message: TelegramMessage) -> str | None:
    """What a message wants to be told as a timeline; empty where it does not say, None if it wants none."""
    command, addressee, rest = _command_of(said_by(message))
    return rest if command == _TIMELINE and addressee in {"", message.get_bot().username.lower()} else None


def is_inserted(message: TelegramMessage) -> bool:
    """Whether somebody inserted it by our own inline mode: what we wrote ourselves asks us nothing."""
    return message.via_bot is not None and message.via_bot.id == message.get_bot().id


def said_by(message: TelegramMessage) -> Said:
    """A message that was read."""
    sender, replied, private = message.from_user, message.reply_to_message, message.chat.type == ChatType.PRIVATE
    entities = message.entities or message.caption_entities
    return Said(
        private=private,
        text=message.text or message.caption or "",
        marks=tuple(Mark(e.type, e.offset, e.offset + e.length, e.user.id if e.user else None) for e in entities),
        answers=replied.from_user.id if replied and replied.from_user and not replied.forum_topic_created else None,
        via=message.via_bot.id if message.via_bot else None,
        foreign=(sender is not None and sender.is_bot and message.sender_chat is None)
        or bool(message.is_automatic_forward)
        or (not private and message.forward_origin is not None),
    )


def said_in(message: dict[str, Any]) -> Said:
    """A message as it came, in which anything may stand."""
    text = message.get("text") or message.get("caption")
    private = not _is_shared(message.get("chat"))
    replied = _object(message, "reply_to_message")
    return Said(
        private=private,
        text=text if isinstance(text, str) else "",
        marks=tuple(_marks(message.get("entities") or message.get("caption_entities"))),
        answers=None if "forum_topic_created" in replied else _number(_object(replied, "from")),
        via=_number(_object(message, "via_bot")),
        foreign=(_object(message, "from").get("is_bot") is True and "sender_chat" not in message)
        or message.get("is_automatic_forward") is True
        or (not private and "forward_origin" in message),
    )


def _is_for(me: Me, said: Said) -> bool:
    if said.foreign or said.via == me.id:
        return False
    if said.private:
        return True
    command, addressee, _ = _command_of(said)
    known = command in me.commands and addressee in {"", me.name}
    return known or question_in(said, me) is not None


def _command_of(said: Said) -> tuple[str | None, str, str]:
    """The command that a text begins with, in lower case; the bot that it is for, if it says so; what follows it."""
    first = said.marks[0] if said.marks else None
    if first is None or first.kind != MessageEntity.BOT_COMMAND or first.start:
        return None, "", ""
    name, _, addressee = said.text[1 : first.end].lower().partition("@")  # commands are ASCII
    return name, addressee, said.text[first.end :].strip()


def _names(mark: Mark, text: str, me: Me) -> bool:
    if mark.kind == MessageEntity.TEXT_MENTION:
        return mark.user == me.id
    return mark.kind == MessageEntity.MENTION and _cut(text, mark.start, mark.end).lower() == f"@{me.name}"


def _without(text: str, marks: list[Mark]) -> str:
    """The text without these, nor the /ask and the punctuation that mentions leave at its beginning."""
    parts, end = list[str](), 0
    for mark in marks:
        parts.append(_cut(text, end, mark.start))
        end = mark.end
    parts.append(_cut(text, end, None))
    left = " ".join(part.strip() for part in parts if part.strip()).lstrip(",:;.!-–— ")
    word, *more = left.split(maxsplit=1) or [""]
    return "".join(more) if word.lower() == f"/{_ASK}" else left


def _cut(text: str, start: int, end: int | None) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : None if end is None else 2 * end].decode("utf-16-le", "replace")


def _is_shared(chat: Any) -> bool:
    """Whether others may write there too."""
    return isinstance(chat, dict) and chat.get("type") != ChatType.PRIVATE


def _marks(entities: Any) -> Iterator[Mark]:
    for each in entities if isinstance(entities, list) else ():
        if not isinstance(each, dict):
            continue
        kind, start, length = each.get("type"), each.get("offset"), each.get("length")
        if isinstance(kind, str) and type(start) is int and type(length) is int and start >= 0 and length >= 0:
            yield Mark(kind, start, start + length, _number(_object(each, "user")))


def _object(holder: dict[str, Any], name: str) -> dict[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _number(of: dict[str, Any]) -> int | None:
    found = of.get("id")
    return found if type(found) is int else None
