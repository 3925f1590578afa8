"""Who is in a chat, the bot included: coming, going, being thrown out, and a group that becomes a supergroup."""

from collections.abc import Mapping
from typing import Any

from tests.bot_api.errors import bad_request, not_simulated
from tests.bot_api.people import People
from tests.bot_api.state import BOT_ID, Chat, TelegramState

_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip
_GONE = frozenset({"left", "kicked"})


def member(user: Mapping[str, Any], status: str) -> dict[str, Any]:
    """Answer a `ChatMember` of the Bot API; an administrator has no rights but to be one."""
    known: dict[str, Any] = {"status": status, "user": dict(user)}
    if status == "creator":
        return known | {"is_anonymous": False}
    if status == "administrator":
        return known | dict.fromkeys(_RIGHTS, False)
    if status == "kicked":
        return known | {"until_date": 0}
    if status in ("member", "left"):
        return known
    raise not_simulated(f"chat member status {status}")


def leave_chat(state: TelegramState, params: Mapping[str, Any]) -> bool:
    """Let the bot leave a group; Telegram tells it so."""
    chat = state.reach(params["chat_id"])
    if chat.is_private:
        raise bad_request("PEER_ID_INVALID")
    update = _moved(state, chat, state.bot, "left")
    state.updates.add(update)
    return True


def _moved(state: TelegramState, chat: Chat, by: Mapping[str, Any], status: str) -> dict[str, Any]:
    """Give the bot a status in a chat and answer the update that tells it."""
    before = chat.members.get(BOT_ID, "member" if chat.is_private else "left")
    chat.members[BOT_ID] = status
    chat.blocked = status in _GONE
    return {
        "my_chat_member": {
            "chat": chat.profile,
            "from": dict(by),
            "date": int(state.clock()),
            "old_chat_member": member(state.bot, before),
            "new_chat_member": member(state.bot, status),
        }
    }


class Memberships(People):
    """What people do with the bot's place in a chat. Every method answers the id of the update that tells it."""

    def add_bot(self, chat_id: int, *, user_id: int = 1001, chat_type: str = "supergroup") -> int:
        """Let somebody add the bot to a group; the group's own message about it follows."""
        profile = self._state.chats[chat_id].profile if chat_id in self._state.chats else None
        chat = self._state.chats.setdefault(chat_id, Chat(profile or self._profile(chat_id, chat_type)))
        update = self.send_update(_moved(self._state, chat, self._person(user_id), "member"))
        self._serve(chat, user_id, {"new_chat_members": [self._state.bot]})
        return update

    def remove_bot(self, chat_id: int, *, user_id: int = 1001) -> int:
        """Let somebody throw the bot out of a group."""
        return self._set(chat_id, "kicked", user_id)

    def promote_bot(self, chat_id: int, *, user_id: int = 1001) -> int:
        """Let somebody make the bot an administrator of a group: it then gets every message and every reaction."""
        return self._set(chat_id, "administrator", user_id)

    def block(self, chat_id: int, *, blocked: bool = True, user_id: int = 1001) -> int:
        """Let a user block the bot, or a group throw it out; `blocked=False` takes it back."""
        chat = self._state.chats[chat_id]
        return self._set(chat_id, "kicked" if blocked else "member", chat_id if chat.is_private else user_id)

    def appoint(self, chat_id: int, user_id: int, status: str = "administrator") -> None:
        """Give a user a status in a chat: creator, administrator, member, left or kicked."""
        self._state.chats[chat_id].members[user_id] = status

    def migrate(self, chat_id: int, new_chat_id: int, *, user_id: int = 1001) -> int:
        """Let a group become a supergroup: both say so, and writing to the old chat answers the new identifier."""
        old = self._state.chats[chat_id]
        profile = old.profile | {"id": new_chat_id, "type": "supergroup"}
        new = self._state.chats[new_chat_id] = Chat(profile, members=dict(old.members))
        update = self._serve(old, user_id, {"migrate_to_chat_id": new_chat_id})
        old.migrated_to = new_chat_id
        self._serve(new, user_id, {"migrate_from_chat_id": chat_id})
        return update

    def _set(self, chat_id: int, status: str, user_id: int) -> int:
        return self.send_update(_moved(self._state, self._state.chats[chat_id], self._person(user_id), status))

    def _serve(self, chat: Chat, user_id: int, content: dict[str, Any]) -> int:
        """Send a message that the group itself writes; those reach a bot whatever its privacy mode."""
        head = {"message_id": self._state.next_message_id(), "date": int(self._state.clock()), "chat": chat.profile}
        return self.send_update({"message": head | {"from": self._person(user_id)} | content})
