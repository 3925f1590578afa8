"""A web server inside the bot's loop, which no caller can hold up."""

import asyncio
import signal
import socket
import time

import pytest

from bot.errors import ListenError
from bot.setting_forms import Address
from bot.web.app import build_app
from bot.web.server import Limits, serving
from tests.bot.web.conftest import FREE, Web, web_side

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


async def page() -> bytes:
    """No figures."""
    return b""


async def connect(web: Web) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the web side."""
    return await asyncio.open_connection("127.0.0.1", int(web.url.rpartition(":")[2]))


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    """What comes until the other side hangs up."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_an_address_in_use_is_said_by_name() -> None:
    """With the setting and the reason, and nothing is left behind."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ListenError, match=rf"LISTEN: 127\.0\.0\.1:{port} cannot be listened on: Address already"):
            async with serving(build_app({}, page), Address("127.0.0.1", port)):
                pass


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
async def test_an_address_of_another_machine_is_said(host: str) -> None:
    """Or of none."""
    with pytest.raises(ListenError, match="cannot be listened on"):
        async with serving(build_app({}, page), Address(host, 0)):
            pass


async def test_the_signals_stay_with_the_bot() -> None:
    """The library would take SIGTERM and SIGINT for itself."""
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    async with serving(build_app({}, page), FREE):
        await asyncio.sleep(0.2)
        assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


async def test_the_end_does_not_wait_for_idle_callers() -> None:
    """And the port is free again at once."""
    async with serving(build_app({}, page), FREE) as url:
        port = int(url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HEALTH)
        await reader.readuntil(b"alive\n")
        start = time.monotonic()
    assert time.monotonic() - start < 2
    writer.close()
    async with serving(build_app({}, page), Address("127.0.0.1", port)):
        pass


@pytest.mark.parametrize("head", [b"", b"GET /hea", HEALTH + b"GET /he"])
async def test_a_head_that_does_not_come_is_not_waited_for(head: bytes) -> None:
    """However it trickles; neither in the first request nor in a later one."""
    async with web_side(limits=Limits(head_seconds=0.5)) as web:
        reader, writer = await connect(web)
        writer.write(head)
        start = time.monotonic()

        async def trickle() -> None:
            while head and not writer.is_closing():
                writer.write(b"a")
                await asyncio.sleep(0.1)

        trickling = asyncio.create_task(trickle())
        async with asyncio.timeout(3):
            await until_closed(reader)
        assert 0.3 < time.monotonic() - start < 2
        trickling.cancel()
        writer.close()


async def test_a_request_that_takes_long_is_not_cut_off() -> None:
    """The patience is for its head only."""
    async with web_side(limits=Limits(head_seconds=0.3)) as web:
        web.inbox.open.clear()
        posting = asyncio.create_task(web.post(b'{"update_id": 7}'))
        await asyncio.sleep(1)
        web.inbox.open.set()
        assert await posting == 200


async def test_too_many_connections_are_refused() -> None:
    """Each costs a file that the bot may need; when some have gone, others come in."""
    async with web_side(limits=Limits(connections=20)) as web:
        held = [await connect(web) for _ in range(20)]
        await asyncio.sleep(0.1)
        reader, writer = await connect(web)
        async with asyncio.timeout(2):
            assert await until_closed(reader) == b""
        writer.close()
        for _, each in held:
            each.close()
        await asyncio.sleep(0.1)
        assert (await web.get("/healthz"))[0] == 200


async def test_a_head_without_end_is_refused(web: Web) -> None:
    """After some kilobytes."""
    reader, writer = await connect(web)
    writer.write(b"GET /healthz HTTP/1.1\r\nX: " + b"x" * 40_000)
    async with asyncio.timeout(2):
        answer = await until_closed(reader)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")
    writer.close()
    assert (await web.get("/healthz"))[0] == 200
