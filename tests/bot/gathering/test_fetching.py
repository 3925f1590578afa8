"""Fetching a page: what is sent, what is refused, and that no server can hold us up or fill us up."""

import asyncio
import gzip
import shutil
import ssl
import subprocess
import time
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.gathering.addresses import may_connect
from bot.gathering.fetching import USER_AGENT, Page, Policy, fetch, fetch_if_changed, policy_for
from tests.bot.gathering.web import PUBLIC, Web, serving

NEWS = "http://news.example/road"


async def test_a_page_is_fetched_as_it_was_sent(ours: Web) -> None:
    """Byte for byte, with where it stood and what it is."""
    ours.page("/road", b"<p>caf\xe9</p>", "Text/HTML; charset=windows-1252", ETag='"1"', Last_Modified="Mon")
    page = await fetch(f"{NEWS}?a=1#part", ours.policy)
    assert page == Page(f"{NEWS}?a=1", b"<p>caf\xe9</p>", "text/html", "windows-1252", '"1"', "Mon")
    assert ours.connected == [PUBLIC]


async def test_what_is_sent_is_plain_and_honest(ours: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cookies, not even the server's own; no passwords; no proxy of the environment."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    ours.status("/road", 302, Location="/next", Set_Cookie="a=1; Path=/")
    ours.page("/next")
    await fetch(NEWS, ours.policy)
    await fetch(ours.local("/road"), ours.private_policy)
    assert len(ours.requests) == 4
    for request in ours.requests:
        assert request.headers["User-Agent"] == USER_AGENT
        assert {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"} == set(request.headers)
    assert ours.requests[0].host == "news.example"


async def test_redirects_are_followed_to_the_end(ours: Web) -> None:
    """Also to another host; the page stands where it was found."""
    ours.status("/road", 301, Location="//other.example/a?b=c#d")
    ours.status("/a", 308, Location="b")
    ours.page("/b")
    assert (await fetch(NEWS, ours.policy)).url == "http://other.example/b"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", "no public address"),
        ("http://[::1]/", "no public address"),
        ("http://169.254.169.254/latest/meta-data", "no address of a web server"),
        ("http://inside.example/", r"inside.example is at 10.0.0.1"),
        ("http://2130706433/", "written as a number"),
        ("http://news.example:22/", "port 22"),
        ("http://a:b@news.example/", "user name or a password"),
        ("file:///etc/passwd", "http:// or https://"),
        ("http://[", "no host"),
        ("/road", "on and on"),
    ],
)
async def test_a_redirect_leads_nowhere_that_could_not_be_asked_for(ours: Web, location: str, reason: str) -> None:
    """The same checks at every step, and not for ever."""
    ours.names["inside.example"] = ("10.0.0.1",)
    ours.status("/road", 302, Location=location)
    with pytest.raises(FetchError, match=reason):
        await fetch(NEWS, ours.policy)
    assert set(ours.connected) == {PUBLIC}
    assert len(ours.connected) == (6 if location == "/road" else 1)


async def test_a_name_that_moves_after_the_check_moves_nothing(ours: Web) -> None:
    """The address that was checked is the one that is connected to."""
    answers = iter([(PUBLIC,), ("127.0.0.1",)])

    async def rebinding(_host: str, _port: int) -> tuple[str, ...]:
        return next(answers)

    policy = replace(ours.policy, resolve=rebinding)
    ours.status("/road", 302, Location="/road")
    with pytest.raises(FetchError, match=r"news.example is at 127.0.0.1"):
        await fetch(NEWS, policy)
    assert ours.connected == [PUBLIC]


@given(st.lists(st.ip_addresses().map(str), max_size=3))
@settings(max_examples=50)
def test_no_address_that_is_not_global_is_ever_connected_to(addresses: list[str]) -> None:
    """Whatever a name leads to, and whether it is a name or not."""

    async def ask() -> list[str]:
        ours = Web(names={"news.example": tuple(addresses)})
        for url in [NEWS, *(f"http://[{each}]/" if ":" in each else f"http://{each}/" for each in addresses)]:
            with suppress(FetchError):
                await fetch(url, replace(ours.policy, transport=lambda: _Refusing(ours)))
        return ours.connected

    assert all(may_connect(address, private=False) for address in asyncio.run(ask()))


