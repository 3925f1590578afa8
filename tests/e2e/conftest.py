"""What the tests of the bot in Telegram share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from tests.bot_api import BotApiServer
from tests.e2e.running import ADA, running_bot, settings_for

PAGE = """<!doctype html><html lang="en"><head><title>The ferry is back</title>
<meta property="og:site_name" content="Example Times"><meta property="article:published_time" content="2023-04-24">
</head><body><article><h1>The ferry is back</h1>
<p>The river ferry was raised from the ground by two cranes on Friday, and towed to the yard of the town.</p>
<p>Workers said that the hull can be mended before the summer, when most people cross the river by boat.</p>
<p>The mayor thanked everybody who had helped, and promised that the fare would stay as low as it was.</p>
</article></body></html>"""


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


@pytest.fixture
async def page() -> AsyncIterator[str]:
    """The address of a page on loopback."""

    async def ferry(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    async def feed(request: web.Request) -> web.Response:
        item = f"<item><title>Ferry</title><link>http://{request.host}/ferry</link><guid>1</guid></item>"
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Times</title>{item}</channel></rss>'
        return web.Response(text=rss, content_type="application/rss+xml")

    application = web.Application()
    application.router.add_get("/ferry", ferry)
    application.router.add_get("/feed", feed)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/ferry"
    await runner.cleanup()
