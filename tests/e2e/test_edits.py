"""An edited question edits its answer, wherever and however it was asked."""

from pathlib import Path

import pytest

from tests.bot_api import BotApiServer
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, running_bot, settings_for

GROUP = -100200
GALUZIN, PESKOV = "Who is Galuzin?", "Who is Peskov?"


def asked_in(server: BotApiServer, chat_id: int) -> int:
    """The number of the last message of a person in a chat."""
    return max(server.state.chats[chat_id].heard)


async def edited(server: BotApiServer, chat_id: int, text: str, count: int = 1) -> None:
    """Let the last message be edited, and wait until an answer was."""
    before = len(server.calls_of("editMessageText"))
    server.edit_text(chat_id, asked_in(server, chat_id), text)
    await server.wait_for_call("editMessageText", count=before + count)


@pytest.mark.parametrize("restarted", [False, True])
async def test_an_edited_question_edits_its_answer(server: BotApiServer, tmp_path: Path, *, restarted: bool) -> None:
    """In its place, also by another process; both are in the log, the later names the earlier."""
    settings = settings_for(server, tmp_path)
    async with running_bot(settings, server):
        server.send_text(GALUZIN)
        (answer,) = await server.wait_for_messages(ADA, 1)
        assert "Galuzin met" in answer.text
        if not restarted:
            await edited(server, ADA, PESKOV)
    if restarted:
        async with running_bot(settings, server):
            await edited(server, ADA, PESKOV)
    (answer,) = server.messages(ADA)
    assert "Peskov" in answer.text
    assert "Galuzin met" not in answer.text
    found = rows(tmp_path, "SELECT text, key, replaces FROM question ORDER BY id")
    assert [text for text, _, _ in found] == [GALUZIN, PESKOV]
    assert found[1][2] == found[0][1]
    query = "SELECT kind, count(*) FROM place WHERE question_id = 2 GROUP BY kind ORDER BY kind"
    assert rows(tmp_path, query) == [("answer", 1), ("question", 1)]


async def test_an_edit_that_changes_nothing_is_none(server: BotApiServer, tmp_path: Path) -> None:
    """A link preview, or a word that is none of the question."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text(f"/ask {GALUZIN}")
        await server.wait_for_messages(ADA, 1)
        server.edit_text(ADA, asked_in(server, ADA), f"/ask  {GALUZIN}")
        server.edit_text(ADA, asked_in(server, ADA), "/help")
        server.send_text(PESKOV, user_id=BOB)
        await server.wait_for_messages(BOB, 1)
    assert server.calls_of("editMessageText") == []
    assert len(server.messages(ADA)) == 1
    assert len(rows(tmp_path, "SELECT * FROM question")) == 2


@pytest.mark.parametrize("text", ["/ask {}", "@verbatim_bot {}", "{}"])
async def test_questions_in_groups_are_edited_too(tmp_path: Path, text: str) -> None:
    """A command, a mention, a reply: what is meant for the bot after the edit."""
    async with (
        BotApiServer(can_read_all_group_messages=True) as server,
        running_bot(settings_for(server, tmp_path), server),
    ):
        server.send_text("/ask Who is Zakharova?", chat_id=GROUP, chat_type="supergroup", message_thread_id=7)
        await server.wait_for_messages(GROUP, 1)
        server.send_text(
            text.format(GALUZIN), chat_id=GROUP, chat_type="supergroup", message_thread_id=7, reply_to_bot=text == "{}"
        )
        first, second = await server.wait_for_messages(GROUP, 2)
        await edited(server, GROUP, text.format(PESKOV))
        assert "Zakharova" in first.text
        assert "Peskov" in second.text
        assert len(server.messages(GROUP)) == 2
        assert server.invalid == []


async def test_what_was_no_question_becomes_one(server: BotApiServer, tmp_path: Path) -> None:
    """A command without words, a message that was edited into one; not long after it was written."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/ask")
        await server.wait_for_messages(ADA, 1)
        server.edit_text(ADA, asked_in(server, ADA), f"/ask {GALUZIN}")
        _, answer = await server.wait_for_messages(ADA, 2)
        assert "Galuzin" in answer.text
        old = {"message_id": 1, "date": 1_700_000_000, "chat": {"id": BOB, "type": "private", "first_name": "Bob"}}
        person = {"id": BOB, "is_bot": False, "first_name": "Bob"}
        server.send_update(
            {"edited_message": {**old, "from": person, "text": PESKOV, "edit_date": int(server.state.clock())}}
        )
        server.send_text("/help", user_id=BOB)
        assert "/privacy" in (await server.wait_for_messages(BOB, 1))[0].text


async def test_an_answer_that_was_deleted_is_given_anew(server: BotApiServer, tmp_path: Path) -> None:
    """And the next edit edits that one."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text(GALUZIN)
        (answer,) = await server.wait_for_messages(ADA, 1)
        answer.deleted = True
        server.edit_text(ADA, asked_in(server, ADA), PESKOV)
        (anew,) = await server.wait_for_messages(ADA, 1)
        assert "Peskov" in anew.text
        server.invalid.clear()  # nobody tells a bot what was deleted
        await edited(server, ADA, "Who is Zakharova?")
    (only,) = server.messages(ADA)
    assert "Zakharova" in only.text
    assert only.message_id == anew.message_id


async def test_an_edit_waits_for_the_answer_that_is_on_its_way(server: BotApiServer, tmp_path: Path) -> None:
    """There is one answer in the end, to what was asked last."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.delay_next("sendMessage", 0.5)
        server.send_text(GALUZIN)
        for question in ("Who is Zakharova?", PESKOV):
            server.edit_text(ADA, asked_in(server, ADA), question)
        await server.wait_for_call("editMessageText", count=2)
    (answer,) = server.messages(ADA)
    assert "Peskov" in answer.text


async def test_an_edit_is_tried_again(server: BotApiServer, tmp_path: Path) -> None:
    """It is the same when it comes twice, so also when it may have arrived."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text(GALUZIN)
        await server.wait_for_messages(ADA, 1)
        server.fail_next("editMessageText", 429, retry_after=1)
        server.drop_next("editMessageText", after_processing=True)
        await edited(server, ADA, PESKOV, count=3)
    assert server.invalid[0].error is not None
    assert "not modified" in server.invalid.pop().error  # type: ignore[operator] # the price of trying again
    assert [("Peskov" in message.text) for message in server.messages(ADA)] == [True]
    assert rows(tmp_path, "SELECT outcome FROM inbox ORDER BY id") == [("answered",), ("answered",)]


async def test_a_topic_that_is_asked_instead_is_answered(server: BotApiServer, tmp_path: Path) -> None:
    """The words are the same, what is wanted is not; and back again."""
    async with running_bot(settings_for(server, tmp_path), server):
        server.send_text("/timeline Lachin corridor")
        (answer,) = await server.wait_for_messages(ADA, 1)
        told = answer.text
        await edited(server, ADA, "Lachin corridor")
        assert answer.text != told
        await edited(server, ADA, "/timeline Lachin corridor")
        assert answer.text == told
