"""Methods about the bot itself, its webhook, chats and files."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.bot_api import limits
from tests.bot_api.errors import ApiError, bad_request
from tests.bot_api.memberships import member
from tests.bot_api.state import TelegramState
from tests.bot_api.texts import has_scheme

Params = Mapping[str, Any]
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def get_me(state: TelegramState, _: Params) -> dict[str, Any]:
    """Answer the bot with its rights."""
    return state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": state.can_read_all_group_messages,
        "supports_inline_queries": True,
        "supports_guest_queries": state.supports_guest_queries,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(state: TelegramState, params: Params) -> bool:
    """Keep the menu of a scope and a language."""
    commands = params["commands"]
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    state.commands[_menu(state, params)] = list(commands)
    return True


def get_my_commands(state: TelegramState, params: Params) -> list[dict[str, Any]]:
    """Answer the menu of a scope and a language; the empty list where none was set."""
    return state.commands.get(_menu(state, params), [])


def delete_my_commands(state: TelegramState, params: Params) -> bool:
    """Forget the menu of a scope and a language."""
    state.commands.pop(_menu(state, params), None)
    return True


def _check_command(command: Mapping[str, Any]) -> None:
    if not re.fullmatch(rf"[a-z0-9_]{{1,{limits.COMMAND_NAME}}}", command["command"]):
        raise bad_request("BOT_COMMAND_INVALID")
    description = command["description"]
    if not description.strip() or len(description) > limits.COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _menu(state: TelegramState, params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    if scope["type"] in _CHAT_SCOPES and scope["chat_id"] not in state.chats:
        # No bot can know whether an admin has written to it.
        raise ApiError(400, "Bad Request: chat not found", fault_of_bot=False)
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    language = str(params.get("language_code", ""))
    if not re.fullmatch(r"([a-z]{2})?", language):  # Bot API documentation: "A two-letter ISO 639-1 language code"
        raise bad_request("LANG_CODE_INVALID")
    return language


def _setter(parameter: str, longest: int, error: str) -> Any:
    def set_text(state: TelegramState, params: Params) -> bool:
        text = params.get(parameter, "")
        if len(text) > longest:
            raise bad_request(error)
        state.profile[parameter, _language(params)] = text
        return True

    return set_text


def _getter(parameter: str) -> Any:
    def get_text(state: TelegramState, params: Params) -> dict[str, str]:
        common = state.profile.get((parameter, ""), "")
        return {parameter: state.profile.get((parameter, _language(params)), "") or common}

    return get_text


set_my_name = _setter("name", limits.BOT_NAME, "BOT_TITLE_INVALID")
get_my_name = _getter("name")
set_my_description = _setter("description", limits.BOT_DESCRIPTION, "BOT_DESCRIPTION_INVALID")
get_my_description = _getter("description")
set_my_short_description = _setter("short_description", limits.BOT_SHORT_DESCRIPTION, "BOT_ABOUT_INVALID")
get_my_short_description = _getter("short_description")


def set_webhook(state: TelegramState, params: Params) -> bool:
    """Keep a webhook, end a waiting getUpdates, and send to it from now on."""
    url = params["url"]
    if url:
        _check_address(url, local=state.local)
    token = params.get("secret_token")
    if token is not None and not re.fullmatch(rf"[\w-]{{1,{limits.SECRET_TOKEN}}}", token, re.ASCII):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= limits.WEBHOOK_CONNECTIONS:
        raise bad_request("max_connections must be between 1 and 100")
    if state.webhook.get("url") != url:
        state.webhook_error = {}
    state.webhook = {key: value for key, value in params.items() if key != "certificate"} if url else {}
    if url:
        state.updates.end_poll("terminated by setWebhook request")
    if (allowed := params.get("allowed_updates")) is not None:
        state.updates.allowed = list(allowed)
    _drop_pending(state, params)
    state.on_webhook()
    return True


def _check_address(url: str, *, local: bool) -> None:
    # telegram-bot-api, WebhookActor::start_up: neither is checked with --local.
    if not local and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not has_scheme(url):
        raise bad_request("bad webhook: invalid URL")
    if not local and urlsplit(url).port not in {None, 443, 80, 88, 8443}:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def delete_webhook(state: TelegramState, params: Params) -> bool:
    """Forget the webhook."""
    state.webhook, state.webhook_error = {}, {}
    _drop_pending(state, params)
    state.on_webhook()
    return True


def _drop_pending(state: TelegramState, params: Params) -> None:
    if params.get("drop_pending_updates"):
        state.updates.forget()


def get_webhook_info(state: TelegramState, _: Params) -> dict[str, Any]:
    """Answer the webhook; an empty url means polling."""
    return {
        "url": state.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
        **({"max_connections": state.webhook.get("max_connections", 40)} if state.webhook else {}),
        **({"allowed_updates": state.updates.allowed} if state.updates.allowed else {}),
        **state.webhook_error,
    }


def say_true(_: TelegramState, __: Params) -> bool:
    """Answer true and change nothing: logOut and close."""
    return True


def get_chat(state: TelegramState, params: Params) -> dict[str, Any]:
    """Answer a known chat."""
    chat = state.chat(params["chat_id"])
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return chat.profile | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(state: TelegramState, params: Params) -> dict[str, Any]:
    """Answer the status of a user who was seen in the chat or appointed."""
    chat = state.chat(params["chat_id"])
    user_id = params["user_id"]
    if user_id not in chat.members or user_id not in state.users:
        raise bad_request("user not found")
    return member(state.users[user_id], chat.members[user_id])


def get_file(state: TelegramState, params: Params) -> dict[str, Any]:
    """Answer where a file can be downloaded."""
    document = state.files.get(params["file_id"])
    if document is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if document.size > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": document.file_id,
        "file_unique_id": f"U-{document.file_id}",
        "file_size": document.size,
        "file_path": document.path,
    }
