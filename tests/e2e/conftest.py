"""What the tests of the bot in Telegram share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot_api import BotApiServer
from tests.e2e.running import ADA, running_bot, settings_for


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """A strict server; at the end, no call may have been invalid."""
    async with BotApiServer() as server:
        yield server
        assert server.invalid == []


@pytest.fixture
async def bot(server: BotApiServer, tmp_path: Path) -> AsyncIterator[BotApiServer]:
    """The bot, serving the articles that ship; Ada is its admin."""
    async with running_bot(settings_for(server, tmp_path, admin_ids=str(ADA)), server):
        yield server
