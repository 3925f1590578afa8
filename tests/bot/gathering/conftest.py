from collections.abc import AsyncIterator

import pytest

from tests.bot.gathering.web import Web, serving


@pytest.fixture
async def ours() -> AsyncIterator[Web]:
    """A web of our own."""
    async with serving() as web:
        yield web
