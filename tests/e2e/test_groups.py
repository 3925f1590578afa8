"""In groups: answers to what is meant for the bot, and no trace of anything else."""

import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.telegram import texts
from tests.bot_api import BotApiServer
from tests.e2e.running import ADA, BOB, Program, running_bot, settings_for

GROUP = -100200
PHOTO = {"photo": [{"file_id": "F", "file_unique_id": "U", "width": 9, "height": 9}]}
US = {"id": 42, "is_bot": True, "first_name": "Verbatim", "username": "verbatim_bot"}


@pytest.fixture
async def open_server() -> AsyncIterator[BotApiServer]:
    """A strict server that hands over everything that is said in groups."""
    async with BotApiServer(can_read_all_group_messages=True) as server:
        yield server
        assert server.invalid == []


def say(server: BotApiServer, text: str, *, user_id: int = ADA, chat_id: int = GROUP, **more: Any) -> int:
    """Let somebody write in the group."""
    return server.send_text(text, user_id=user_id, chat_id=chat_id, chat_type="supergroup", **more)


def rows(folder: Path, query: str) -> list[Any]:
    """What a query finds in the log."""
    connection = sqlite3.connect(folder / "log.db")
    found = connection.execute(query).fetchall()
    connection.close()
    return found


def questions(folder: Path) -> list[str]:
    """What was asked, oldest first."""
    return [text for (text,) in rows(folder, "SELECT text FROM question ORDER BY id")]


async def settled(server: BotApiServer) -> None:
    """Everything that was handed over is dealt with: somebody else has an answer to what was asked last."""
    before = len(server.messages(BOB)) if BOB in server.state.chats else 0
    server.send_text("/help", user_id=BOB)
    await server.wait_for_messages(BOB, before + 1)


@pytest.mark.parametrize("topic", [None, 7])
async def test_groups_get_answers_to_what_is_meant_for_the_bot(
    open_server: BotApiServer, tmp_path: Path, topic: int | None
) -> None:
    """To /ask, replies and mentions, below photos too; each as a reply, in the topic where it was asked."""
    server, command = open_server, {"type": "bot_command", "offset": 0, "length": 4}
    mention = {"type": "mention", "offset": 0, "length": 13}
    place: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup", "message_thread_id": topic}
    async with running_bot(settings_for(server, tmp_path), server):
        say(server, "/ask Who is Galuzin?", message_thread_id=topic)
        await server.wait_for_messages(GROUP, 1)
        say(server, "/ask@verbatim_bot Who is Peskov?", message_thread_id=topic)
        say(server, "Who is Zakharova?", message_thread_id=topic, reply_to_bot=True)
        say(server, "@Verbatim_bot, who is Bayramov?", message_thread_id=topic)
        server.send_message({**PHOTO, "caption": "/ask Who is Lavrov?", "caption_entities": [command]}, **place)
        server.send_message(
            {**PHOTO, "caption": "@verbatim_bot Who is Aliyev?", "caption_entities": [mention]}, **place
        )
        messages = await server.wait_for_messages(GROUP, 6)
    assert [message.message_thread_id for message in messages] == [topic] * 6
    asked = [heard for heard in server.state.chats[GROUP].heard if heard in {m.reply_to_message_id for m in messages}]
    assert len(asked) == 6
    names = ["Who is Galuzin?", "Who is Peskov?", "Who is Zakharova?", "who is Bayramov?", "Who is Lavrov?"]
    assert questions(tmp_path) == [*names, "Who is Aliyev?"]
    assert rows(tmp_path, "SELECT DISTINCT channel FROM question") == [("group",)]


async def test_who_says_only_the_name_is_told_how_to_ask(open_server: BotApiServer, tmp_path: Path) -> None:
    """By /ask without a question, too."""
    async with running_bot(settings_for(open_server, tmp_path), open_server):
        say(open_server, "@verbatim_bot")
        say(open_server, "/ask@verbatim_bot")
        messages = await open_server.wait_for_messages(GROUP, 2)
    assert [message.text for message in messages] == [texts.ASK_WHAT] * 2
    assert questions(tmp_path) == []


