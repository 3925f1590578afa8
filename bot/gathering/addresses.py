"""May this address be read? Who asks for a page must not reach what only this machine can reach."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import httpx
import regex

from bot.errors import FetchError
from bot.wording import printable

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]
"""Host and port to the addresses, as text, that the host is found at; empty when it is not known."""

_PORTS: Final = {"http": 80, "https": 443}
_SHOWN: Final = 200  # characters of an address that a message repeats
_USER: Final = regex.compile(r"//[^/?#]*@")
_NAME: Final = regex.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
# What the WHATWG URL standard calls a host that ends in a number: `inet_aton` reads such names as addresses.
_NUMBER: Final = regex.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?")
_PRIVATE: Final = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7"),
    )
)
# Where clouds hand their secrets to every program of a machine, as far as that is no link-local address: Azure's is a
# public one, those of Alibaba, AWS and Google Cloud look like private ones.
_CLOUDS: Final = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200", "fd20:ce::254")))
_CLOUD_NETWORK: Final = ipaddress.IPv6Network("fd00:ec2::/32")
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out for the public: RFC 4291, 2.4
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052; its last 32 bits are an IPv4 address
_LOW_32: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked for, as far as its spelling goes.

    Attributes:
        url: without its fragment.
        host: in ASCII, in lower case; an IPv6 address without its brackets.
        port: the one that is connected to.
    """

    url: httpx.URL
    host: str
    port: int

    @property
    def authority(self) -> str:
        """What the `Host` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.url.scheme] else f"{host}:{self.port}"


def target_of(text: str, *, private: bool) -> Target:
    """The target that an address names.

    Args:
        text: the address, as it was written.
        private: whether other ports than 80 and 443 may be asked.

    Raises:
        FetchError: it is no http or https address, holds a user or a password, writes its host as a number, or
            names another port.
    """
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
        host = url.raw_host.decode("ascii").lower()
    except (httpx.InvalidURL, ValueError):
        raise FetchError(f"{shown(text)} is no address that can be read: copy it again from the browser.") from None
    if url.scheme not in _PORTS:
        raise FetchError(f"{shown(text)}: only addresses that begin with http:// or https:// are read.")
    if url.userinfo:
        raise FetchError(
            f"The address of {printable(host)} holds a user name or a password: leave them out. "
            "Pages behind a login are not read."
        )
    _check_host(host, text)
    port = url.port if url.port is not None else _PORTS[url.scheme]
    if not private and port not in _PORTS.values():
        raise FetchError(f"{shown(text)}: port {port} is not read, only 80 and 443 are; WEB=private allows others.")
    return Target(url, host, port)


def _check_host(host: str, text: str) -> None:
    if _literal(host) is not None:
        return
    if _NUMBER.fullmatch(host):
        raise FetchError(f"{shown(text)}: the host is written as a number; write its name.")
    if not _NAME.fullmatch(host):
        raise FetchError(f"{shown(text)} names no host that can be asked: copy it again from the browser.")


async def addresses_of(target: Target, resolve: Resolve, *, private: bool) -> tuple[str, ...]:
    """Where the target's host is found: at least one address, each checked. Connect to these and to no other.

    Raises:
        FetchError: the host is not known, or one of its addresses may not be connected to.
    """
    literal = _literal(target.host)
    found = (str(literal),) if literal else await resolve(target.host, target.port)
    if not found:
        raise FetchError(f"{target.host}: no host of that name is known; check the address.")
    for address in found:
        if not may_connect(address, private=private):
            raise FetchError(_refusal(target.host, address, private=private))
    return found


def may_connect(address: str, *, private: bool) -> bool:
    """Whether an IP address may be connected to: a public one, or with ``private`` one of a private network.

    Addresses where clouds keep their secrets, of one link, multicast and reserved ones never are; nor are those that
    hold such an IPv4 address inside.
    """
    ip = _literal(address)
    if ip is None or _is_of_a_cloud(ip):
        return False
    return _is_public(ip) or (private and any(ip in network for network in _PRIVATE))


def _is_of_a_cloud(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip in _CLOUDS or ip in _CLOUD_NETWORK


def _is_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if not ip.is_global or ip.is_multicast or _is_of_a_cloud(ip):
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return True
    if ip in _NAT64:
        return _is_public(ipaddress.IPv4Address(int(ip) & _LOW_32))
    return ip in _UNICAST and (ip.sixtofour is None or _is_public(ip.sixtofour))


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The host as an address, if it is one as everybody spells it; never with a scope."""
    try:
        return None if "%" in host else ipaddress.ip_address(host)
    except ValueError:
        return None


def _refusal(host: str, address: str, *, private: bool) -> str:
    place = host if host == address else f"{host} is at {address}, which"
    ip = _literal(address)
    if not private and ip is not None and may_connect(address, private=True):
        return f"{place} is no public address: only pages that everybody can read are; WEB=private allows others."
    return f"{place} is no address of a web server: pages there are never read."


async def system_resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses that this machine finds a host at, in its order of preference; none when it finds none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(place[4][0]) for place in found))


def shown(text: str) -> str:
    """An address as a message repeats it: on one line, not too long, without a password."""
    line = _USER.sub("//", printable(text))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
