"""The bot where it is not: called by its name, behind a setting."""

from pathlib import Path

from tests.bot_api import BotApiServer
from tests.e2e.reading import rows
from tests.e2e.running import ADA, BOB, running_bot, settings_for

ELSEWHERE = -100777


async def test_a_guest_answers_with_one_message(server: BotApiServer, tmp_path: Path) -> None:
    """And a button that opens the answer in private; without a question it says how to ask."""
    server.state.supports_guest_queries = True
    async with running_bot(settings_for(server, tmp_path, guest_mode=True), server):
        assert server.ask_as_guest("@verbatim_bot Who is Galuzin?", chat_id=ELSEWHERE)
        assert server.ask_as_guest("@verbatim_bot", chat_id=ELSEWHERE, user_id=BOB)
        await server.wait_for_call("answerGuestQuery", count=2)
        answer, hint = server.inline_messages
        assert "Galuzin" in answer.text
        assert answer.entities[0]["type"] == "blockquote"
        assert hint.text == "Write your question behind my name, like this: @verbatim_bot who brokered the ceasefire?"
        assert answer.reply_markup is not None
        (((button,),)) = answer.reply_markup["inline_keyboard"]
        server.send_text("/help")
        await server.wait_for_messages(ADA, 1)  # by then it is in the log, too
        assert rows(tmp_path, "SELECT count(*) FROM place") == [(0,)]
        assert rows(tmp_path, "SELECT count(*) > 0 FROM shown_passage") == [(1,)]
        server.open_link(button["url"])
        _, again = await server.wait_for_messages(ADA, 2)
        assert "still stands in the article" in again.text
    assert rows(tmp_path, "SELECT text, channel, length(asker) FROM question") == [("Who is Galuzin?", "guest", 64)]


async def test_without_the_setting_it_is_nobodys_guest(server: BotApiServer, tmp_path: Path) -> None:
    """Telegram is not even asked for such calls."""
    server.state.supports_guest_queries = True
    async with running_bot(settings_for(server, tmp_path), server):
        server.ask_as_guest("@verbatim_bot Who is Galuzin?", chat_id=ELSEWHERE)
        server.send_text("/help")
        await server.wait_for_messages(ADA, 1)
    assert server.calls_of("answerGuestQuery") == []
    assert rows(tmp_path, "SELECT * FROM question") == []


async def test_a_call_that_comes_too_late_is_nobodys_concern(server: BotApiServer, tmp_path: Path) -> None:
    """The next one is answered."""
    server.state.supports_guest_queries = True
    async with running_bot(settings_for(server, tmp_path, guest_mode=True), server):
        server.fail_next("answerGuestQuery", 400, description="Bad Request: query is too old")
        for _ in range(2):
            server.ask_as_guest("Who is Galuzin, @verbatim_bot?", chat_id=ELSEWHERE)
        await server.wait_for_call("answerGuestQuery", count=2)
    assert len(server.inline_messages) == 1
    assert rows(tmp_path, "SELECT text FROM question")[0] == ("Who is Galuzin, ?",)