async def test_what_people_say_to_each_other_leaves_no_trace(open_server: BotApiServer, tmp_path: Path) -> None:
    """Not in the inbox, not in the log, not in a line, whatever is said to operators; it is confirmed all the same."""
    server, secret = open_server, "xylophone"
    settings = {
        "TELEGRAM_BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, "LOG_LEVEL": "DEBUG",
        "DATABASE_URL": f"sqlite:///{tmp_path}/log.db", "DATA": f"{tmp_path}/corpus", "ADDED": f"{tmp_path}/added",
    }  # fmt: skip
    forwarded = {"forward_origin": {"type": "hidden_user", "sender_user_name": "B", "date": 1_700_000_000}}
    with Program(tmp_path / "stderr", "serve", **settings) as program:
        await server.wait_for_poll()
        say(server, "/ask Who is Galuzin?")
        await server.wait_for_messages(GROUP, 1)
        for text in (f"a {secret}", f"/roll {secret}", f"/ask@other_bot {secret}", f"@other_bot {secret}"):
            say(server, text, first_name=secret)
        server.edit_text(GROUP, max(server.state.chats[GROUP].heard), f"still a {secret}")
        say(server, f"/roll@other_bot {secret}", reply_to_bot=True)
        place: dict[str, Any] = {"chat_id": GROUP, "chat_type": "supergroup"}
        server.send_message({**PHOTO, "caption": secret}, **place)
        server.send_message({"text": f"@verbatim_bot {secret}", "via_bot": US}, **place)
        server.send_message({"text": f"@verbatim_bot {secret}", **forwarded}, **place)
        server.send_message({"new_chat_title": secret}, **place)
        channel = {"id": -9, "type": "channel", "title": secret}
        server.send_update({"channel_post": {"message_id": 1, "date": 1, "chat": channel, "text": f"/ask {secret}"}})
        await settled(server)
        await server.wait_until(lambda: not server.updates.pending, 10, "the updates to be confirmed")
        assert len(server.messages(GROUP)) == 1
        program.signal(signal.SIGTERM)
        _, said = await program.ended()
    assert "DEBUG" in said
    assert secret not in said
    assert "Galuzin" in said
    assert _files_with(tmp_path, "update_id")
    assert _files_with(tmp_path, secret) == []
    assert questions(tmp_path) == ["Who is Galuzin?"]
    assert rows(tmp_path, "SELECT COUNT(*) FROM inbox") == [(2,)]


def _files_with(folder: Path, word: str) -> list[str]:
    files = [file for file in folder.rglob("*.db*") if file.is_file()]
    return [file.name for file in files if word.encode() in file.read_bytes()]