class _Refusing(httpx.AsyncBaseTransport):
    """Nothing is there."""

    def __init__(self, ours: Web) -> None:
        self._ours = ours

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._ours.connected.append(request.url.host)
        raise httpx.ConnectError("refused")


async def test_every_address_of_a_host_is_tried(ours: Web) -> None:
    """The next one where nobody answers."""
    ours.page("/road")

    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.2", "127.0.0.1")

    policy = replace(ours.private_policy, resolve=resolve)
    assert (await fetch(f"http://news.example:{ours.port}/road", policy)).data
    assert ours.requests[0].headers["Host"] == f"news.example:{ours.port}"


async def test_private_networks_are_refused_unless_allowed(ours: Web) -> None:
    """By their address and by a name; the message says how they would be."""
    ours.page("/")
    for url in ("http://127.0.0.1/", "http://localhost/"):
        with pytest.raises(FetchError, match="WEB=private allows"):
            await fetch(url, Policy())
    assert (await fetch(ours.local("/"), ours.private_policy)).data
    assert (await fetch(f"http://localhost:{ours.port}/", ours.private_policy)).data


async def test_an_unknown_host_is_named() -> None:
    """With the way out."""
    with pytest.raises(FetchError, match=r"nothing.invalid: no host of that name"):
        await fetch("http://nothing.invalid/", Policy())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (404, "answers 404, Not Found; check the address"),
        (410, "answers 410, Gone; check"),
        (204, "answers 204, No Content"),
        (300, "answers 300"),
        (304, "unchanged and sends none"),
        (429, "answers 429, Too Many Requests; try again later"),
        (503, "answers 503, Service Unavailable; try again later"),
        (799, "answers 799, which has no meaning"),
    ],
)
async def test_an_error_of_the_server_is_said_in_words(ours: Web, code: int, said: str) -> None:
    """With its number, and when the server wants to be asked again."""
    ours.status("/road", code, Retry_After="120")
    with pytest.raises(FetchError, match=said) as caught:
        await fetch(NEWS, ours.policy)
    if code != 304:
        assert (caught.value.status, caught.value.retry_after) == (code, "120")


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "video/mp4", "application/zip", "text"])
async def test_other_types_are_refused(ours: Web, kind: str) -> None:
    """By name."""
    ours.page("/road", b"x", kind)
    with pytest.raises(FetchError, match=f"of the type {kind}: web pages, PDF, text and feeds are read"):
        await fetch(NEWS, ours.policy)


async def test_a_page_without_a_type_is_refused() -> None:
    """It could be anything."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        writer.close()

    await _refused(answer, "does not name")


async def test_a_large_page_is_refused_before_it_is_read_to_the_end(ours: Web) -> None:
    """An endless one too."""

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(b"x" * 10_000)
        return response

    ours.pages["/road"] = endless
    with pytest.raises(FetchError, match=r"larger than 0.1 MB: send the text as a document"):
        await fetch(NEWS, replace(ours.policy, most_bytes=100_000))


async def test_the_limit_is_exact(ours: Web) -> None:
    """A page of that size is read, a byte more is not; packed or not."""
    for size, fits in ((1000, True), (1001, False)):
        ours.page("/plain", b"x" * size)
        ours.page("/packed", gzip.compress(b"x" * size), Content_Encoding="gzip")
        for path in ("/plain", "/packed"):
            policy = replace(ours.policy, most_bytes=1000)
            if fits:
                assert len((await fetch(f"http://news.example{path}", policy)).data) == size
            else:
                with pytest.raises(FetchError, match="larger"):
                    await fetch(f"http://news.example{path}", policy)


async def test_a_bomb_is_not_unpacked(ours: Web) -> None:
    """A hundred megabytes in a hundred kilobytes: a little of it is seen."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(100)), packer.flush()])
    ours.page("/road", bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="larger than 5 MB"):
            await fetch(NEWS, ours.policy)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


async def test_packing_is_undone(ours: Web) -> None:
    """Of several parts too, which gzip allows."""
    ours.page("/road", gzip.compress(b"<p>one") + gzip.compress(b" two"), Content_Encoding="gzip")
    assert (await fetch(NEWS, ours.policy)).data == b"<p>one two"


