"""What Telegram shows of the bot by itself: in every language, for everybody what they may do, set once."""

import json
from pathlib import Path

import pytest

from bot.speech import LANGUAGES, speech_in
from bot.telegram import admin_texts, texts
from tests.bot_api import BotApiServer, limits
from tests.e2e.running import ADA, BOB, running_bot, settings_for

SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
CODES = ["", *LANGUAGES[1:]]


def of_scope(server: BotApiServer, scope: dict[str, object], code: str) -> list[tuple[str, str]]:
    """The menu that Telegram keeps."""
    found = server.state.commands.get((json.dumps(scope, sort_keys=True), code), [])
    return [(each["command"], each["description"]) for each in found]


async def all_set(server: BotApiServer) -> None:
    """Wait until the bot has set the last of its texts."""
    last = ("short_description", CODES[-1])
    await server.wait_until(lambda: last in server.state.profile, 20, "the last text")


async def test_every_scope_has_its_menu_in_every_language(server: BotApiServer, tmp_path: Path) -> None:
    """Those of groups hold what is of use there; admins see their commands as well."""
    server.send_text("hello", user_id=ADA)
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        await all_set(server)
    for code in CODES:
        say = speech_in(code)
        everybody = [(name, say(description)) for name, description in texts.COMMANDS]
        assert of_scope(server, {"type": "default"}, code) == everybody
        groups = of_scope(server, {"type": "all_group_chats"}, code)
        assert "ask" in dict(groups)
        assert "privacy" not in dict(groups)
        assert [each for each in everybody if each in groups] == groups
        admin = of_scope(server, {"type": "chat", "chat_id": ADA}, code)
        assert admin == [*everybody, *admin_texts.ADMIN_COMMANDS]
        assert server.state.profile["description", code] == say(texts.DESCRIPTION)
        assert server.state.profile["short_description", code] == say(texts.SHORT_DESCRIPTION)


async def test_what_is_set_already_is_not_set_again(server: BotApiServer, tmp_path: Path) -> None:
    """At the next start only a menu that differs and a text that is missing; what an operator wrote stays."""
    server.send_text("hello", user_id=ADA)
    settings = settings_for(server, tmp_path, admin_ids=str(ADA))
    async with running_bot(settings, server):
        await all_set(server)
    before = [call.method for call in server.calls]
    key = json.dumps({"type": "default"}, sort_keys=True), "ru"
    server.state.commands[key] = server.state.commands[key][::-1]
    server.state.profile["short_description", "hy"] = ""
    server.state.profile["description", "ru"] = "Слова редакции."
    async with running_bot(settings, server):
        await server.wait_for_call("getMyShortDescription", count=2 * len(CODES))
        await server.wait_for_call("setMyShortDescription", count=len(CODES) + 1)
    again = [call.method for call in server.calls[len(before) :]]
    assert [method for method in again if method in SETTERS] == ["setMyCommands", "setMyShortDescription"]
    assert of_scope(server, {"type": "default"}, "ru")[0][0] == "ask"
    assert server.state.profile["short_description", "hy"] == speech_in("hy")(texts.SHORT_DESCRIPTION)
    assert server.state.profile["description", "ru"] == "Слова редакции."


async def test_an_admin_who_never_wrote_costs_nobody_a_menu(server: BotApiServer, tmp_path: Path) -> None:
    """Telegram does not know the chat; the next admin gets theirs."""
    server.send_text("hello", user_id=BOB)
    async with running_bot(settings_for(server, tmp_path, admin_ids=f"{ADA},{BOB}"), server):
        await server.wait_until(
            lambda: of_scope(server, {"type": "chat", "chat_id": BOB}, CODES[-1]) != [], 20, "a menu for Bob"
        )
    assert of_scope(server, {"type": "chat", "chat_id": ADA}, "") == []


@pytest.mark.parametrize("method", ["getMyCommands", "setMyCommands", "getMyDescription", "setMyShortDescription"])
async def test_menus_that_cannot_be_set_keep_nobody_waiting(
    server: BotApiServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    """The bot answers, and says what is not up to date."""
    server.fail_next(method, 429, retry_after=60)
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/start")
        assert (await server.wait_for_messages(ADA, 1))[0].text == texts.START
        await server.wait_until(lambda: "of itself are not up to date" in caplog.text, 20, "a warning")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_are_short_enough(language: str) -> None:
    """For Telegram, in every language."""
    say = speech_in(language)
    assert 0 < len(say(texts.DESCRIPTION)) <= limits.BOT_DESCRIPTION
    assert 0 < len(say(texts.SHORT_DESCRIPTION)) <= limits.BOT_SHORT_DESCRIPTION
