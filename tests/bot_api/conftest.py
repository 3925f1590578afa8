from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.bot_api import BotApiServer


@pytest.fixture
async def api() -> AsyncIterator[BotApiServer]:
    """A server in whose private chat 1001 Ada has written once."""
    async with BotApiServer() as server:
        server.send_text("hello")
        yield server


@pytest.fixture
async def bot(api: BotApiServer) -> AsyncIterator[Bot]:
    """A real bot of python-telegram-bot, started against the server."""
    async with bot_at(api) as started:
        yield started


def bot_at(api: BotApiServer, *, read_timeout: float = 5.0) -> Bot:
    """Answer a bot of python-telegram-bot, not yet started, that talks to the server."""
    return Bot(
        api.token,
        base_url=f"{api.url}/bot",
        base_file_url=f"{api.url}/file/bot",
        request=HTTPXRequest(read_timeout=read_timeout),
        get_updates_request=HTTPXRequest(read_timeout=read_timeout),
    )
