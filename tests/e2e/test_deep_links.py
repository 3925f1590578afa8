"""Links that open an answer again, and the way in from another chat."""

import asyncio
from pathlib import Path

import pytest

from bot.telegram import texts
from tests.bot_api import BotApiServer, utf16_slice
from tests.bot_api.records import SentMessage
from tests.builders import write_corpus
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, run_program, running_bot, settings_for

STANDING = "The mountain road was closed by the army on Friday, and nobody could pass."
CHANGED = "The mountain road was opened by the police on Monday, and the traffic began to flow again."
SINCE = "The mountain road was opened by the mayor on Monday, and some traffic began to flow again."
REMOVED = "The mountain road was never closed at all, said a man at the market."
QUESTION = "Who closed or opened the mountain road?"
MANIFEST = (
    '[[article]]\nfile = "a.txt"\nurl = "https://example.org/a"\npublisher = "Example Times"\npublished = 2023-04-24\n'
)


def marked(message: SentMessage, kind: str) -> list[str]:
    """What of a message is an entity of this kind."""
    return [utf16_slice(message.text, e["offset"], e["length"]) for e in message.entities if e["type"] == kind]


async def shared(server: BotApiServer, folder: Path, user_id: int = ADA, question: str = QUESTION) -> str:
    """Ask, and answer the key of what came back, once that is logged."""
    server.send_text(question, user_id=user_id)
    await server.wait_for_messages(user_id, 1)
    return "".join(key for (key,) in rows(folder, "SELECT key FROM question ORDER BY id DESC LIMIT 1"))


async def test_a_shared_answer_stands(server: BotApiServer, tmp_path: Path) -> None:
    """For somebody else, and after a restart, it looks as it did; opening it asks nothing anew."""
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        server.send_text("Who is Galuzin?")
        (answer,) = await server.wait_for_messages(ADA, 1)
    ((key,),) = rows(tmp_path, "SELECT key FROM question")
    async with running_bot(settings, server):
        server.open_link(f"https://t.me/verbatim_bot?start=a_{key}", user_id=BOB)
        (again,) = await server.wait_for_messages(BOB, 1)
        server.send_text("and when was that?", user_id=BOB)
        await server.wait_for_messages(BOB, 2)
    assert again.text.startswith("Asked on ")
    assert marked(again, "code") == ["Who is Galuzin?"]
    assert "① still stands in the article:\nRussian Deputy Foreign Minister Mikhail" in again.text
    assert marked(again, "blockquote")[0] == marked(answer, "blockquote")[0]
    assert marked(again, "bold")[0].startswith(marked(answer, "bold")[0])
    assert marked(again, "underline") == []
    assert marked(again, "text_link")[0] == marked(answer, "text_link")[0]
    assert rows(tmp_path, "SELECT text, follows FROM question ORDER BY id") == [
        ("Who is Galuzin?", None),
        ("and when was that?", "Who is Galuzin?"),
    ]


