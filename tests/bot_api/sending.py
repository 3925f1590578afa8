"""Methods which send, change and delete messages."""

from collections.abc import Mapping
from typing import Any

from aiogram.enums import ChatAction
from telegram.constants import ReactionEmoji

from tests.bot_api import limits, markup, texts
from tests.bot_api.errors import ApiError, bad_request, not_simulated
from tests.bot_api.messages import render
from tests.bot_api.records import SentMessage, Upload
from tests.bot_api.state import Chat, TelegramState
from tests.bot_api.td import FormattedText

Params = Mapping[str, Any]

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_PLAYED = frozenset({
    "chat_id", "text", "parse_mode", "entities", "message_thread_id", "link_preview_options", "reply_parameters",
    "reply_markup", "disable_notification", "protect_content", "message_id", "caption", "caption_entities",
    "document", "photo", "disable_content_type_detection", "thumbnail",
})  # fmt: skip


def send_message(state: TelegramState, params: Params) -> dict[str, Any]:
    """Keep a text and answer it as Telegram would."""
    chat = _target(state, params)
    kept = _text(state, params)
    _check_preview(params.get("link_preview_options"))
    return _keep(state, chat, params, kept)


def send_document(state: TelegramState, params: Params) -> dict[str, Any]:
    """Keep a file with its caption."""
    return _send_file(state, params, "document", limits.DOCUMENT_BYTES)


def send_photo(state: TelegramState, params: Params) -> dict[str, Any]:
    """Keep a picture with its caption; whether the bytes are a picture is not looked at."""
    return _send_file(state, params, "photo", limits.PHOTO_BYTES)


def edit_message_text(state: TelegramState, params: Params) -> dict[str, Any] | bool:
    """Change text and keyboard of a message of the bot; a keyboard left out goes away."""
    chat, sent = _own(state, params)
    if "text" not in params:
        raise bad_request("message text is empty")
    kept = _text(state, params)
    entities = texts.as_json(kept, state.users)
    keyboard = _inline_keyboard(params)
    _check_preview(params.get("link_preview_options"))
    if sent.document is not None:
        raise bad_request("there is no text in the message to edit")
    if (kept.text, entities, keyboard) == (sent.text, sent.entities, sent.reply_markup):
        raise _not_modified(sent)
    sent.edits.append(sent.text)
    sent.text, sent.entities, sent.reply_markup = kept.text, entities, keyboard
    sent.link_preview_options = params.get("link_preview_options")
    sent.changed()
    return render(sent, chat, state) if chat else True


def edit_message_reply_markup(state: TelegramState, params: Params) -> dict[str, Any] | bool:
    """Change or take away the keyboard of a message of the bot."""
    chat, sent = _own(state, params)
    keyboard = _inline_keyboard(params)
    if keyboard == sent.reply_markup:
        raise _not_modified(sent)
    sent.reply_markup = keyboard
    sent.changed()
    return render(sent, chat, state) if chat else True


def _not_modified(sent: SentMessage) -> ApiError:
    """A bot that edits to the same is at fault, unless a button was pressed that the edit before took away."""
    return ApiError(400, f"Bad Request: {NOT_MODIFIED}", fault_of_bot=not sent.excuses_the_same_again())


def delete_message(state: TelegramState, params: Params) -> bool:
    """Delete a message of the bot, or one of the user in a private chat."""
    chat = state.reach(params["chat_id"])
    message_id = params["message_id"]
    if (sent := chat.sent.get(message_id)) and not sent.deleted:
        sent.deleted = True
        return True
    if message_id not in chat.heard:
        raise bad_request("message to delete not found")
    if not chat.is_private and chat.members.get(state.bot["id"]) != "administrator":
        raise bad_request("message can't be deleted")
    del chat.heard[message_id]
    return True


def send_chat_action(state: TelegramState, params: Params) -> bool:
    """Show that the bot is busy."""
    _target(state, params)
    if params["action"] not in {action.value for action in ChatAction}:
        raise bad_request("wrong parameter action in request")
    return True


