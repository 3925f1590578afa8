"""Who decides what is quoted: the admins of ADMIN_IDS by their number, in a private chat, in person. Nobody else."""

import json
import os
import re
import secrets
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.telegram import texts
from tests.bot_api import BotApiServer, SentMessage
from tests.builders import write_corpus
from tests.e2e.running import ADA, BOB, running_bot, settings_for

ROAD = "The ministry said on Monday that the mountain road would stay open for everybody."
RIVER = "The river ferry sank in the spring storm, and nobody was hurt."
GROUP = -100200
ANONYMOUS_ADMIN = 1087968824
PRIVATE = {"id": ADA, "type": "private", "first_name": "Ada"}
SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "G"}
CHANNEL = {"id": -100300, "type": "channel", "title": "C"}
ADA_HERSELF = {"id": ADA, "is_bot": False, "first_name": "Ada"}
STRANGER = {"id": BOB, "is_bot": False, "first_name": "Ada", "username": str(ADA), "last_name": f"admin {ADA}"}
COMMANDS = ("/reload", "/rollback", "/add https://example.org/", "/corpus", "/status", "/stats", "/unanswered", "/logs")


def said(text: str, **more: Any) -> dict[str, Any]:
    """A message, as raw as Telegram sends it."""
    command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    return {"message_id": 900, "date": 1_700_000_000, "text": text, "entities": [command], **more}


def stranger(**more: Any) -> dict[str, Any]:
    """What somebody sends in private who looks like Ada in all but the number."""
    return {"chat": {"id": BOB, "type": "private", "first_name": "Ada", "username": str(ADA)}, "from": STRANGER, **more}


