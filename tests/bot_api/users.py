"""What people do: write, press buttons, upload, block."""

import itertools
from typing import Any

from tests.bot_api import td, texts
from tests.bot_api.messages import render
from tests.bot_api.state import Chat, TelegramState

NOT_DELIVERED = 0


class Users:
    """The side of Telegram on which people are. Every method answers the id of the update.

    In groups without `can_read_all_group_messages`, what is neither a command for the bot nor a
    reply to it does not reach the bot: the answer is then 0.
    """

    def __init__(self, state: TelegramState) -> None:
        self._state = state
        self._query_ids = itertools.count(1)

    def send_text(
        self,
        text: str,
        *,
        user_id: int = 1001,
        chat_id: int | None = None,
        chat_type: str = "private",
        first_name: str = "Ada",
        language_code: str = "en",
        message_thread_id: int | None = None,
        reply_to_bot: bool = False,
    ) -> int:
        """Let a user write a text; commands, links and mentions in it are marked as Telegram does."""
        found = texts.as_json(td.FormattedText(text, td.find(text)), self._state.users)
        content: dict[str, Any] = {"text": text} | ({"entities": found} if found else {})
        return self.send_message(
            content,
            user_id=user_id,
            chat_id=chat_id,
            chat_type=chat_type,
            first_name=first_name,
            language_code=language_code,
            message_thread_id=message_thread_id,
            reply_to_bot=reply_to_bot,
        )

    def send_message(
        self,
        content: dict[str, Any],
        *,
        user_id: int = 1001,
        chat_id: int | None = None,
        chat_type: str = "private",
        first_name: str = "Ada",
        language_code: str = "en",
        message_thread_id: int | None = None,
        reply_to_bot: bool = False,
    ) -> int:
        """Let a user send a message with these fields, such as {"sticker": ...}.

        Raises:
            ValueError: The chat does not fit the type, or there is nothing of the bot to reply to.
        """
        sender = {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        profile = _profile(chat_id, chat_type, sender, in_topic=message_thread_id is not None)
        message = {
            "message_id": self._state.next_message_id(),
            "date": int(self._state.clock()),
            "chat": profile,
            "from": sender,
        }
        if message_thread_id is not None:
            message |= {"message_thread_id": message_thread_id, "is_topic_message": True}
        if reply_to_bot:
            message["reply_to_message"] = self._last_of_bot(int(profile["id"]))
        return self._deliver("message", message | content)

    def send_photo(self, *, caption: str | None = None, **sender: Any) -> int:
        """Let a user send a photo: a message without text."""
        photo = self._state.add_file("photo.jpg", b"photo")
        size = {"file_id": photo.file_id, "file_unique_id": f"U-{photo.file_id}", "width": 90, "height": 90}
        content = {"photo": [size]} | ({"caption": caption} if caption else {})
        return self.send_message(content, **sender)

    def send_document(
        self,
        file_name: str,
        content: bytes,
        *,
        file_size: int | None = None,
        mime_type: str | None = None,
        **sender: Any,
    ) -> int:
        """Let a user send a file, which the bot may download; `file_size` is what Telegram claims."""
        document = self._state.add_file(file_name, content, file_size)
        raw: dict[str, Any] = {
            "file_id": document.file_id,
            "file_unique_id": f"U-{document.file_id}",
            "file_name": file_name,
            "file_size": document.size,
        }
        return self.send_message({"document": raw | ({"mime_type": mime_type} if mime_type else {})}, **sender)

    def edit_text(self, chat_id: int, message_id: int, text: str) -> int:
        """Let a user change a message of theirs.

        Raises:
            KeyError: There is no such message of a user.
        """
        old = self._state.chats[chat_id].heard[message_id]
        found = texts.as_json(td.FormattedText(text, td.find(text)), self._state.users)
        message = {key: value for key, value in old.items() if key != "entities"}
        message |= {"text": text, "edit_date": int(self._state.clock())} | ({"entities": found} if found else {})
        return self._deliver("edited_message", message)

    def press_button(self, chat_id: int, message_id: int, callback_data: str, *, user_id: int = 1001) -> int:
        """Let a user press a callback button under a message of the bot.

        Raises:
            ValueError: The message bears no such button.
        """
        message = self.message_json(chat_id, message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == callback_data for row in rows for button in row):
            raise ValueError(f"message {message_id} has no button {callback_data!r}")
        query = {
            "id": f"C{next(self._query_ids)}",
            "from": self._person(user_id),
            "chat_instance": str(chat_id),
            "message": message,
            "data": callback_data,
        }
        return self.send_update({"callback_query": query})

    def send_inline_query(self, query: str, *, user_id: int = 1001, offset: str = "") -> int:
        """Let a user type an inline query."""
        raw = {"id": f"I{next(self._query_ids)}", "from": self._person(user_id), "query": query, "offset": offset}
        return self.send_update({"inline_query": raw})

    def send_update(self, raw: dict[str, Any]) -> int:
        """Queue any update as it is, broken ones included; a missing update_id is filled in."""
        update = dict(raw)
        self._state.learn(update)
        return self._state.updates.add(update)

    def block(self, chat_id: int, *, blocked: bool = True) -> None:
        """Let a user block the bot, or a group throw it out; `blocked=False` takes it back."""
        self._state.chats[chat_id].blocked = blocked

    def migrate(self, chat_id: int, new_chat_id: int) -> None:
        """Let a group become a supergroup: writing to the old chat answers the new identifier."""
        old = self._state.chats[chat_id]
        old.migrated_to = new_chat_id
        profile = old.profile | {"id": new_chat_id, "type": "supergroup"}
        self._state.chats[new_chat_id] = Chat(profile, members=dict(old.members))

    def appoint(self, chat_id: int, user_id: int, status: str = "administrator") -> None:
        """Give a user a status in a chat: creator, administrator, member, left or kicked."""
        self._state.chats[chat_id].members[user_id] = status

    def message_json(self, chat_id: int, message_id: int) -> dict[str, Any]:
        """Answer a message of the bot as an object of the Bot API."""
        chat = self._state.chats[chat_id]
        return render(chat.sent[message_id], chat, self._state)

    def _person(self, user_id: int) -> dict[str, Any]:
        return self._state.users.get(user_id, {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"})

    def _last_of_bot(self, chat_id: int) -> dict[str, Any]:
        chat = self._state.chats.get(chat_id)
        standing = [sent for sent in chat.sent.values() if not sent.deleted] if chat else []
        if not chat or not standing:
            raise ValueError(f"the bot has sent nothing to chat {chat_id} which could be replied to")
        return render(standing[-1], chat, self._state)

    def _deliver(self, kind: str, message: dict[str, Any]) -> int:
        if not self._reaches_bot(message):
            self._state.learn_message(message)
            return NOT_DELIVERED
        return self.send_update({kind: message})

    def _reaches_bot(self, message: dict[str, Any]) -> bool:
        # Bot API documentation: privacy mode. A plain mention does not arrive.
        if message["chat"]["type"] == "private" or self._state.can_read_all_group_messages:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self._state.bot["id"]:
            return True
        commands = [entity for entity in message.get("entities", []) if entity["type"] == "bot_command"]
        return any(self._is_mine(message["text"], command) for command in commands)

    def _is_mine(self, text: str, command: dict[str, Any]) -> bool:
        addressee = texts.utf16_slice(text, command["offset"], command["length"]).partition("@")[2]
        return addressee.lower() in ("", self._state.bot["username"].lower())


def _profile(chat_id: int | None, chat_type: str, sender: dict[str, Any], *, in_topic: bool) -> dict[str, Any]:
    if chat_type == "private":
        if chat_id not in (None, sender["id"]):
            raise ValueError("a private chat bears the identifier of its user")
        return {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
    if chat_id is None or chat_id >= 0:
        raise ValueError("a group needs a negative chat_id")
    profile = {"id": chat_id, "type": chat_type, "title": f"Group {-chat_id}"}
    return profile | ({"is_forum": True} if in_topic else {})
