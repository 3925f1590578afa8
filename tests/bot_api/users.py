"""What people do: write, press buttons, upload, block."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.bot_api import td, texts
from tests.bot_api.inline import Inline
from tests.bot_api.memberships import Memberships
from tests.bot_api.messages import render
from tests.bot_api.people import NOT_DELIVERED
from tests.bot_api.records import SentMessage
from tests.bot_api.state import BOT_ID


class Users(Inline, Memberships):
    """The side of Telegram on which people are. Every method answers the id of the update.

    In groups without `can_read_all_group_messages`, what is neither a command for the bot nor a
    reply to it does not reach the bot: the answer is then 0.
    """

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
        content: dict[str, Any] = {"text": text} | self._marks("entities", text)
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
        profile = self._chat(chat_id, chat_type, sender, in_topic=message_thread_id is not None)
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
        content = {"photo": [size]} | self._caption(caption)
        return self.send_message(content, **sender)

    def send_document(
        self,
        file_name: str,
        content: bytes,
        *,
        file_size: int | None = None,
        mime_type: str | None = None,
        caption: str | None = None,
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
        raw |= {"mime_type": mime_type} if mime_type else {}
        return self.send_message({"document": raw} | self._caption(caption), **sender)

    def edit_text(self, chat_id: int, message_id: int, text: str) -> int:
        """Let a user change a message of theirs.

        Raises:
            KeyError: There is no such message of a user.
        """
        old = self._state.chats[chat_id].heard[message_id]
        message = {key: value for key, value in old.items() if key != "entities"}
        message |= {"text": text, "edit_date": int(self._state.clock())} | self._marks("entities", text)
        return self._deliver("edited_message", message)

    def press_button(
        self,
        chat_id: int,
        message_id: int,
        callback_data: str,
        *,
        user_id: int = 1001,
        seconds_ago: float = 0.0,
        stale: bool = False,
    ) -> int:
        """Let a user press a callback button under a message of the bot.

        Args:
            chat_id: Where the message is.
            message_id: Of the message.
            callback_data: Of the button.
            user_id: Who presses; in a private chat nobody else can.
            seconds_ago: How long ago that was.
            stale: Whether the user sees the message as it was before: the button may be gone by now.

        Raises:
            ValueError: The message bears no such button, or nobody else is in the chat.
        """
        chat = self._state.chats[chat_id]
        if chat.is_private and user_id != chat_id:
            raise ValueError(f"user {user_id} is not in the private chat of {chat_id}")
        message = self.message_json(chat_id, message_id)
        self._press(chat.sent[message_id], callback_data, stale=stale)
        return self._send_press(
            {"chat_instance": str(chat_id), "message": message}, callback_data, user_id, seconds_ago
        )

    def press_inline_button(self, inline_message_id: str, callback_data: str, *, user_id: int = 1001) -> int:
        """Let a user press a callback button under a message that is known by such an id.

        Raises:
            ValueError: The message bears no such button.
        """
        self._press(self._state.inline_messages[inline_message_id], callback_data, stale=False)
        place = {"chat_instance": inline_message_id, "inline_message_id": inline_message_id}
        return self._send_press(place, callback_data, user_id, 0.0)

    def react(self, chat_id: int, message_id: int, *emoji: str, user_id: int = 1001) -> int:
        """Let a user react to a message, in place of how they did before; no emoji takes it back.

        In groups only a bot that is an administrator is told.

        Raises:
            ValueError: There is no such message.
        """
        chat = self._state.chats[chat_id]
        sent = chat.sent.get(message_id)
        if message_id not in chat.heard and (sent is None or sent.deleted):
            raise ValueError(f"there is no message {message_id} in chat {chat_id}")
        seen = sent.seen if sent else {}
        before, seen[user_id] = seen.get(user_id, []), [{"type": "emoji", "emoji": each} for each in emoji]
        if not chat.is_private and chat.members.get(BOT_ID) != "administrator":
            return NOT_DELIVERED
        changed = {
            "chat": chat.profile,
            "message_id": message_id,
            "user": self._person(user_id),
            "date": int(self._state.clock()),
            "old_reaction": before,
            "new_reaction": seen[user_id],
        }
        return self.send_update({"message_reaction": changed})

    def open_link(self, url: str, *, user_id: int = 1001) -> int:
        """Let a user open a deep link into the private chat with the bot and press "Start" there.

        Raises:
            ValueError: It is not such a link.
        """
        parts = urlsplit(url)
        start = parse_qs(parts.query).get("start", [])
        if (parts.hostname, parts.path) != ("t.me", f"/{self._state.bot['username']}") or len(start) != 1:
            raise ValueError(f"{url} does not lead into a chat with the bot")
        return self.send_text(f"/start {start[0]}", user_id=user_id, first_name=self._person(user_id)["first_name"])

    def menu(self, user_id: int = 1001, chat_id: int | None = None) -> list[dict[str, Any]]:
        """Answer the commands that a user is offered in a chat, as Telegram's apps look them up."""
        chat = self._state.chats[chat_id or user_id]
        scopes: list[dict[str, Any]] = [{"type": "chat", "chat_id": chat.id}]
        if chat.is_private:
            scopes.append({"type": "all_private_chats"})
        else:
            scopes.insert(0, {"type": "chat_member", "chat_id": chat.id, "user_id": user_id})
            if chat.members.get(user_id) in ("creator", "administrator"):
                scopes.insert(1, {"type": "chat_administrators", "chat_id": chat.id})
                scopes.append({"type": "all_chat_administrators"})
            scopes.append({"type": "all_group_chats"})
        language = self._person(user_id).get("language_code", "")
        for scope in (*scopes, {"type": "default"}):
            for code in (language, ""):
                if found := self._state.commands.get((json.dumps(scope, sort_keys=True), code)):
                    return found
        return []

    def message_json(self, chat_id: int, message_id: int) -> dict[str, Any]:
        """Answer a message of the bot as an object of the Bot API."""
        chat = self._state.chats[chat_id]
        return render(chat.sent[message_id], chat, self._state)

    def _marks(self, key: str, text: str) -> dict[str, Any]:
        """What Telegram finds in a text of a user: commands, links, mentions."""
        found = texts.as_json(td.FormattedText(text, td.find(text)), self._state.users)
        return {key: found} if found else {}

    def _caption(self, caption: str | None) -> dict[str, Any]:
        return {"caption": caption} | self._marks("caption_entities", caption) if caption else {}

    def _press(self, sent: SentMessage, callback_data: str, *, stale: bool) -> None:
        rows = (sent.reply_markup or {}).get("inline_keyboard", [])
        if not stale and not any(button.get("callback_data") == callback_data for row in rows for button in row):
            raise ValueError(f"message {sent.message_id} has no button {callback_data!r}")
        sent.pressed()

    def _send_press(self, place: dict[str, Any], callback_data: str, user_id: int, seconds_ago: float) -> int:
        query = {"id": f"C{next(self._query_ids)}", "from": self._person(user_id), "data": callback_data} | place
        return self.send_update({"callback_query": query}, seconds_ago=seconds_ago)

    def _last_of_bot(self, chat_id: int) -> dict[str, Any]:
        chat = self._state.chats.get(chat_id)
        standing = [sent for sent in chat.sent.values() if not sent.deleted] if chat else []
        if not chat or not standing:
            raise ValueError(f"the bot has sent nothing to chat {chat_id} which could be replied to")
        return render(standing[-1], chat, self._state)

    def _chat(self, chat_id: int | None, chat_type: str, sender: dict[str, Any], *, in_topic: bool) -> dict[str, Any]:
        if chat_type == "private":
            if chat_id not in (None, sender["id"]):
                raise ValueError("a private chat bears the identifier of its user")
            return {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
        return self._profile(chat_id or 0, chat_type) | ({"is_forum": True} if in_topic else {})
