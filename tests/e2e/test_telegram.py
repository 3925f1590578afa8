"""The bot as people meet it: every call that it makes is one that Telegram accepts."""

import datetime as dt
import logging
import sqlite3
import time
from pathlib import Path

import pytest

from bot.composition import compose
from bot.logs import LineFormatter
from bot.redaction import Redactor
from bot.telegram import texts
from bot.telegram.building import build_application
from retrieval import Answer, Order, Retriever
from tests.bot_api import BotApiServer, utf16_slice
from tests.builders import write_corpus
from tests.e2e.running import ADA, BOB, running_bot, settings_for

GROUP = -100200
QUESTION = "What road links Armenia to Karabakh?"


def logged_questions(folder: Path) -> list[str]:
    """What the log holds, oldest first."""
    connection = sqlite3.connect(folder / "log.db")
    rows = connection.execute("SELECT text FROM question ORDER BY id").fetchall()
    connection.close()
    return [text for (text,) in rows]


async def ask(server: BotApiServer, text: str, *, user_id: int = ADA, count: int = 1) -> str:
    """Send a text and return what came back, all messages together."""
    before = len(server.messages(user_id)) if user_id in server.state.chats else 0
    server.send_text(text, user_id=user_id)
    sent = await server.wait_for_messages(user_id, before + count)
    return "\n\n".join(message.text for message in sent[before:])


async def test_a_question_gets_a_quote_with_its_source_and_a_link(bot: BotApiServer) -> None:
    """Word for word in a blockquote, the best sentence in bold, publisher, date, and the sentence's address."""
    bot.send_text(QUESTION)
    (message,) = await bot.wait_for_messages(ADA, 1)
    entities = {
        kind: [utf16_slice(message.text, e["offset"], e["length"]) for e in message.entities if e["type"] == kind]
        for kind in ("blockquote", "expandable_blockquote", "bold", "text_link")
    }
    quotes = entities["blockquote"] + entities["expandable_blockquote"]
    assert [len(entities["blockquote"]), len(quotes)] == [1, 3]
    quote = next(each for each in quotes if each.startswith("Azerbaijan on Sunday established"))
    assert all(any(bold in whole for whole in quotes) for bold in entities["bold"])
    assert f"{quote}\n② — Daily Sabah, 26 April 2023 (date inferred): Russia urges Armenia" in message.text
    assert "Russia urges Armenia to ease tensions with Azerbaijan" in entities["text_link"]
    links = [e["url"] for e in message.entities if e["type"] == "text_link"]
    assert any("#:~:text=Azerbaijan%20on%20Sunday,the%20two%20sides" in link for link in links)
    assert message.reply_to_message_id is None


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/start", texts.START.splitlines()[0][:60]),
        ("/help", "I search 5 articles"),
        ("/privacy", "keyed hash"),
        ("/sources", "• Press TV, 24 April 2023"),
        ("/ask", "Write the question behind the command"),
        ("/ask Who is Galuzin?", "Mikhail Galuzin met"),
        ("/ask@verbatim_bot Who is Galuzin?", "Mikhail Galuzin met"),
        ("/ask\nWho is\nGaluzin?", "Mikhail Galuzin met"),
        ("/unheard", "I do not know this command"),
        ("Who won the Champions League in 2023?", "None of them contains “won”, “Champions” or “League”."),
        ("wat did bayramof say about the protets", "Did you mean: wat did Bayramov say about the protests"),
        ("🎉🎉", "I found no word to search for"),
        ("Asbarez on the Lachin checkpoint", "— Asbarez, 24 April 2023"),
        ("Why would the small country not leave the military alliance?", "The articles may not answer this."),
        ("<b>Lachin</b> & *corridor* _[x](y)_ `road`", "Lachin"),
        ("Lachin corridor " * 250, "I read its first 500 characters"),
    ],
)
async def test_every_text_gets_a_sensible_reply(bot: BotApiServer, command: str, said: str) -> None:
    """Commands, questions, typos, emoji, markup, walls."""
    assert said in await ask(bot, command)


