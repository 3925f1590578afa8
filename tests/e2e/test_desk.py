"""What admins learn of what people ask: in private, as a picture, a list and a file; nobody else learns anything."""

import csv
import io
from pathlib import Path

import pytest

from bot.spreadsheet import COLUMNS
from bot.telegram import admin_texts, texts
from db import Feedback, QueryLog
from tests.bot_api import BotApiServer
from tests.bot_api.records import Upload
from tests.db.test_query_log import NOON
from tests.e2e.running import ADA, BOB, running_bot, settings_for

ROAD = "Who established a checkpoint on the road to Karabakh?"
CUP = "Who won the Champions League?"
GROUP = -100200


async def asked_three(server: BotApiServer) -> None:
    """Bob asks twice in private, once the same in a group."""
    for count, text in enumerate((ROAD, CUP), start=1):
        server.send_text(text, user_id=BOB)
        await server.wait_for_messages(BOB, count)
    server.send_text(f"/ask {CUP.lower()}", user_id=BOB, chat_id=GROUP, chat_type="supergroup")
    await server.wait_for_messages(GROUP, 1)


async def test_the_numbers_come_with_a_picture(bot: BotApiServer) -> None:
    """Drawn elsewhere: the caption says in words what it shows."""
    await asked_three(bot)
    bot.send_text("/stats 7", user_id=ADA)
    call = await bot.wait_for_call("sendPhoto", timeout=60)
    assert call.status == 200
    upload = call.params["photo"]
    assert isinstance(upload, Upload)
    assert upload.content.startswith(b"\x89PNG")
    caption = str(call.params["caption"])
    assert caption.startswith("3 questions by 1 person in the last 7 days\nAnswered 33%,")
    assert f"2× {CUP.lower()}" in caption
    assert "Where: private 2, group 1." in caption


async def test_what_was_not_answered_is_listed_with_wishes(bot: BotApiServer, tmp_path: Path) -> None:
    """The same words together; what people wish for stands below, and commands nothing."""
    await asked_three(bot)
    async with QueryLog(f"sqlite:///{tmp_path}/log.db") as log:
        question = (await log.latest())[0]
        assert question.key is not None
        await log.wish(Feedback(question.key, NOON, "ann", "wish", note="please\n@everybody https://example.org"))
        bot.send_text("/unanswered", user_id=ADA)
        [told] = await bot.wait_for_messages(ADA, 1)
    assert told.text.startswith(f"Not answered well in the last 30 days:\n\n{CUP.lower()}\n2× by 1 person, last ")
    assert "1 wish" in told.text
    assert told.text.endswith("wish: please @everybody https://example.org")
    assert {entity["type"] for entity in told.entities} == {"code"}


async def test_the_log_comes_as_a_file(bot: BotApiServer) -> None:
    """A row a question, oldest first, with nothing that a spreadsheet program would run."""
    await asked_three(bot)
    bot.send_text('=HYPERLINK("https://example.org")', user_id=BOB)
    await bot.wait_for_messages(BOB, 3)
    bot.send_text("/logs 1", user_id=ADA)
    call = await bot.wait_for_call("sendDocument")
    upload = call.params["document"]
    assert isinstance(upload, Upload)
    assert upload.file_name.startswith("questions-20")
    assert upload.file_name.endswith(".csv")
    assert call.params["caption"] == "Questions in the last day: 4."
    rows = list(csv.reader(io.StringIO(upload.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    questions = [row[COLUMNS.index("question")] for row in rows[1:]]
    assert questions == [ROAD, CUP, CUP.lower(), '\'=HYPERLINK("https://example.org")']
    assert str(BOB) not in upload.content.decode()


async def test_an_empty_log_is_said(bot: BotApiServer) -> None:
    """No picture of nothing, no empty file."""
    for count, (command, said) in enumerate(
        (
            ("/stats", admin_texts.NOTHING_ASKED),
            ("/logs", admin_texts.NOTHING_ASKED),
            ("/unanswered", admin_texts.ALL_ANSWERED),
        ),
        start=1,
    ):
        bot.send_text(command, user_id=ADA)
        told = await bot.wait_for_messages(ADA, count)
        assert told[-1].text == said.format(period="in the last 30 days")


@pytest.mark.parametrize("days", ["0", "-1", "3651", "seven", "1 2", "٣", "9" * 4000])
async def test_days_that_are_none_are_refused(bot: BotApiServer, days: str) -> None:
    """With an example of how to say it."""
    bot.send_text(f"/stats {days}"[:4096], user_id=ADA)
    [told] = await bot.wait_for_messages(ADA, 1)
    assert told.text == admin_texts.DAYS_WRONG.format(most=3650, command="stats")


async def test_a_log_that_cannot_be_read_is_said(server: BotApiServer, tmp_path: Path) -> None:
    """With the reason; the bot goes on."""
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        server.send_text(ROAD, user_id=BOB)
        await server.wait_for_messages(BOB, 1)
        for each in tmp_path.glob("log.db*"):  # noqa: ASYNC240 - three files
            each.unlink()
        (tmp_path / "log.db").write_bytes(b"these are my notes " * 100)
        server.send_text("/unanswered", user_id=ADA)
        [told] = await server.wait_for_messages(ADA, 1)
        assert told.text.startswith(admin_texts.LOG_UNREADABLE.format(reason=""))
        assert "file is not a database" in told.text
        server.send_text(ROAD, user_id=BOB)
        await server.wait_for_messages(BOB, 2)


async def test_nobody_else_learns_anything(bot: BotApiServer) -> None:
    """A stranger, the admin in a group, an admin of the group who speaks in its name."""
    for count, command in enumerate(("/stats", "/unanswered 3", "/logs"), start=1):
        bot.send_text(command, user_id=BOB)
        assert (await bot.wait_for_messages(BOB, count))[-1].text == texts.NOT_ADMIN
        bot.send_text(command, user_id=ADA, chat_id=GROUP, chat_type="supergroup")
        assert (await bot.wait_for_messages(GROUP, count))[-1].text == texts.NOT_ADMIN
    assert bot.calls_of("sendPhoto") == bot.calls_of("sendDocument") == []
