"""A message that goes along with something long, against what Telegram allows."""

import asyncio
import itertools
import time

from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from bot.telegram.buttons import decision_on_version
from bot.telegram.live import LiveMessage, fitted
from tests.bot_api import BotApiServer, utf16_length
from tests.e2e.running import ADA


def bot_of(server: BotApiServer) -> Bot:
    """A bot whom Ada has written."""
    server.send_text("/start", user_id=ADA)
    return Bot(server.token, base_url=f"{server.url}/bot")


async def test_it_is_edited_at_most_once_a_second_and_never_in_vain(server: BotApiServer) -> None:
    """However often it is told to change; the last word counts."""
    async with bot_of(server) as bot:
        live = LiveMessage(bot, ADA)
        await live.begin("Begun.")
        for number in range(60):
            live.show(f"Reading, {number // 5} of 12.")
            await asyncio.sleep(0.05)
        await live.end(["Done."], decision_on_version("abc"))
    (message,) = server.messages(ADA)
    times = [call.at for call in server.calls_of("editMessageText")]
    assert message.text == "Done."
    assert message.reply_markup is not None
    assert 3 <= len(times) <= 5
    assert all(later - earlier > 1 for earlier, later in itertools.pairwise(times[:-1]))


async def test_an_end_that_says_what_it_says_already_changes_nothing(server: BotApiServer) -> None:
    """Telegram would refuse it."""
    async with bot_of(server) as bot:
        live = LiveMessage(bot, ADA)
        await live.begin("Done.")
        live.show("Done.")
        await asyncio.sleep(0.1)
        await live.end(["Done."])
    assert server.calls_of("editMessageText") == []


async def test_a_flood_limit_is_waited_for(server: BotApiServer) -> None:
    """The end arrives."""
    async with bot_of(server) as bot:
        live = LiveMessage(bot, ADA)
        await live.begin("Begun.")
        server.fail_next("editMessageText", 429, retry_after=1)
        start = time.monotonic()
        await live.end(["Done."])
    assert server.messages(ADA)[0].text == "Done."
    assert time.monotonic() - start >= 1


async def test_a_message_that_was_deleted_comes_again_at_the_end(server: BotApiServer) -> None:
    """Nobody goes without the report."""
    async with bot_of(server) as bot:
        live = LiveMessage(bot, ADA)
        await live.begin("Begun.")
        (message,) = server.messages(ADA)
        await bot.delete_message(ADA, message.message_id)
        await live.end(["Done."])
    assert [message.text for message in server.messages(ADA)] == ["Done."]
    (refused,) = server.invalid  # nobody can know that it is gone
    assert "message to edit not found" in str(refused.error)
    server.invalid.clear()


async def test_an_end_that_arrived_in_silence_is_not_told_twice(server: BotApiServer) -> None:
    """An edit may take effect and its answer be lost; doing it again is refused as no change, which is success."""
    async with bot_of(server) as bot:
        live = LiveMessage(bot, ADA)
        await live.begin("Begun.")
        server.drop_next("editMessageText", after_processing=True)
        await live.end(["Done."])
    assert [message.text for message in server.messages(ADA)] == ["Done."]
    assert all("not modified" in str(call.error) for call in server.invalid)
    server.invalid.clear()


async def test_a_chat_that_is_closed_ends_it_quietly(server: BotApiServer) -> None:
    """Who blocks the bot gets no report."""
    async with bot_of(server) as bot:
        server.block(ADA)
        live = LiveMessage(bot, ADA)
        await live.begin("Begun.")
        live.show("Working.")
        await live.end(["Done."])
    assert server.messages(ADA) == []


async def test_a_chat_that_is_unknown_is_asked_once(server: BotApiServer) -> None:
    """An admin may never have written to the bot."""
    async with Bot(server.token, base_url=f"{server.url}/bot") as bot:
        await LiveMessage(bot, ADA).end(["Done."])
    assert [call.error for call in server.invalid] == ["Bad Request: chat not found"]
    server.invalid.clear()


async def test_a_report_that_may_have_arrived_is_not_sent_twice(server: BotApiServer) -> None:
    """As with answers."""
    async with bot_of(server) as bot:
        server.drop_next("sendMessage", after_processing=True)
        await LiveMessage(bot, ADA).end(["Done."])
    assert len(server.messages(ADA)) == 1


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=3000), max_size=8))
def test_lines_are_fitted_into_one_message(lines: list[str]) -> None:
    """As many as there is room for, in UTF-16 units; what is missing is marked."""
    text = fitted(lines)
    assert utf16_length(text) <= 4096
    assert text == "\n".join(lines) or text.endswith("…")
