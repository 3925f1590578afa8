"""Messages of the bot as objects of the Bot API."""

import time
from typing import Any

from tests.bot_api.records import SentMessage
from tests.bot_api.state import Chat, TelegramState


def render(sent: SentMessage, chat: Chat, state: TelegramState) -> dict[str, Any]:
    """Answer a message of the bot as an object of the Bot API."""
    raw: dict[str, Any] = {
        "message_id": sent.message_id,
        "date": sent.date,
        "chat": chat.profile,
        "from": state.bot,
    }
    raw |= _body(sent)
    if sent.message_thread_id is not None:
        raw |= {"message_thread_id": sent.message_thread_id, "is_topic_message": True}
    if sent.edits:
        raw["edit_date"] = int(time.time())
    if sent.reply_markup and "inline_keyboard" in sent.reply_markup:
        raw["reply_markup"] = sent.reply_markup
    if sent.link_preview_options:
        raw["link_preview_options"] = sent.link_preview_options
    return raw | _reply(sent, chat, state)


def _body(sent: SentMessage) -> dict[str, Any]:
    if sent.document is None:
        return {"text": sent.text} | ({"entities": sent.entities} if sent.entities else {})
    caption = {"caption": sent.text} if sent.text else {}
    marks = {"caption_entities": sent.entities} if sent.entities else {}
    file = sent.document | {"file_unique_id": f"U-{sent.document['file_id']}"}
    if sent.photo:
        # A real answer would tell the true size of the picture, which nothing here measures.
        size = {key: file[key] for key in ("file_id", "file_unique_id", "file_size")}
        return {"photo": [size | {"width": 90, "height": 90}]} | caption | marks
    return {"document": file} | caption | marks


def _reply(sent: SentMessage, chat: Chat, state: TelegramState) -> dict[str, Any]:
    original = sent.reply_to_message_id
    if original is None:
        return {}
    heard = chat.heard.get(original)
    target = dict(heard) if heard else render(chat.sent[original], chat, state)
    target.pop("reply_to_message", None)
    quote = {"quote": {"text": sent.quote, "position": 0, "is_manual": True}} if sent.quote else {}
    return {"reply_to_message": target} | quote