@pytest.mark.parametrize(
    ("data", "packing", "said"),
    [
        (gzip.compress(b"x" * 1000, mtime=0)[:-9], "gzip", "came damaged"),
        (b"no gzip at all", "gzip", "came damaged"),
        (b"", "gzip", "came damaged"),
        (b"x", "br", "packed as br"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "gzip, gzip", "packed as gzip, gzip"),
    ],
)
async def test_what_cannot_be_unpacked_is_refused(ours: Web, data: bytes, packing: str, said: str) -> None:
    """Half an article is none."""
    ours.page("/road", data, Content_Encoding=packing)
    with pytest.raises(FetchError, match=said):
        await fetch(NEWS, ours.policy)


async def test_a_slow_server_is_given_up(ours: Web) -> None:
    """All told, not for each drop: a drip would never end."""

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(b"x")
                await asyncio.sleep(0.02)
        return response

    ours.pages["/road"] = drip
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0.3 seconds"):
        await fetch(NEWS, replace(ours.policy, seconds=0.3))
    assert time.monotonic() - began < 2


async def test_a_server_that_breaks_off_is_said(ours: Web) -> None:
    """In the middle of a page, before it, or in another language."""
    for sent in (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nok", b"", b"SSH-2.0\r\n\r\n"):

        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes = sent) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(sent)
            writer.close()

        await _refused(answer, "broke off or does not speak HTTP; try again later")
    with pytest.raises(FetchError, match="cannot be reached; check the address"):
        await fetch("http://127.0.0.1:9/", ours.private_policy)


async def _refused(answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], said: str) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(FetchError, match=said):
            await fetch(f"http://127.0.0.1:{port}/", Policy(private=True, seconds=5))


async def test_an_unchanged_page_is_not_sent_again(ours: Web) -> None:
    """Its names are handed back to the server as they came; what no header can hold is left out."""
    ours.status("/road", 304)
    assert await fetch_if_changed(NEWS, ours.policy, '"1"', "Mon, 24 Apr 2023 10:00:00 GMT") is None
    headers = ours.requests[0].headers
    assert headers["If-None-Match"] == '"1"'
    assert headers["If-Modified-Since"] == "Mon, 24 Apr 2023 10:00:00 GMT"
    assert await fetch_if_changed(NEWS, ours.policy, "a\r\nX: y", "é") is None
    assert "If-None-Match" not in ours.requests[1].headers
    assert "If-Modified-Since" not in ours.requests[1].headers


@given(st.binary(max_size=60))
@settings(max_examples=50)
def test_any_place_that_a_server_sends_to_is_followed_or_refused(place: bytes) -> None:
    """Nothing else is raised."""

    async def ask() -> None:
        sending = httpx.MockTransport(lambda _request: httpx.Response(302, headers=[(b"Location", place)]))
        with pytest.raises(FetchError):
            await fetch(NEWS, replace(Web().policy, transport=lambda: sending))

    asyncio.run(ask())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl, to make a certificate")
async def test_a_server_must_prove_its_name(tmp_path: Path) -> None:
    """It is asked by name, at the address that was checked; another name's certificate does not do."""
    _certify("news.example", tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "c.pem", tmp_path / "k.pem")
    asked: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    trust = ssl.create_default_context(cafile=str(tmp_path / "c.pem"))
    async with serving(context) as ours:
        ours.page("/road")

        async def resolve(_host: str, _port: int) -> tuple[str, ...]:
            return ("127.0.0.1",)

        policy = Policy(private=True, resolve=resolve)
        trusting = replace(policy, transport=lambda: httpx.AsyncHTTPTransport(verify=trust, trust_env=False))
        assert (await fetch(f"https://news.example:{ours.port}/road", trusting)).data
        assert asked == ["news.example"]
        for host, way in (("other.example", trusting), ("news.example", policy)):
            with pytest.raises(FetchError, match="cannot prove that it is the one of that name"):
                await fetch(f"https://{host}:{ours.port}/road", way)


def _certify(name: str, folder: Path) -> None:
    subprocess.run(  # noqa: S603
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",  # noqa: S607
         "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", folder / "k.pem", "-out",
         folder / "c.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def test_the_setting_decides() -> None:
    """Off is off."""
    assert not policy_for("public").private
    assert policy_for("private").private
    with pytest.raises(FetchError, match="set WEB=public"):
        policy_for("off")
