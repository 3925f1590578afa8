"""What stands at an address of the web? One request, with limits on all that a stranger's server could do."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from http.client import responses
from ssl import SSLContext
from typing import Final

import httpx

from bot.errors import FetchError
from bot.gathering.addresses import Resolve, Target, addresses_of, shown, system_resolve, target_of

USER_AGENT: Final = "Verbatim/0.1 (quotes articles, with links to them)"
SUFFIXES: Final[Mapping[str, str]] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
"""The types of content that are read, and how files with them are called; `.xml` are feeds."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PACKED: Final = frozenset({"gzip", "x-gzip"})
_ANY_HEADER: Final = 47  # zlib: windows of any size, behind the header of gzip or of zlib
_CONNECT_SECONDS: Final = 5.0  # then a host's next address is tried
_MEGABYTE: Final = 1_000_000
_UNCHANGED: Final = 304


def direct() -> httpx.AsyncBaseTransport:
    """Connections to the very address that is asked for: never by a proxy, never one that served another host."""
    return httpx.AsyncHTTPTransport(verify=_trust(), limits=httpx.Limits(max_keepalive_connections=0))


@cache
def _trust() -> SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched, and how much of it.

    Attributes:
        private: whether private networks may be read, at any port.
        most_bytes: of a page at most, unpacked.
        seconds: from the question to the last byte, redirects included.
        redirects: followed at most.
        resolve: finds the addresses of a host.
        transport: makes what carries one request.
    """

    private: bool = False
    most_bytes: int = 5 * _MEGABYTE
    seconds: float = 20.0
    redirects: int = 5
    resolve: Resolve = system_resolve
    transport: Callable[[], httpx.AsyncBaseTransport] = direct


@dataclass(frozen=True, slots=True)
class Page:
    """What stood at an address.

    Attributes:
        url: where it stood in the end, after all redirects, without a fragment.
        data: unpacked, otherwise as it was sent.
        media_type: one of `SUFFIXES`.
        charset: of the text, as the server names it; None when it does not.
        etag: names this version of the page, for `fetch_if_changed`.
        last_modified: the same, by date.
    """

    url: str
    data: bytes
    media_type: str
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


def policy_for(web: str) -> Policy:
    """What the setting `WEB` allows: "off", "public" or "private".

    Raises:
        FetchError: it is off.
    """
    if web == "off":
        raise FetchError("Pages of the web are not read here: set WEB=public and start again.")
    return Policy(private=web == "private")


async def fetch(url: str, policy: Policy) -> Page:
    """The page at an address. Sends no cookies, no passwords and no referrer.

    Raises:
        FetchError: it was refused, could not be had, is too large or of no type that is read; says which.
    """
    page = await fetch_if_changed(url, policy, None, None)
    if page is None:  # a server that answers 304 to what it was not asked
        raise FetchError(f"{shown(url)}: the server says that the page is unchanged and sends none; try again later.")
    return page


async def fetch_if_changed(url: str, policy: Policy, etag: str | None, last_modified: str | None) -> Page | None:
    """The page at an address; None when the server says that it is still the one with these names.

    Args:
        url: the address.
        policy: what may be fetched.
        etag: that an earlier page came with, if it did.
        last_modified: the same.

    Raises:
        FetchError: as `fetch` says.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in conditions.items() if value and value.isascii() and value.isprintable()}
    try:
        async with asyncio.timeout(policy.seconds):
            return await _follow(target_of(url, private=policy.private), policy, headers)
    except TimeoutError:
        raise FetchError(
            f"{shown(url)} did not come within {policy.seconds:g} seconds: try again later, or send the document."
        ) from None


async def _follow(target: Target, policy: Policy, headers: dict[str, str]) -> Page | None:
    for _ in range(policy.redirects + 1):
        found = await _ask(target, policy, headers)
        if not isinstance(found, Target):
            return found
        target = found
    raise FetchError(f"{shown(str(target.url))} leads on and on, more than {policy.redirects} times: {_GIVE_PAGE}")


_GIVE_PAGE: Final = "give the address of the page itself."