def set_message_reaction(state: TelegramState, params: Params) -> bool:
    """Keep the reaction of the bot to a message; bots may set one."""
    chat = state.reach(params["chat_id"])
    message_id, reactions = params["message_id"], params.get("reaction", [])
    if not _exists(chat, message_id):
        raise bad_request("message to react not found")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    allowed = {emoji.value for emoji in ReactionEmoji}
    if any(reaction["type"] != "emoji" or reaction["emoji"] not in allowed for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    if message_id in chat.sent:
        chat.sent[message_id].reactions = list(reactions)
    return True


def _target(state: TelegramState, params: Params) -> Chat:
    if strange := sorted(params.keys() - _PLAYED - {"action"}):
        raise not_simulated(f"parameter {', '.join(strange)}")
    chat = state.reach(params["chat_id"])
    thread = params.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad_request("message thread not found")
    return chat


def _text(state: TelegramState, params: Params) -> FormattedText:
    return texts.accept(params["text"], params.get("parse_mode"), params.get("entities"), known_users=state.users)


def _caption(state: TelegramState, params: Params) -> FormattedText:
    return texts.accept(
        params.get("caption", ""),
        params.get("parse_mode"),
        params.get("caption_entities"),
        known_users=state.users,
        longest=limits.CAPTION,
        subject="message caption",
    )


def _check_preview(options: Mapping[str, Any] | None) -> None:
    if options and (url := options.get("url")):
        texts.check_url(url, "link preview")


def _keep(state: TelegramState, chat: Chat, params: Params, kept: FormattedText, **file: Any) -> dict[str, Any]:
    markup.check(params.get("reply_markup"))
    reply_to = _reply_to(chat, params.get("reply_parameters"))
    keyboard = params.get("reply_markup")
    sent = SentMessage(
        chat_id=chat.id,
        message_id=state.next_message_id(),
        date=int(state.clock()),
        text=kept.text,
        entities=texts.as_json(kept, state.users),
        reply_to_message_id=reply_to,
        message_thread_id=params.get("message_thread_id"),
        reply_markup=None if keyboard == {"inline_keyboard": []} else keyboard,
        link_preview_options=params.get("link_preview_options"),
        quote=(params.get("reply_parameters") or {}).get("quote") if reply_to else None,
        **file,
    )
    chat.sent[sent.message_id] = sent
    state.forget_oldest(chat.sent)
    return render(sent, chat, state)


def _reply_to(chat: Chat, reply: Mapping[str, Any] | None) -> int | None:
    if reply is None:
        return None
    if reply.get("chat_id") not in (None, chat.id):
        raise not_simulated("a reply to a message of another chat")
    message_id = reply.get("message_id")
    if message_id is None or not _exists(chat, message_id):
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    if quote := reply.get("quote"):
        _check_quote(chat, message_id, texts.accept(quote, longest=limits.QUOTE, subject="quote").text)
    return int(message_id)


def _check_quote(chat: Chat, message_id: int, quote: str) -> None:
    sent = chat.sent.get(message_id)
    original: str = sent.text if sent else chat.heard[message_id].get("text", "")
    if quote not in original:
        raise bad_request("QUOTE_TEXT_INVALID")


def _exists(chat: Chat, message_id: int) -> bool:
    return message_id in chat.heard or (message_id in chat.sent and not chat.sent[message_id].deleted)


def _own(state: TelegramState, params: Params) -> tuple[Chat | None, SentMessage]:
    if "inline_message_id" in params:
        if params["inline_message_id"] not in state.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return None, state.inline_messages[params["inline_message_id"]]
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = _target(state, params)
    sent = chat.sent.get(params["message_id"])
    if sent is None or sent.deleted:
        raise bad_request("message to edit not found")
    return chat, sent


def _inline_keyboard(params: Params) -> dict[str, Any] | None:
    keyboard: dict[str, Any] | None = params.get("reply_markup")
    markup.check(keyboard)
    return None if keyboard == {"inline_keyboard": []} else keyboard


def _send_file(state: TelegramState, params: Params, kind: str, biggest: int) -> dict[str, Any]:
    chat = _target(state, params)
    kept = _caption(state, params)
    file = params[kind]
    if isinstance(file, Upload):
        _check_size(file.size, biggest)
        document = state.add_file(file.file_name, file.content)
    elif file.startswith(("http://", "https://")):
        raise not_simulated("sending a file by its address")
    elif file in state.files:
        document = state.files[file]
    else:
        raise bad_request("wrong file identifier/HTTP URL specified")
    raw = {"file_id": document.file_id, "file_name": document.file_name, "file_size": document.size}
    return _keep(state, chat, params, kept, document=raw, photo=kind == "photo")


def _check_size(size: int, biggest: int) -> None:
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > biggest:
        raise bad_request(f"file is too big: {size} bytes, at most {biggest}")