async def test_what_is_no_text_gets_a_word(bot: BotApiServer) -> None:
    """No silence."""
    bot.send_photo(user_id=ADA)
    assert [message.text for message in await bot.wait_for_messages(ADA, 1)] == [texts.TEXT_ONLY]


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("/ask\nWho is\nGaluzin?", "Who is\nGaluzin?"),
        ("/ask\tWho is Galuzin?", "Who is Galuzin?"),
        ("/ask\N{NO-BREAK SPACE}Who is Galuzin?", "Who is Galuzin?"),
        ("/ask@verbatim_bot  Who is Galuzin? ", "Who is Galuzin?"),
    ],
)
async def test_no_word_of_a_question_is_lost(server: BotApiServer, tmp_path: Path, text: str, logged: str) -> None:
    """Whatever stands behind the command."""
    async with running_bot(settings_for(server, tmp_path), server):
        assert "Galuzin" in await ask(server, text)
    assert logged_questions(tmp_path) == [logged]


async def test_what_is_written_below_a_photo_is_a_question(server: BotApiServer, tmp_path: Path) -> None:
    """With /ask or, in a private chat, without."""
    command = [{"type": "bot_command", "offset": 0, "length": 4}]
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_photo(caption="Who is Galuzin?", user_id=ADA)
        photo = {"photo": [{"file_id": "F", "file_unique_id": "U", "width": 9, "height": 9}]}
        server.send_message({**photo, "caption": "/ask Who is Peskov?", "caption_entities": command}, user_id=BOB)
        assert "Galuzin" in (await server.wait_for_messages(ADA, 1))[0].text
        assert "Peskov" in (await server.wait_for_messages(BOB, 1))[0].text
    assert sorted(logged_questions(tmp_path)) == ["Who is Galuzin?", "Who is Peskov?"]


def said_in_group(server: BotApiServer, sender: dict[str, object], text: str = "/ask Who is Galuzin?") -> None:
    """A message in the group, as raw as Telegram sends it."""
    message = {
        "message_id": 7, "date": 0, "chat": {"id": GROUP, "type": "supergroup", "title": "G"}, "text": text,
        "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
    }  # fmt: skip
    server.send_update({"message": {**message, **sender}})


async def test_who_is_answered_in_a_group(server: BotApiServer, tmp_path: Path) -> None:
    """People, also those who speak for the group, who are nobody in the log; no bots, and no channel's copies."""
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    group, channel = (
        {"id": number, "type": kind, "title": "G"} for number, kind in [(GROUP, "supergroup"), (-9, "channel")]
    )
    async with running_bot(settings_for(server, tmp_path), server):
        said_in_group(server, {"from": {"id": 5, "is_bot": True, "first_name": "Other bot"}}, "/ask one")
        repeated = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        said_in_group(server, {"from": repeated, "sender_chat": channel, "is_automatic_forward": True}, "/ask two")
        said_in_group(server, {"from": anonymous, "sender_chat": group})
        await server.wait_for_messages(GROUP, 1)
        await ask(server, "/help")
        assert len(server.messages(GROUP)) == 1
    connection = sqlite3.connect(tmp_path / "log.db")
    assert connection.execute("SELECT text, asker FROM question").fetchall() == [("Who is Galuzin?", None)]
    connection.close()