_LEARNT = r"\b[0-9a-f]{12}\b|Index:|is added|Looking|questions by|in the last 30 days"
FORWARD_OF_ADA = {"type": "user", "date": 1, "sender_user": ADA_HERSELF}
ATTACKS: dict[str, dict[str, Any]] = {
    "a username that is the number": {"message": stranger()},
    "a message of the admin that a stranger forwards": {"message": stranger(forward_origin=FORWARD_OF_ADA)},
    "a reply to the admin": {"message": stranger(reply_to_message=said("x", chat=PRIVATE, **{"from": ADA_HERSELF}))},
    "by way of the admin's bot": {"message": stranger(via_bot={"id": ADA, "is_bot": True, "first_name": "Ada"})},
    "the admin in a group": {"message": {"chat": SUPERGROUP, "from": ADA_HERSELF}},
    "an anonymous admin of a group": {
        "message": {
            "chat": SUPERGROUP,
            "from": {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
            "sender_chat": SUPERGROUP,
        }
    },
    "a channel that speaks in the admin's name": {
        "message": {"chat": SUPERGROUP, "from": ADA_HERSELF, "sender_chat": CHANNEL}
    },
    "a chat that speaks in private": {"message": {"chat": PRIVATE, "from": ADA_HERSELF, "sender_chat": CHANNEL}},
    "a bot with the admin's number": {"message": {"chat": PRIVATE, "from": ADA_HERSELF | {"is_bot": True}}},
    "an edited message of the admin": {"edited_message": {"chat": PRIVATE, "from": ADA_HERSELF, "edit_date": 2}},
    "a post in a channel": {"channel_post": {"chat": CHANNEL, "sender_chat": CHANNEL}},
    "an edited post": {"edited_channel_post": {"chat": CHANNEL, "sender_chat": CHANNEL, "edit_date": 2}},
    "a message to the admin's business": {
        "business_message": {"chat": PRIVATE, "from": ADA_HERSELF, "business_connection_id": "B"}
    },
    "a forwarded message": {"message": {"chat": PRIVATE, "from": ADA_HERSELF, "forward_origin": {**FORWARD_OF_ADA}}},
}


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Articles of which one more would be loaded by a reload."""
    return write_corpus(tmp_path / "articles", {"road.txt": ROAD})


def reloads(home: Path) -> list[Any]:
    """What was logged of reloads: the channel of each."""
    connection = sqlite3.connect(home / "log.db")
    rows = connection.execute("SELECT channel FROM reload").fetchall()
    connection.close()
    return [channel for (channel,) in rows]


@pytest.mark.parametrize("attack", ATTACKS)
async def test_only_the_admins_own_new_messages_in_private_are_obeyed(
    server: BotApiServer, tmp_path: Path, folder: Path, attack: str
) -> None:
    """Whatever else says it: names, forwards, groups, channels, edits, businesses; they learn nothing either."""
    ((kind, sender),) = ATTACKS[attack].items()
    server.send_text("hello", user_id=ADA)
    for text in COMMANDS:
        server.send_update({kind: said(text, **sender)})
    paper = {"file_id": "FILE-1", "file_unique_id": "U", "file_name": "b.txt", "file_size": 9}
    server.state.add_file("b.txt", RIVER.encode())
    if attack != "a forwarded message":  # a document that an admin forwards is one that an admin sends
        server.send_update({kind: {key: value for key, value in said("x", document=paper, **sender).items()
                                   if key not in {"text", "entities"}}})  # fmt: skip
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=str(ADA), watch=False, web="private")
    async with running_bot(settings, server):
        server.send_text("/privacy", user_id=ADA)
        await server.wait_until(
            lambda: any("keyed hash" in message.text for message in server.messages(ADA)),
            20,
            "an answer to the last one",
        )
    told = [message.text for chat in server.state.chats.values() for message in chat.sent.values()]
    assert [text for text in told if re.search(_LEARNT, text)] == []
    assert [*server.calls_of("sendPhoto"), *server.calls_of("sendDocument")] == []
    assert set(reloads(tmp_path)) == {"start"}
    assert list((tmp_path / "added").glob("[!.]*")) == []
    assert server.calls_of("getFile") == []


def last(server: BotApiServer, chat: int) -> SentMessage:
    """The last message in a chat."""
    return server.messages(chat)[-1]


async def test_nobody_is_an_admin_unless_somebody_is_named(server: BotApiServer, tmp_path: Path) -> None:
    """Without ADMIN_IDS every command and every file is refused."""
    async with running_bot(settings_for(server, tmp_path, watch=False), server):
        for count, text in enumerate(COMMANDS, start=1):
            server.send_text(text, user_id=ADA)
            assert (await server.wait_for_messages(ADA, count))[-1].text == texts.NOT_ADMIN
        server.send_document("b.txt", RIVER.encode(), user_id=ADA)
        assert (await server.wait_for_messages(ADA, len(COMMANDS) + 1))[-1].text == texts.TEXT_ONLY
    assert server.calls_of("getFile") == []


@pytest.mark.parametrize("number", ["1087968824", "777000", "136817688", "0", "-1", "ada", "@ada", "1.5"])
def test_what_stands_for_many_people_is_no_admin(number: str) -> None:
    """Telegram's numbers for anonymous admins, for channels and for itself are refused, and so is what is no number."""
    with pytest.raises(SettingsError, match="ADMIN_IDS"):
        read_settings(_env_file=os.devnull, admin_ids=number)


@pytest.fixture
async def asked(server: BotApiServer, tmp_path: Path, folder: Path) -> AsyncIterator[SentMessage]:
    """A bot that asks Ada whether a version that a gate holds may serve; Bob is an admin as well."""
    (folder / "river.txt").write_text(RIVER, encoding="utf-8")
    settings = settings_for(server, tmp_path, corpus=folder, admin_ids=f"{ADA},{BOB}", watch=False, web="private")
    async with running_bot(settings, server):
        (folder / "river.txt").unlink()
        server.send_text("/reload", user_id=ADA)
        await server.wait_for_messages(ADA, 1)
        await server.wait_until(lambda: last(server, ADA).reply_markup is not None, 20, "buttons")
        yield last(server, ADA)


def pressed(server: BotApiServer, message: SentMessage, data: str, *, by: int, inside: int = ADA) -> None:
    """A press as a client of one's own sends it: with any data."""
    raw = server.message_json(ADA, message.message_id)
    chat = {"id": inside, "type": "private" if inside > 0 else "supergroup", "title": "G", "first_name": "A"}
    query = {"id": secrets.token_hex(4), "from": {"id": by, "is_bot": False, "first_name": "A"}, "data": data}
    server.send_update({"callback_query": {**query, "chat_instance": "1", "message": {**raw, "chat": chat}}})


def data_of(message: SentMessage) -> str:
    """What the button carries that lets the version serve."""
    rows = (message.reply_markup or {})["inline_keyboard"]
    return str(rows[0][0]["callback_data"])


async def test_a_button_obeys_admins_in_private_only(server: BotApiServer, tmp_path: Path, asked: SentMessage) -> None:
    """A stranger who presses it, and an admin who presses it in a group, get a word and nothing else."""
    pressed(server, asked, data_of(asked), by=5)
    pressed(server, asked, data_of(asked), by=ADA, inside=GROUP)
    await server.wait_for_call("answerCallbackQuery", count=2)
    assert [call.params["text"] for call in server.calls_of("answerCallbackQuery")] == [texts.NOT_ADMIN] * 2
    assert asked.reply_markup is not None
    assert reloads(tmp_path)[1:] == ["telegram"]


FORGED = [
    "", ":", "::", "apply", "apply:", "apply:x", "apply:x:y:z", "APPLY:x:", "apply:../../etc:..", "drop:00:", "add:00:",
    "add:000000000000:", "discard::0123456789abcdef", "discard:x:../../articles/road.txt", "reload::", "🎉:🎉:🎉",
    "a" * 64,
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_of_a_button_does_no_harm(
    server: BotApiServer, tmp_path: Path, asked: SentMessage, folder: Path, data: str
) -> None:
    """Even from an admin: nothing that was not offered serves, no file is touched, and the bot goes on."""
    pressed(server, asked, data, by=ADA)
    await server.wait_for_call("answerCallbackQuery")
    server.send_text("Who sank the ferry?", user_id=7)
    assert "storm" in (await server.wait_for_messages(7, 1))[0].text
    assert (folder / "road.txt").exists()
    assert [json.dumps(call.params) for call in server.calls_of("getFile")] == []
    assert "failed" not in reloads(tmp_path)
