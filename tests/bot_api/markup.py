"""Keyboards which Telegram accepts."""

from collections.abc import Mapping
from typing import Any

from tests.bot_api import limits
from tests.bot_api.errors import bad_request
from tests.bot_api.texts import check_url

# Bot API documentation: InlineKeyboardButton, "Exactly one of the fields other than text,
# icon_custom_emoji_id, and style must be used".
_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})


def check(markup: Mapping[str, Any] | None) -> None:
    """Refuse a keyboard which breaks a rule; None is no keyboard."""
    if markup is None:
        return
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        _check_reply(markup["keyboard"])
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= len(placeholder) <= limits.PLACEHOLDER:
        raise bad_request("input field placeholder must be 1-64 characters long")


def _check_inline(rows: list[list[dict[str, Any]]]) -> None:
    if sum(map(len, rows)) > limits.KEYBOARD_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        if not row:
            raise bad_request("inline keyboard has an empty row")
        for button in row:
            _check_inline_button(button)


def _check_inline_button(button: Mapping[str, Any]) -> None:
    _check_text(button["text"])
    actions = button.keys() - _LOOKS
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: more than one action: {sorted(actions)}")
    if "url" in button:
        check_url(button["url"], "inline keyboard button")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= limits.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= limits.COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_reply(rows: list[list[dict[str, Any]]]) -> None:
    if not rows or not all(rows):
        raise bad_request("keyboard has an empty row")
    for row in rows:
        for button in row:
            _check_text(button["text"])


def _check_text(text: str) -> None:
    if not text.strip():
        raise bad_request("button text must be non-empty")