async def test_what_the_bot_does_not_understand_gets_no_word(bot: BotApiServer) -> None:
    """Service messages are not addressed to it."""
    bot.send_message({"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}, user_id=ADA)
    bot.send_message({"unheard_of": {}}, user_id=ADA)
    assert "/privacy" in await ask(bot, "/help")
    assert len(bot.messages(ADA)) == 1


async def test_status_is_for_admins_by_id(bot: BotApiServer) -> None:
    """In private only; a stranger gets a polite no."""
    assert "5 articles, 68 paragraphs, 0 rejected" in await ask(bot, "/status")
    assert await ask(bot, "/status", user_id=BOB) == texts.NOT_ADMIN
    bot.send_text("/status", user_id=ADA, chat_id=GROUP, chat_type="supergroup")
    assert [message.text for message in await bot.wait_for_messages(GROUP, 1)] == [texts.NOT_ADMIN]


async def test_an_edited_question_is_not_a_new_one(bot: BotApiServer) -> None:
    """It was answered already."""
    await ask(bot, QUESTION)
    bot.edit_text(ADA, 1, "Who is Galuzin?")
    await ask(bot, QUESTION)
    assert len(bot.messages(ADA)) == 2


async def test_the_order_within_a_chat_is_kept(bot: BotApiServer) -> None:
    """A slow send of one answer does not let the next one pass; other chats do not wait."""
    bot.delay_next("sendMessage", 0.5)
    bot.send_text("Who is Galuzin?", user_id=ADA)
    bot.send_text("/help", user_id=ADA)
    bot.send_text("/help", user_id=BOB)
    await bot.wait_for_messages(BOB, 1)
    assert len(bot.messages(ADA)) <= 1
    first, second = await bot.wait_for_messages(ADA, 2)
    assert "Galuzin" in first.text
    assert "/privacy" in second.text


async def test_questions_are_in_the_log(server: BotApiServer, tmp_path: Path) -> None:
    """All of them, once the bot has ended; users as hashes."""
    async with running_bot(settings_for(server, tmp_path), server):
        await ask(server, QUESTION)
        server.send_text("/ask Who is Galuzin?", chat_id=GROUP, chat_type="supergroup")
        await server.wait_for_messages(GROUP, 1)
    connection = sqlite3.connect(tmp_path / "log.db")
    rows = connection.execute("SELECT text, channel, band, length(asker) FROM question ORDER BY id").fetchall()
    shown = connection.execute("SELECT count(*) FROM shown_passage").fetchone()
    connection.close()
    assert rows == [(QUESTION, "private", "found", 64), ("Who is Galuzin?", "group", "found", 64)]
    assert shown[0] >= 2


async def test_a_log_that_fails_costs_nobody_the_answer(server: BotApiServer, tmp_path: Path) -> None:
    """And an admin can see it."""
    (tmp_path / "log.db").write_text("no database " * 100)
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        assert "Galuzin" in await ask(server, "Who is Galuzin?")
        assert "Questions are NOT logged" in await ask(server, "/status")


async def test_a_flood_limit_is_waited_out(bot: BotApiServer) -> None:
    """Telegram says for how long."""
    bot.fail_next("sendMessage", 429, retry_after=1)
    assert "Galuzin" in await ask(bot, "Who is Galuzin?")
    assert len(bot.calls_of("sendMessage")) == 2


async def test_an_ambiguous_send_is_not_repeated(bot: BotApiServer) -> None:
    """The message may have arrived; twice would be worse. The person is told, once."""
    bot.drop_next("sendMessage", after_processing=True)
    bot.send_text("Who is Galuzin?")
    await bot.wait_for_messages(ADA, 1)
    assert "/privacy" in await ask(bot, "/help", count=2)
    assert [message.text == texts.UNSURE for message in bot.messages(ADA)] == [False, True, False]


async def test_a_blocked_bot_goes_on_with_the_others(bot: BotApiServer) -> None:
    """One person's no is not the end."""
    bot.send_text("Who is Galuzin?", user_id=BOB)
    await bot.wait_for_messages(BOB, 1)
    bot.block(BOB)
    bot.send_text("Who is Galuzin?", user_id=BOB)
    assert "Galuzin" in await ask(bot, "Who is Galuzin?")


async def test_a_group_that_moved_gets_its_answer(bot: BotApiServer) -> None:
    """At its new address."""
    bot.delay_next("sendMessage", 0.01)
    bot.send_text("/ask Who is Galuzin?", chat_id=-55, chat_type="group")
    await bot.wait_for_messages(-55, 1)
    bot.send_text("/ask Who is Zakharova?", chat_id=-55, chat_type="group")
    bot.migrate(-55, -100555)
    assert "Zakharova" in (await bot.wait_for_messages(-100555, 1))[0].text


async def test_faults_of_the_server_are_survived(bot: BotApiServer) -> None:
    """Errors, broken answers and an HTML page between two polls."""
    bot.fail_next("getUpdates", 502)
    bot.garbage_next("getUpdates")
    assert "Galuzin" in await ask(bot, "Who is Galuzin?")
    assert "Galuzin" in await ask(bot, "Who is Galuzin?")


class SlowRetriever(Retriever):
    """Takes its time."""

    def answer(
        self,
        question: str,
        limit: int = 3,
        asked_on: dt.date | None = None,
        *,
        offset: int = 0,
        order: Order = Order.BEST,
        previous: str | None = None,
    ) -> Answer:
        """Longer than a person waits without a sign."""
        time.sleep(1.0)
        return super().answer(question, limit, asked_on, offset=offset, order=order, previous=previous)


@pytest.mark.parametrize("slow", [True, False])
async def test_typing_is_shown_only_when_it_takes_long(server: BotApiServer, tmp_path: Path, *, slow: bool) -> None:
    """A person who waits sees that something is going on; one who does not is spared the flicker."""
    settings = settings_for(server, tmp_path)
    async with compose(settings) as parts:
        if slow:
            parts.service.retriever = SlowRetriever(parts.service.retriever.collection)
        server.send_text(f"{QUESTION} {'Tell me all of it. ' * 12}")  # what is as long as this may take long
        async with build_application(settings, parts) as application:
            for update in await application.bot.get_updates():
                await application.process_update(update)
    assert len(server.calls_of("sendChatAction")) == int(slow)
    assert len(server.messages(ADA)) == 1


async def test_long_answers_come_in_pages(server: BotApiServer, tmp_path: Path) -> None:
    """Ten passages of six hundred characters do not fit in one; none is parted."""
    prose = "The mountain road number {} was closed by the army on a cold day. "
    files: dict[str, str | bytes] = {f"{n}.txt": (prose.format(n) * 9).strip() for n in range(10)}
    folder = write_corpus(tmp_path / "corpus", files)
    async with running_bot(settings_for(server, tmp_path, corpus=folder, passages=10), server):
        server.send_text("Who closed the mountain road?")
        (message,) = await server.wait_for_messages(ADA, 1)
    quotes = [entity for entity in message.entities if "blockquote" in entity["type"]]
    assert 1 < len(quotes) < 10
    labels = [button["text"] for row in (message.reply_markup or {})["inline_keyboard"] for button in row]
    assert f"More · {len(quotes)}/10" in labels


async def test_every_question_of_a_crowd_is_answered(bot: BotApiServer) -> None:
    """A thousand people at once, nobody is forgotten and no call is invalid."""
    for user in range(2001, 3001):
        bot.send_text(QUESTION, user_id=user)
    for user in range(2001, 3001):
        (message,) = await bot.wait_for_messages(user, 1, timeout=60)
        assert "Azerbaijan on Sunday" in message.text


async def test_the_token_appears_in_no_log(
    server: BotApiServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG, with errors of every kind: see the test of the program itself for what reaches standard error."""
    formatter = LineFormatter(Redactor([server.token]), tell_all=True)
    caplog.set_level(logging.DEBUG)
    async with running_bot(settings_for(server, tmp_path), server):
        server.fail_next("sendMessage", 500)
        server.send_text("Who is Galuzin?")
        await server.wait_for_call("sendMessage")
        await ask(server, "/help")
    lines = [formatter.format(record) for record in caplog.records]
    assert any(server.token in record.getMessage() for record in caplog.records)
    assert [line for line in lines if server.token in line] == []