async def test_an_answer_that_was_opened_is_one(server: BotApiServer, tmp_path: Path) -> None:
    """It can be voted on and followed to the answer as it is now; an edited question edits its own answer, not this."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("Who is Galuzin?")
        (answer,) = await server.wait_for_messages(ADA, 1)
        assert answer.reply_markup is not None
        buttons = [button for row in answer.reply_markup["inline_keyboard"] for button in row]
        key = next(button["callback_data"].split(":")[1] for button in buttons if "callback_data" in button)
        server.open_link(f"https://t.me/verbatim_bot?start=a_{key}", user_id=BOB)
        (again,) = await server.wait_for_messages(BOB, 1)
        server.react(BOB, again.message_id, "👍", user_id=BOB)
        assert again.reply_markup is not None
        (((now,),)) = again.reply_markup["inline_keyboard"]
        assert now["text"] == texts.LINK_NOW
        server.press_button(BOB, again.message_id, now["callback_data"], user_id=BOB)
        await server.wait_for_call("editMessageText")
        assert again.text == answer.text
        assert again.reply_markup == answer.reply_markup
        server.edit_text(ADA, min(server.state.chats[ADA].heard), "Who is Peskov?")
        await server.wait_for_call("editMessageText", count=2)
    assert "Peskov" in answer.text
    assert len(again.edits) == len(answer.edits) == 1
    assert rows(tmp_path, "SELECT verdict, via FROM feedback") == [("up", "reaction")]


async def test_what_became_of_each_quote_is_said(server: BotApiServer, tmp_path: Path) -> None:
    """One stands, one was changed and shows how, one is gone and is not shown."""
    files: dict[str, str | bytes] = {"a.txt": STANDING, "b.txt": CHANGED, "c.txt": REMOVED}
    folder = write_corpus(tmp_path / "articles", files, MANIFEST)
    settings = settings_for(server, tmp_path, corpus=folder, max_shrink=100)
    async with running_bot(settings, server):
        await shared(server, tmp_path)
    ((key,),) = rows(tmp_path, "SELECT key FROM question")
    assert rows(tmp_path, "SELECT count(*) FROM shown_passage") == [(3,)]
    (folder / "c.txt").unlink()
    (folder / "b.txt").write_text(SINCE)
    environment = {name: str(getattr(settings, name.lower())) for name in ("DATABASE_URL", "DATA", "ADDED")}
    reload = ["corpus", "reload", "--corpus", str(folder)]
    code, said, errors = await asyncio.to_thread(run_program, *reload, MAX_SHRINK="100", **environment)
    assert code == 0, said + errors
    async with running_bot(settings, server):
        server.open_link(f"https://t.me/verbatim_bot?start=a_{key}", user_id=BOB)
        (again,) = await server.wait_for_messages(BOB, 1)
    assert f"still stands in the article:\n{STANDING}\n— Example Times, 24 April 2023" in again.text
    assert "was changed since. On " in again.text
    assert f"it said:\n{CHANGED}\nNow it says:\n{SINCE}" in again.text
    assert marked(again, "strikethrough") == ["police", "the"]
    assert marked(again, "underline") == ["mayor", "some"]
    assert "is no longer in the articles, and I do not show it." in again.text
    assert "market" not in again.text
    assert rows(tmp_path, "SELECT text FROM shown_passage WHERE via = 'link'") == [(SINCE,)]


async def test_an_answer_that_found_nothing_can_be_opened(server: BotApiServer, tmp_path: Path) -> None:
    """It says so; markup and names in the question are nobody's."""
    question = "Who won the <b>Champions</b> League @durov https://evil.example /start?"
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        await shared(server, tmp_path, question=question)
    ((key,),) = rows(tmp_path, "SELECT key FROM question")
    async with running_bot(settings, server):
        server.open_link(f"https://t.me/verbatim_bot?start=a_{key}", user_id=BOB)
        (again,) = await server.wait_for_messages(BOB, 1)
    assert marked(again, "code") == [question]
    assert {entity["type"] for entity in again.entities} == {"code"}
    assert texts.START not in again.text
    assert "did not answer it then" in again.text


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        (" a_unknownkey01", texts.LINK_UNKNOWN),
        (" a_", texts.LINK_UNKNOWN),
        (f" a_{'x' * 62}", texts.LINK_UNKNOWN),
        (" inline", texts.INLINE_START.format(name="verbatim_bot")),
        (" somewhere", texts.START),
        (" a_b c", texts.START),
        ("", texts.START),
    ],
)
async def test_every_start_gets_a_kind_word(bot: BotApiServer, parameter: str, said: str) -> None:
    """Whatever stands behind it."""
    bot.send_text(f"/start{parameter}")
    (message,) = await bot.wait_for_messages(ADA, 1)
    assert message.text == said


async def test_whoever_came_from_another_chat_can_go_back(bot: BotApiServer) -> None:
    """By a button that Telegram leads there."""
    bot.send_text("/start inline")
    (message,) = await bot.wait_for_messages(ADA, 1)
    assert message.reply_markup == {"inline_keyboard": [[{"text": texts.INLINE_BACK, "switch_inline_query": ""}]]}


async def test_a_log_that_cannot_be_read_is_said(server: BotApiServer, tmp_path: Path) -> None:
    """And nothing breaks."""
    (tmp_path / "log.db").write_text("no database " * 100)
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/start a_unknownkey01")
        (message,) = await server.wait_for_messages(ADA, 1)
    assert message.text == texts.LINK_LATER