async def test_what_a_person_inserted_by_us_is_no_question(server: BotApiServer, tmp_path: Path) -> None:
    """Wherever they did: they have read it already."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_message({"text": "“A quote that was inserted.”", "via_bot": US}, user_id=ADA)
        await settled(server)
        assert ADA not in server.state.chats or server.messages(ADA) == []
    assert rows(tmp_path, "SELECT COUNT(*) FROM inbox") == [(1,)]


@pytest.mark.parametrize("reads_all", [True, False])
async def test_a_group_is_told_how_to_ask_there(tmp_path: Path, *, reads_all: bool) -> None:
    """Once, and what privacy mode means for it; of promotions and the like nothing is said."""
    async with BotApiServer(can_read_all_group_messages=reads_all) as server:
        async with running_bot(settings_for(server, tmp_path), server):
            server.add_bot(GROUP)
            (message,) = await server.wait_for_messages(GROUP, 1)
            more = texts.READS_ALL.format(name="verbatim_bot") if reads_all else texts.READS_COMMANDS
            assert message.text == f"{texts.ADDED_TO_GROUP}\n{more}"
            server.promote_bot(GROUP)
            server.remove_bot(GROUP)
            server.add_bot(GROUP)
            server.send_text("/help", user_id=ADA)
            server.block(ADA)
            server.block(ADA, blocked=False)
            await settled(server)
            assert len(server.messages(GROUP)) == 1
            assert len(server.messages(ADA)) <= 1
        assert server.invalid == []


async def test_an_admin_of_a_group_receives_everything(server: BotApiServer, tmp_path: Path) -> None:
    """And is asked by its name there, whatever its privacy mode; that is said when it comes as one."""
    async with running_bot(settings_for(server, tmp_path), server):
        say(server, "Good morning")
        server.promote_bot(GROUP)
        (message,) = await server.wait_for_messages(GROUP, 1)
        assert message.text.endswith(texts.READS_ALL.format(name="verbatim_bot"))
        say(server, "Good evening")
        say(server, "@verbatim_bot who is Galuzin?")
        await server.wait_for_messages(GROUP, 2)
    assert questions(tmp_path) == ["who is Galuzin?"]
    assert rows(tmp_path, "SELECT COUNT(*) FROM inbox") == [(2,)]


async def test_the_start_says_what_privacy_mode_means(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """For this bot."""
    caplog.set_level("INFO")
    for reads_all, said in ((False, "privacy mode is on: of groups"), (True, "privacy mode is off: of groups")):
        async with BotApiServer(can_read_all_group_messages=reads_all) as server:
            async with running_bot(settings_for(server, tmp_path), server):
                assert said in caplog.text
            caplog.clear()


@pytest.mark.parametrize("chat_id", [ADA, GROUP])
async def test_where_the_bot_may_not_write_nothing_is_sent(server: BotApiServer, tmp_path: Path, chat_id: int) -> None:
    """What waits is dropped, what was asked is in the log; once it is back, it answers again. Others notice nothing."""
    say_in: dict[str, Any] = {
        "user_id": ADA,
        "chat_id": chat_id,
        "chat_type": "private" if chat_id > 0 else "supergroup",
    }
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/ask Who is Galuzin?", **say_in)
        await server.wait_for_messages(chat_id, 1)
        server.fail_next("sendMessage", 429, retry_after=1, chat_id=chat_id)
        for name in ("Peskov", "Zakharova", "Bayramov"):
            server.send_text(f"/ask Who is {name}?", **say_in)
        await server.wait_for_call("sendMessage", count=2)
        server.block(chat_id)
        await settled(server)
        await server.wait_until(lambda: len(_sent_to(server, chat_id)) == 3, 5, "the refusal")
        await settled(server)
        assert [call.status for call in _sent_to(server, chat_id)] == [200, 429, 403]
        server.block(chat_id, blocked=False)
        server.send_text("/ask Who is Lavrov?", **say_in)
        await server.wait_until(lambda: _sent_to(server, chat_id)[-1].status == 200, 5, "an answer")
    assert questions(tmp_path)[:4] == [f"Who is {name}?" for name in ("Galuzin", "Peskov", "Zakharova", "Bayramov")]
    delivered = rows(tmp_path, "SELECT delivery FROM question ORDER BY id")
    assert delivered == [("answered",), *[("refused",)] * 3, ("answered",)]


def _sent_to(server: BotApiServer, chat_id: int) -> list[Any]:
    return [call for call in server.calls_of("sendMessage") if call.params["chat_id"] == chat_id]


async def test_a_refusal_shows_that_the_bot_is_away(server: BotApiServer, tmp_path: Path) -> None:
    """Also where no update tells of it: what waits behind it is not tried. Whoever writes again is answered again."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/help", user_id=ADA)
        await server.wait_for_messages(ADA, 1)
        server.state.chats[ADA].blocked = True
        server.delay_next("sendMessage", 0.5)
        for _ in range(5):
            server.send_text("/help", user_id=ADA)
        await server.wait_until(lambda: len(_sent_to(server, ADA)) == 2, 5, "a refusal")
        await settled(server)
        assert [call.status for call in _sent_to(server, ADA)] == [200, 403]
        server.state.chats[ADA].blocked = False
        server.send_text("/help", user_id=ADA)
        await server.wait_for_messages(ADA, 2)
    assert dict(rows(tmp_path, "SELECT outcome, COUNT(*) FROM inbox GROUP BY 1"))["refused"] == 5


async def test_a_group_that_became_a_supergroup_goes_on_there(server: BotApiServer, tmp_path: Path) -> None:
    """What waited is answered at its new number; so is what is asked there, although CHATS names the old one."""
    async with running_bot(settings_for(server, tmp_path, chats="-55"), server):
        server.fail_next("sendMessage", 429, retry_after=1, chat_id=-55)
        server.send_text("/ask Who is Galuzin?", chat_id=-55, chat_type="group")
        await server.wait_for_call("sendMessage")
        server.migrate(-55, -100555)
        say(server, "/ask Who is Peskov?", chat_id=-100555)
        messages = await server.wait_for_messages(-100555, 2)
    assert {"Galuzin" in message.text for message in messages} == {True, False}
    assert sorted(questions(tmp_path)) == ["Who is Galuzin?", "Who is Peskov?"]


async def test_a_refusal_shows_that_a_group_has_moved(server: BotApiServer, tmp_path: Path) -> None:
    """Also where no message tells of it."""
    async with running_bot(settings_for(server, tmp_path, chats="-55"), server):
        server.send_text("/help", chat_id=-55, chat_type="group")
        await server.wait_for_messages(-55, 1)
        profile = {"id": -100555, "type": "supergroup", "title": "Group 55"}
        server.state.learn_message({"chat": profile})
        server.state.chats[-55].migrated_to = -100555
        server.send_text("/ask Who is Galuzin?", chat_id=-55, chat_type="group")
        await server.wait_for_messages(-100555, 1)
        say(server, "/ask Who is Peskov?", chat_id=-100555)
        await server.wait_for_messages(-100555, 2)
    assert questions(tmp_path) == ["Who is Galuzin?", "Who is Peskov?"]