async def _ask(target: Target, policy: Policy, headers: dict[str, str]) -> Page | Target | None:
    """What the target's server has, or where it sends us."""
    problem = ""
    for address in await addresses_of(target, policy.resolve, private=policy.private):
        async with policy.transport() as transport:
            try:
                response = await transport.handle_async_request(_request(target, address, headers))
                try:
                    return await _read(response, target, policy)
                finally:
                    await response.aclose()
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                problem = _trouble(error)
            except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
                raise FetchError(f"{shown(str(target.url))}: {_trouble(error)}; try again later.") from error
    raise FetchError(f"{shown(str(target.url))}: {problem}; check the address, or try again later.")


def _request(target: Target, address: str, headers: dict[str, str]) -> httpx.Request:
    """Goes to the address that was checked, under the name that was asked for."""
    standing = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Accept": ", ".join(SUFFIXES),
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    extensions = {"sni_hostname": target.host, "timeout": {"connect": _CONNECT_SECONDS}}
    url = target.url.copy_with(host=address, port=target.port)
    return httpx.Request("GET", url, headers=standing | headers, extensions=extensions)


async def _read(response: httpx.Response, target: Target, policy: Policy) -> Page | Target | None:
    headers = response.headers
    if response.status_code in _REDIRECTS and "Location" in headers:
        return target_of(str(target.url.join(headers["Location"])), private=policy.private)
    if response.status_code == _UNCHANGED:
        return None
    if response.status_code != HTTPStatus.OK:
        raise _status_error(response, target)
    media_type = headers.get("Content-Type", "").split(";")[0].strip().lower()
    if media_type not in SUFFIXES:
        kind = f"of the type {shown(media_type)}" if media_type else "of a type that the server does not name"
        raise FetchError(f"{shown(str(target.url))} is {kind}: web pages, PDF, text and feeds are read.")
    data = await _body(response, target, policy.most_bytes)
    charset = response.charset_encoding
    return Page(str(target.url), data, media_type, charset, headers.get("ETag"), headers.get("Last-Modified"))


async def _body(response: httpx.Response, target: Target, most: int) -> bytes:
    """The bytes of the page, unpacked; both they and what was sent are at most ``most``."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in _PACKED | {"identity", ""}:
        raise FetchError(f"{shown(str(target.url))} was sent packed as {shown(packing)}, which cannot be read.")
    body = bytearray()
    parts = response.aiter_raw()
    try:
        async for part in _unpacked(parts, most) if packing in _PACKED else parts:
            body += part
            if len(body) > most or response.num_bytes_downloaded > most:
                raise FetchError(
                    f"{shown(str(target.url))} is larger than {most / _MEGABYTE:g} MB: send the text as a document."
                )
    except (zlib.error, EOFError):
        raise FetchError(f"{shown(str(target.url))} came damaged; try again later.") from None
    return bytes(body)


async def _unpacked(parts: AsyncIterator[bytes], most: int) -> AsyncIterator[bytes]:
    """What gzip packed, a little at a time: of a bomb at most ``most`` and one byte exist at once."""
    unpacker = zlib.decompressobj(_ANY_HEADER)
    async for part in parts:
        rest = part
        while rest:
            if unpacker.eof:
                unpacker = zlib.decompressobj(_ANY_HEADER)
            yield unpacker.decompress(rest, most + 1)
            rest = unpacker.unused_data or unpacker.unconsumed_tail
    if not unpacker.eof:
        raise EOFError


def _status_error(response: httpx.Response, target: Target) -> FetchError:
    code = response.status_code
    words = responses.get(code, "which has no meaning")
    advice = "try again later" if code == HTTPStatus.TOO_MANY_REQUESTS or code >= _SERVER_FAULT else "check the address"
    message = f"{shown(str(target.url))}: the server answers {code}, {words}; {advice}."
    return FetchError(message, status=code, retry_after=response.headers.get("Retry-After"))


_SERVER_FAULT: Final = 500


def _trouble(error: httpx.HTTPError | httpx.StreamError | httpx.InvalidURL) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "the server cannot prove that it is the one of that name"
    if isinstance(error, httpx.ConnectError | httpx.TimeoutException):
        return "the server cannot be reached"
    if isinstance(error, httpx.InvalidURL):
        return "the server leads to what is no address"
    return "the server broke off or does not speak HTTP"
