"""Answers of several messages that become answers of fewer or more."""

import pytest
from telegram import Bot

from bot.telegram.drafts import Message
from bot.telegram.edits import put
from db import Place
from tests.bot_api import BotApiServer


@pytest.mark.parametrize("before", [0, 1, 2, 3])
@pytest.mark.parametrize("after", [1, 2])
async def test_messages_take_each_others_places(before: int, after: int) -> None:
    """The last takes the place of the last; of those before, none is left over, and what finds no place is said."""
    async with BotApiServer() as server, Bot(server.token, f"{server.url}/bot") as bot:
        server.send_text("Hello")
        sent = [await bot.send_message(1001, f"old {at}") for at in range(before)]
        places = [Place(f"{each.message_id:032}", "answer", each.message_id) for each in reversed(sent)]
        changed, left = await put(bot, 1001, places, [Message(f"new {at}") for at in range(after)])
        standing = [message.text for message in server.messages(1001)]
        assert [*(message.text for message in left), *standing] == [f"new {at}" for at in range(after)]
        assert len(changed) == len(standing) == min(before, after)
        assert server.invalid == []