async def test_other_chats_go_on_while_one_is_to_be_left_alone(bot: BotApiServer) -> None:
    """A group that took too many messages waits; others do not."""
    bot.fail_next("sendMessage", 429, retry_after=2, chat_id=GROUP)
    for _ in range(3):
        say(bot, "/ask Who is Galuzin?")
    await bot.wait_for_call("sendMessage")
    bot.send_text("Who is Galuzin?", user_id=BOB)
    say(bot, "/ask Who is Galuzin?", chat_id=-100300)
    await bot.wait_for_messages(BOB, 1, timeout=1.5)
    await bot.wait_for_messages(-100300, 1, timeout=1.5)
    assert bot.messages(GROUP) == []
    await bot.wait_for_messages(GROUP, 3)


async def test_only_certain_chats_are_answered(server: BotApiServer, tmp_path: Path) -> None:
    """Others are told so, in private once, in a group when it is left; neither is anything of them kept."""
    async with running_bot(settings_for(server, tmp_path, chats=f"{GROUP},{BOB}"), server):
        server.send_text("Who is Galuzin?", user_id=ADA)
        server.send_text("Who is Peskov?", user_id=ADA)
        say(server, "/ask Who is Lavrov?")
        server.add_bot(-100300)
        say(server, "/ask Who is Zakharova?", chat_id=-100400)
        await server.wait_for_call("leaveChat", count=2)
        server.add_bot(-100300)
        await server.wait_for_call("leaveChat", count=3)
        await server.wait_for_messages(GROUP, 1)
        await settled(server)
    assert [message.text for message in server.messages(ADA)] == [texts.NOT_IN_THIS_CHAT.format(number=ADA)]
    for group in (-100300, -100400):
        assert [m.text for m in server.messages(group)] == [texts.NOT_IN_THIS_GROUP.format(number=group)]
    assert {call.params["chat_id"] for call in server.calls_of("leaveChat")} == {-100300, -100400}
    assert questions(tmp_path) == ["Who is Lavrov?"]
    assert rows(tmp_path, "SELECT COUNT(*) FROM inbox") == [(2,)]


async def test_a_spammer_is_told_once_and_others_are_answered_first(server: BotApiServer, tmp_path: Path) -> None:
    """Whether there are limits or not; what is over the limit is neither stored nor answered."""
    for limit, taken in ((20, 20), (0, 200)):
        folder = tmp_path / str(limit)
        folder.mkdir()
        spammer, other = 7000 + limit, 8000 + limit
        async with running_bot(settings_for(server, folder, person_limit=limit, chat_queue=500), server):
            for _ in range(200):
                server.send_text("Who is Galuzin?", user_id=spammer)
            server.send_text("Who is Peskov?", user_id=other)
            await server.wait_for_messages(other, 1)
            first = [call.params["chat_id"] for call in server.calls_of("sendMessage")].index(other)
            told = [texts.TOO_FAST.format(limit=20, seconds=3)] if limit else []
            messages = await server.wait_for_messages(spammer, taken + len(told), timeout=60)
            assert [message.text for message in messages if "Galuzin" not in message.text] == told
            server.calls.clear()
        assert first < taken
        assert rows(folder, "SELECT COUNT(*) FROM inbox") == [(taken + 1,)]


async def test_a_group_is_told_that_it_is_too_fast(server: BotApiServer, tmp_path: Path) -> None:
    """As a reply, in the topic; once."""
    async with running_bot(settings_for(server, tmp_path, group_limit=2), server):
        for person in range(5):
            say(server, "/ask Who is Galuzin?", user_id=3000 + person, message_thread_id=7)
        messages = await server.wait_for_messages(GROUP, 3)
        await settled(server)
        assert len(server.messages(GROUP)) == 3
    assert messages[2].text.startswith("I take 2 messages a minute.")
    assert messages[2].message_thread_id == 7
    assert messages[2].reply_to_message_id is not None


async def test_who_presses_too_fast_is_told_in_passing(server: BotApiServer, tmp_path: Path) -> None:
    """By a word that pops up, once; the other presses are passed over."""
    async with running_bot(settings_for(server, tmp_path, person_limit=1), server):
        server.send_text("/help", user_id=ADA)
        (message,) = await server.wait_for_messages(ADA, 1)
        below = server.message_json(ADA, message.message_id)
        person = {"id": ADA, "is_bot": False, "first_name": "Ada"}
        for number in range(10):
            pressed = {"id": f"Q{number}", "from": person, "chat_instance": "1", "data": "?", "message": below}
            server.send_update({"callback_query": pressed})
        await server.wait_for_call("answerCallbackQuery", count=4)
        await settled(server)
        said = [call.params.get("text", "") for call in server.calls_of("answerCallbackQuery")]
    assert [text.startswith("I take 3 presses a minute.") for text in said] == [False] * 3 + [True]
