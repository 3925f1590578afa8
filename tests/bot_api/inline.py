"""What people do with the bot in chats where it need not be: type a query, choose a result, call it as a guest."""

from typing import Any

from tests.bot_api import td, texts
from tests.bot_api.people import NOT_DELIVERED, People
from tests.bot_api.queries import posted
from tests.bot_api.records import SentMessage

QUERY = 256
"""Bot API documentation: InlineQuery, query, "up to 256 characters"."""


class Inline(People):
    """Inline queries, their results, and guest mode. Every method answers the id of the update; 0 where none came."""

    @property
    def inline_messages(self) -> list[SentMessage]:
        """Answer the messages that users have chosen among inline results, and those of the bot as a guest."""
        return list(self._state.inline_messages.values())

    def send_inline_query(
        self, query: str, *, user_id: int = 1001, offset: str = "", chat_type: str = "sender", seconds_ago: float = 0.0
    ) -> int:
        """Let a user type an inline query.

        Raises:
            ValueError: Telegram's apps do not send so long a query.
        """
        if len(query) > QUERY:
            raise ValueError(f"an inline query has at most {QUERY} characters, not {len(query)}")
        raw = {
            "id": f"I{next(self._query_ids)}",
            "from": self._person(user_id),
            "query": query,
            "offset": offset,
            "chat_type": chat_type,
        }
        return self.send_update({"inline_query": raw}, seconds_ago=seconds_ago)

    def choose_result(self, result_id: str, *, user_id: int = 1001, chat_id: int | None = None) -> int:
        """Let a user choose one of the inline results that they were shown last.

        Args:
            result_id: Of the result.
            user_id: Who chooses.
            chat_id: Where the message goes; if the bot is there, it gets the message as well, since it came by way of
                the bot. None is a chat which the bot does not know.

        Raises:
            ValueError: No such result was offered to that user.
        """
        offer = self._state.offers.get(user_id)
        if offer is None or result_id not in offer.results:
            raise ValueError(f"no result {result_id!r} was offered to user {user_id}")
        message = posted(self._state, offer.results[result_id])
        inline_id = self._state.keep_inline_message(message)
        chosen = {"result_id": result_id, "from": self._person(user_id), "query": offer.query.raw["query"]}
        if message.reply_markup:  # Bot API documentation: "Available only if there is an inline keyboard attached"
            chosen["inline_message_id"] = inline_id
        told = NOT_DELIVERED
        if self._state.inline_feedback:
            told = self.send_update({"chosen_inline_result": chosen})
        if chat_id is not None:
            self._deliver("message", self._message_via_bot(message, user_id, chat_id))
        return told

    def ask_as_guest(self, text: str, *, chat_id: int, user_id: int = 1001, chat_type: str = "supergroup") -> int:
        """Let a user call the bot by its name in a chat where it is not.

        Raises:
            ValueError: The text does not name the bot.
        """
        entities = texts.as_json(td.FormattedText(text, td.find(text)), self._state.users)
        names = [texts.utf16_slice(text, e["offset"], e["length"]) for e in entities if e["type"] == "mention"]
        if f"@{self._state.bot['username']}".lower() not in [name.lower() for name in names]:
            raise ValueError(f"a guest is called by its name, @{self._state.bot['username']}")
        if not self._state.supports_guest_queries:
            return NOT_DELIVERED
        message = {
            "message_id": 1,
            "date": int(self._state.clock()),
            "chat": self._profile(chat_id, chat_type),
            "from": self._person(user_id),
            "text": text,
            "entities": entities,
            "guest_query_id": f"G{next(self._query_ids)}",
        }
        return self.send_update({"guest_message": message})

    def _message_via_bot(self, message: SentMessage, user_id: int, chat_id: int) -> dict[str, Any]:
        raw: dict[str, Any] = {
            "message_id": self._state.next_message_id(),
            "date": message.date,
            "chat": self._state.chats[chat_id].profile,
            "from": self._person(user_id),
            "via_bot": self._state.bot,
            "text": message.text,
        }
        raw |= {"entities": message.entities} if message.entities else {}
        return raw | ({"reply_markup": message.reply_markup} if message.reply_markup else {})
