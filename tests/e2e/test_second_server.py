"""The production bot against a Bot API server that others wrote: it accepts what ours accepts."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot_api import utf16_slice
from tests.e2e.running import ADA, running_bot, settings_for
from tests.e2e.second_server import USERNAME, Heard, SecondServer, second_server

QUESTION = "What road links Armenia to Karabakh?"
PERSON = {"id": ADA, "is_bot": False, "first_name": "Ada", "language_code": "en"}
ME = {"id": 7, "is_bot": True, "first_name": "Fixture", "username": USERNAME}
CHAT = {"id": ADA, "type": "private", "first_name": "Ada"}


@pytest.fixture
async def server() -> AsyncIterator[SecondServer]:
    """At the end, no call may have been refused."""
    async with second_server() as server:
        yield server
        assert server.refused == []


@pytest.fixture
async def bot(server: SecondServer, tmp_path: Path) -> AsyncIterator[SecondServer]:
    """The bot, serving the articles that ship; Ada is its admin."""
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        yield server


def message(text: str, **more: Any) -> dict[str, Any]:
    """A message of Ada in private."""
    return {"message_id": 500, "date": 1_700_000_000, "chat": CHAT, "from": PERSON, "text": text, **more}


def command(text: str) -> dict[str, Any]:
    """A command of Ada."""
    return message(text, entities=[{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}])


def press(sent: Heard, data: str) -> dict[str, Any]:
    """Ada presses a button under what was sent to her."""
    below = message(sent.fields["text"], reply_markup=sent.fields["reply_markup"], message_id=sent.message_id)
    return {"id": f"press-{data}", "from": PERSON, "chat_instance": "1", "message": below, "data": data}


def marked(sent: Heard, kind: str) -> list[str]:
    """What the entities of a kind cover."""
    marks = [each for each in sent.fields["entities"] if each["type"] == kind]
    return [utf16_slice(sent.fields["text"], each["offset"], each["length"]) for each in marks]


async def test_a_question_gets_its_quote(bot: SecondServer) -> None:
    """Polled for, answered once, with a quote, its best sentence and its link."""
    await bot.send(message=message(QUESTION))
    sent = await bot.wait_for("sendMessage")
    [best], folded = marked(sent, "blockquote"), marked(sent, "expandable_blockquote")
    assert any(quote.startswith("Azerbaijan on Sunday established") for quote in (best, *folded))
    assert marked(sent, "bold")
    assert marked(sent, "text_link")
    assert int(sent.fields["chat_id"]) == ADA


async def test_what_was_answered_is_confirmed(bot: SecondServer) -> None:
    """The next poll asks for what comes after it, and the bot asks for one poll at a time."""
    await bot.send(message=message(QUESTION))
    await bot.wait_for("sendMessage")
    await bot.send(message=message(QUESTION))
    await bot.wait_for("sendMessage", 2)
    offsets = [call.fields.get("offset", 0) for call in bot.calls_of("getUpdates")]
    assert offsets == sorted(offsets)
    assert offsets[-1] > 0
    assert len(bot.calls_of("sendMessage")) == 2


@pytest.mark.parametrize("text", ["/start", "/help", "/privacy", "/sources", "/reload"])
async def test_commands_are_answered(bot: SecondServer, text: str) -> None:
    """Those of everybody, and one of admins."""
    await bot.send(message=command(text))
    assert (await bot.wait_for("sendMessage")).fields["text"]


async def test_menus_are_set(bot: SecondServer) -> None:
    """For everybody, and for the admin."""
    await bot.send(message=command("/start"))
    await bot.wait_for("sendMessage")

    def scopes() -> set[str]:
        return {(call.fields.get("scope") or {"type": "default"})["type"] for call in bot.calls_of("setMyCommands")}

    await bot.wait_until(lambda: scopes() == {"default", "all_group_chats", "chat"}, "menus of three kinds")


@pytest.mark.parametrize("query", ["", "Lachin corridor", "x" * 256])
async def test_inline_queries_are_answered(bot: SecondServer, query: str) -> None:
    """With results of unique ids, whose messages are quotes with links."""
    await bot.send(inline_query={"id": "inline-1", "from": PERSON, "query": query, "offset": ""})
    answer = await bot.wait_for("answerInlineQuery")
    assert answer.fields["inline_query_id"] == "inline-1"
    results = answer.fields["results"]
    assert bool(results) == (query != "x" * 256)
    kinds = [{entity["type"] for entity in result["input_message_content"]["entities"]} for result in results]
    assert all("blockquote" in each for each in kinds)
    assert not results or any("text_link" in each for each in kinds)


async def test_a_press_that_means_nothing_any_more_is_answered(bot: SecondServer) -> None:
    """As of a button of another bot's time."""
    await bot.send(message=message(QUESTION))
    sent = await bot.wait_for("sendMessage")
    await bot.send(callback_query=press(sent, "nothing-known"))
    assert (await bot.wait_for("answerCallbackQuery")).fields["callback_query_id"] == "press-nothing-known"


