"""Answers to callback queries and inline queries."""

import re
from collections.abc import Mapping
from typing import Any

from tests.bot_api import limits, markup, texts
from tests.bot_api.errors import bad_request, dropped, not_simulated
from tests.bot_api.records import SentMessage
from tests.bot_api.state import Offer, TelegramState
from tests.bot_api.td import FormattedText

Params = Mapping[str, Any]


def answer_callback_query(state: TelegramState, params: Params) -> bool:
    """Answer a press of a button, once and in time."""
    if len(params.get("text", "")) > limits.CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    start = f"https://t.me/{state.bot['username']}?start="
    if "url" in params and not params["url"].startswith(start):
        raise bad_request("URL_INVALID")
    if params.get("cache_time", 0) < 0:
        raise bad_request("cache_time must be non-negative")
    state.close_query(params["callback_query_id"])
    return True


def answer_inline_query(state: TelegramState, params: Params) -> bool:
    """Answer an inline query, once and in time."""
    results = params["results"]
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len(params.get("next_offset", "").encode()) > limits.NEXT_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    if params.get("cache_time", 0) < 0:
        raise bad_request("cache_time must be non-negative")
    _check_button(params.get("button"))
    _check_ids([result["id"] for result in results])
    for result in results:
        _check_result(state, result)
    query = state.close_query(params["inline_query_id"])
    state.offers[query.raw["from"]["id"]] = Offer(query, {result["id"]: result for result in results})
    return True


def answer_guest_query(state: TelegramState, params: Params) -> dict[str, str]:
    """Put a message into a chat where the bot was called as a guest, once and in time."""
    _check_ids([params["result"]["id"]])
    _check_result(state, params["result"])
    state.close_query(params["guest_query_id"])
    return {"inline_message_id": state.keep_inline_message(posted(state, params["result"]))}


def posted(state: TelegramState, result: Mapping[str, Any]) -> SentMessage:
    """Answer the message that an inline result becomes; it is nowhere yet."""
    content = result.get("input_message_content", {})
    if "message_text" not in content:
        raise not_simulated("an inline result that does not become a text")
    kept = _accept_text(state, content["message_text"], content, "entities", "message")
    return SentMessage(
        chat_id=0,
        message_id=0,
        date=int(state.clock()),
        text=kept.text,
        entities=texts.as_json(kept, state.users),
        reply_markup=result.get("reply_markup"),
        link_preview_options=content.get("link_preview_options"),
    )


def _check_ids(ids: list[str]) -> None:
    if any(not 1 <= len(result_id.encode()) <= limits.INLINE_RESULT_ID_BYTES for result_id in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")


def _check_button(button: Mapping[str, Any] | None) -> None:
    if button is None:
        return
    if not button["text"].strip():
        raise bad_request("button text must be non-empty")
    parameter = button.get("start_parameter")
    if (parameter is None) == ("web_app" not in button):
        raise bad_request("inline query results button needs exactly one of start_parameter and web_app")
    if parameter is not None and not re.fullmatch(rf"[\w-]{{1,{limits.START_PARAMETER}}}", parameter, re.ASCII):
        raise bad_request("START_PARAM_INVALID")


def _check_result(state: TelegramState, result: Mapping[str, Any]) -> None:
    markup.check(result.get("reply_markup"))
    if result["type"] == "article" and not result["title"].strip():
        raise bad_request("article title must be non-empty")
    if "url" in result:
        texts.check_url(result["url"], "inline query result")
    content = result.get("input_message_content", {})
    if "message_text" in content:
        _accept_text(state, content["message_text"], content, "entities", "message")
    if "caption" in result:
        _accept_text(state, result["caption"], result, "caption_entities", "message caption")


def _accept_text(
    state: TelegramState, text: str, given: Mapping[str, Any], entities: str, subject: str
) -> FormattedText:
    longest = limits.MESSAGE_TEXT if subject == "message" else limits.CAPTION
    kept = texts.accept(
        text,
        given.get("parse_mode"),
        given.get(entities),
        known_users=state.users,
        longest=longest,
        subject=subject,
    )
    if text and not kept.text:
        raise dropped("a caption of white space")
    return kept
