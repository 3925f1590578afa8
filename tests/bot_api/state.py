"""What Telegram knows: chats, users, messages, queries and files."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api import limits
from tests.bot_api.errors import ApiError, bad_request, forbidden
from tests.bot_api.records import SentMessage
from tests.bot_api.updates import UpdateQueue

BOT_ID = 42
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Chat:
    """A chat which the bot knows of; `profile` is its `Chat` object in the Bot API.

    Attributes:
        topics: Known values of message_thread_id.
        sent: Messages of the bot by message_id, deleted ones included.
        heard: Messages of users by message_id, as objects of the Bot API.
        members: Status by user id.
        blocked: Whether the bot may not write here any more.
        migrated_to: Identifier of the supergroup which this group has become.
    """

    profile: dict[str, Any]
    topics: set[int] = field(default_factory=set)
    sent: dict[int, SentMessage] = field(default_factory=dict)
    heard: dict[int, dict[str, Any]] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    blocked: bool = False
    migrated_to: int | None = None

    @property
    def id(self) -> int:
        """Answer the chat's identifier."""
        return int(self.profile["id"])

    @property
    def is_private(self) -> bool:
        """Answer whether the chat has one person only."""
        return bool(self.profile["type"] == "private")


@dataclass(frozen=True, slots=True)
class Query:
    """A press, an inline query or a call as a guest, which the bot may answer once.

    Attributes:
        kind: Of the update that it came in.
        born: When it arose, by the monotonic clock.
        age: Seconds that it was old when it was put in the queue.
        raw: As the bot gets it.
    """

    kind: str
    born: float
    age: float
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the bot answered to an inline query: raw results by their ids."""

    query: Query
    results: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Document:
    """A file on Telegram's side; `size` is what Telegram says, `content` what a download gives."""

    file_id: str
    file_name: str
    content: bytes = field(repr=False)
    size: int = 0
    path: str = ""


class TelegramState:
    """Everything that outlives one call.

    Attributes:
        clock: Tells the seconds since 1970 that messages are dated by.
        inline_messages: Messages without a chat that the bot knows, by their ids.
        offers: The last inline results that each user was shown.
        inline_feedback: Whether the bot is told which results are chosen (BotFather: /setinlinefeedback).
        supports_guest_queries: Whether people may call the bot in chats where it is not (BotFather, too).
    """

    def __init__(
        self,
        bot_username: str,
        longest_poll: float,
        *,
        can_read_all_group_messages: bool,
        keep: int | None = None,
        local: bool = False,
    ) -> None:
        self.bot: dict[str, Any] = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Verbatim",
            "username": bot_username,
        }
        self.can_read_all_group_messages = can_read_all_group_messages
        self.updates = UpdateQueue(longest_poll)
        self.query_expiry = limits.QUERY_EXPIRY_SECONDS
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, dict[str, Any]] = {BOT_ID: self.bot}
        self.files: dict[str, Document] = {}
        self.commands: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.webhook: dict[str, Any] = {}
        self.webhook_error: dict[str, Any] = {}
        self.on_webhook: Callable[[], object] = lambda: None
        self.local = local
        self.clock: Callable[[], float] = time.time
        self._keep = keep
        self.inline_messages: dict[str, SentMessage] = {}
        self.offers: dict[int, Offer] = {}
        self.inline_feedback = True
        self.supports_guest_queries = False
        self._queries: dict[str, Query] = {}
        self._message_id = 0

    def next_message_id(self) -> int:
        """Answer a message_id which no message bears yet."""
        self._message_id += 1
        return self._message_id

    def learn(self, update: dict[str, Any], age: float = 0.0) -> None:
        """Take chats, users, topics, messages and queries out of an update, which arose so many seconds ago."""
        for kind in ("message", "edited_message", "channel_post", "edited_channel_post"):
            if isinstance(message := update.get(kind), dict):
                self.learn_message(message)
        for kind, key in (("callback_query", "id"), ("inline_query", "id"), ("guest_message", "guest_query_id")):
            if isinstance(query := update.get(kind), dict) and key in query:
                self._queries[str(query[key])] = Query(kind, time.monotonic() - age, age, query)
                self.forget_oldest(self._queries)
                self._learn_user(query.get("from"))

    def learn_message(self, message: dict[str, Any]) -> None:
        """Make a message, its chat, sender and topic known."""
        profile, sender = message.get("chat"), message.get("from")
        self._learn_user(sender)
        if not isinstance(profile, dict) or "id" not in profile:
            return
        chat = self.chats.setdefault(profile["id"], Chat(dict(profile)))
        if message_id := message.get("message_id"):
            self._message_id = max(self._message_id, message_id)
            chat.heard[message_id] = message
            self.forget_oldest(chat.heard)
        if thread := message.get("message_thread_id"):
            chat.topics.add(thread)
        if isinstance(sender, dict):
            chat.members.setdefault(sender["id"], "member")

    def forget_oldest(self, kept: dict[Any, Any]) -> None:
        """Take out of a dictionary what is more than is to be remembered, the oldest first."""
        while self._keep is not None and len(kept) > self._keep:
            del kept[next(iter(kept))]

    def _learn_user(self, user: Any) -> None:
        if isinstance(user, dict) and "id" in user:
            self.users[user["id"]] = user

    def chat(self, chat_id: int | str) -> Chat:
        """Answer a known chat, or refuse with "chat not found"."""
        if not isinstance(chat_id, int) or chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def reach(self, chat_id: int | str) -> Chat:
        """Answer a chat to which the bot may write."""
        chat = self.chat(chat_id)
        if chat.migrated_to is not None:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, parameters=moved, fault_of_bot=False)
        if chat.blocked and chat.is_private:
            raise forbidden("bot was blocked by the user")
        if chat.blocked and chat.members.get(BOT_ID) == "left":
            raise forbidden(f"bot is not a member of the {chat.profile['type']} chat")
        if chat.blocked:
            raise forbidden(f"bot was kicked from the {chat.profile['type']} chat")
        return chat

    def close_query(self, query_id: str) -> Query:
        """Take a query as answered; refuse one that is unknown, too old or answered before.

        One that was too old when it reached the bot is refused as well, but nobody could know.
        """
        query = self._queries.pop(query_id, None)
        if query is None or time.monotonic() - query.born > self.query_expiry:
            arrived_late = query is not None and query.age > self.query_expiry
            raise ApiError(400, f"Bad Request: {TOO_OLD}", fault_of_bot=not arrived_late)
        return query

    def keep_inline_message(self, message: SentMessage) -> str:
        """Keep a message that stands in a chat which the bot need not know; answer what it is known by."""
        message.inline_message_id = f"INLINE-{len(self.inline_messages) + 1}"
        self.inline_messages[message.inline_message_id] = message
        return message.inline_message_id

    def add_file(self, file_name: str, content: bytes, size: int | None = None) -> Document:
        """Keep a file and answer its identifier and path."""
        number = len(self.files) + 1
        suffix = file_name.rpartition(".")[2] if "." in file_name else "bin"
        document = Document(
            file_id=f"FILE-{number}",
            file_name=file_name,
            content=content,
            size=len(content) if size is None else size,
            path=f"documents/file_{number}.{suffix}",
        )
        self.files[document.file_id] = document
        return document