async def test_every_button_below_an_answer_does_something(bot: SecondServer) -> None:
    """Each press is answered once, and what it leads to is accepted: other pages, the text around, opinions."""
    await bot.send(message=message(QUESTION))
    sent = await bot.wait_for("sendMessage")
    buttons = [button for row in sent.fields["reply_markup"]["inline_keyboard"] for button in row]
    pressed = [button["callback_data"] for button in buttons if "callback_data" in button]
    assert len(pressed) >= 5
    for count, data in enumerate(pressed, start=1):
        await bot.send(callback_query=press(sent, data))
        answer = await bot.wait_for("answerCallbackQuery", count)
        assert answer.fields["callback_query_id"] == f"press-{data}"
    edits = bot.calls_of("editMessageText", "editMessageReplyMarkup")
    assert {int(edit.fields["message_id"]) for edit in edits} == {sent.message_id}
    assert len({edit.fields.get("text") for edit in edits}) >= 4
    assert any(button.get("url", "").startswith("https://t.me/share/url?") for button in buttons)


async def test_what_nobody_knows_can_be_told_to_the_editors(bot: SecondServer) -> None:
    """With a button, and a note by replying."""
    await bot.send(message=message("Who won the Champions League?"))
    sent = await bot.wait_for("sendMessage")
    [[tell]] = sent.fields["reply_markup"]["inline_keyboard"]
    await bot.send(callback_query=press(sent, tell["callback_data"]))
    asked = await bot.wait_for("sendMessage", 2)
    replied = {"message_id": asked.message_id, "date": 1, "chat": CHAT, "from": ME, "text": asked.fields["text"]}
    await bot.send(message=message("I write about football.", reply_to_message=replied))
    assert "beside your question" in (await bot.wait_for("sendMessage", 3)).fields["text"]


async def test_in_a_group_the_question_is_replied_to(bot: SecondServer) -> None:
    """Below the message that asks it; what others say is passed over."""
    group = {"id": -100200, "type": "supergroup", "title": "Readers"}
    await bot.send(message=message("What road links Armenia to Karabakh?", chat=group))
    await bot.send(message={**command(f"/ask {QUESTION}"), "chat": group, "message_id": 501})
    sent = await bot.wait_for("sendMessage")
    assert int(sent.fields["chat_id"]) == group["id"]
    assert sent.fields["reply_parameters"]["message_id"] == 501
    assert len(bot.calls_of("sendMessage")) == 1


async def test_the_bot_knows_its_name(bot: SecondServer) -> None:
    """A command for it is answered; one for another bot is not."""
    await bot.send(message=command("/help@another_bot"))
    await bot.send(message=command(f"/help@{USERNAME}"))
    await bot.wait_for("sendMessage")
    await bot.send(message=message(QUESTION))
    await bot.wait_for("sendMessage", 2)
    assert len(bot.calls_of("sendMessage")) == 2
