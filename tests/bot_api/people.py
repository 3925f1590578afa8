"""Who people are, and how what they do gets into the bot's queue."""

import itertools
from typing import Any

from tests.bot_api import texts
from tests.bot_api.state import BOT_ID, TelegramState

NOT_DELIVERED = 0


class People:
    """The side of Telegram on which people are, as far as all that they do needs it."""

    def __init__(self, state: TelegramState) -> None:
        self._state = state
        self._query_ids = itertools.count(1)

    def send_update(self, raw: dict[str, Any], *, seconds_ago: float = 0.0) -> int:
        """Queue any update as it is, broken ones included; a missing update_id is filled in.

        Args:
            raw: The update.
            seconds_ago: How long ago it arose: Telegram kept it because the bot did not ask. An old query can no longer
                be answered.
        """
        update = dict(raw)
        self._state.learn(update, seconds_ago)
        return self._state.updates.add(update)

    def _person(self, user_id: int) -> dict[str, Any]:
        return self._state.users.get(user_id, {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"})

    @staticmethod
    def _profile(chat_id: int, chat_type: str) -> dict[str, Any]:
        if chat_id >= 0:
            raise ValueError("a group needs a negative chat_id")
        return {"id": chat_id, "type": chat_type, "title": f"Group {-chat_id}"}

    def _deliver(self, kind: str, message: dict[str, Any]) -> int:
        if not self._reaches_bot(message):
            self._state.learn_message(message)
            return NOT_DELIVERED
        return self.send_update({kind: message})

    def _reaches_bot(self, message: dict[str, Any]) -> bool:
        # Bot API documentation: privacy mode. A plain mention does not arrive; to administrators everything does.
        if message["chat"]["type"] == "private":
            return True
        chat = self._state.chats.get(message["chat"]["id"])
        if chat and chat.blocked:
            return False
        if self._state.can_read_all_group_messages or (chat and chat.members.get(BOT_ID) == "administrator"):
            return True
        own = (message.get("reply_to_message", {}).get("from", {}), message.get("via_bot", {}))
        if any(each.get("id") == BOT_ID for each in own):
            return True
        commands = [entity for entity in message.get("entities", []) if entity["type"] == "bot_command"]
        return any(self._is_mine(message["text"], command) for command in commands)

    def _is_mine(self, text: str, command: dict[str, Any]) -> bool:
        addressee = texts.utf16_slice(text, command["offset"], command["length"]).partition("@")[2]
        return addressee.lower() in ("", self._state.bot["username"].lower())
