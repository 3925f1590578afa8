"""What may be connected to: nothing that only this machine can reach."""

import asyncio
import ipaddress
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.gathering.addresses import addresses_of, may_connect, shown, system_resolve, target_of

ADDRESSES = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "169.254.169.254",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "2606:4700::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:e000:1::1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::a00:1",
        "2001:0:1234::1",
        "2001:db8::1",
        "168.63.129.16",
        "2002:a83f:8110::1",
        "64:ff9b::168.63.129.16",
        "4000::1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "",
    ],
)
def test_what_is_not_public_is_never_connected_to(address: str) -> None:
    """In every spelling and every packing."""
    assert not may_connect(address, private=False)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_connected_to(address: str) -> None:
    """Through NAT64 as well, as in networks that have IPv6 only."""
    assert may_connect(address, private=False)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", True),
        ("192.168.1.1", True),
        ("100.64.0.1", True),
        ("::1", True),
        ("fd00::1", True),
        ("93.184.216.34", True),
        ("169.254.169.254", False),
        ("168.63.129.16", False),
        ("100.100.100.200", False),
        ("fd00:ec2::254", False),
        ("fd20:ce::254", False),
        ("fe80::1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("::ffff:169.254.169.254", False),
    ],
)
def test_private_networks_may_be_allowed_and_nothing_else(address: str, allowed: bool) -> None:
    """Where clouds keep their secrets is never read."""
    assert may_connect(address, private=True) is allowed


@given(ADDRESSES)
@example("::ffff:8.8.8.8")
def test_nothing_that_is_not_global_is_connected_to(address: str) -> None:
    """As the registry of IANA has it, and the same for what is packed inside."""
    ip = ipaddress.ip_address(address)
    if not ip.is_global or ip.is_multicast:
        assert not may_connect(address, private=False)


@given(ADDRESSES, st.lists(ADDRESSES, max_size=3))
def test_one_bad_address_spoils_a_name(bad: str, good: list[str]) -> None:
    """A host that is partly here and partly there is refused as a whole."""
    target = target_of("http://news.example/", private=False)

    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return (*good, bad)

    async def look_up() -> tuple[str, ...]:
        return await addresses_of(target, resolve, private=False)

    if all(may_connect(address, private=False) for address in [*good, bad]):
        assert asyncio.run(look_up()) == (*good, bad)
    else:
        with pytest.raises(FetchError, match=r"news.example is at"):
            asyncio.run(look_up())


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.0x1", "127.0.0.1.", "1.", "0x"]
)
def test_a_host_written_as_a_number_is_refused(host: str) -> None:
    """What some libraries read as an address and others as a name."""
    with pytest.raises(FetchError, match=r"written as a number|is no address"):
        target_of(f"http://{host}/", private=True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "http:// or https://"),
        ("ftp://news.example/", "http:// or https://"),
        ("news.example", "http:// or https://"),
        ("//news.example/", "http:// or https://"),
        ("", "http:// or https://"),
        ("http://", "no host"),
        ("http://a b/", "no host"),
        ("http://a..b/", "no host"),
        ("http://%31%32%37.1/", "written as a number"),
        ("http://[fe80::1%25eth0]/", "no host"),
        (f"http://{'a' * 300}/", "no host"),
        ("http://[::1", "no address"),
        ("http://news.example/\0", "no address"),
        ("http://news.example:8080/", "port 8080"),
        ("http://news.example:99999/", "port 99999"),
        ("http://ada:secret@news.example/", "user name or a password"),
        ("http://ada@news.example/", "user name or a password"),
        ("http://news.example\\@127.0.0.1/", "user name or a password"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused(url: str, reason: str) -> None:
    """With the reason, and without repeating a password."""
    with pytest.raises(FetchError, match=reason) as caught:
        target_of(url, private=False)
    assert "secret" not in str(caught.value)


@given(st.text() | st.text().map("http://{}".format) | st.text().map("http://a.example/{}".format))
def test_any_text_is_a_target_or_refused(text: str) -> None:
    """Nothing else is raised; a target has a host that can be asked."""
    with suppress(FetchError):
        target = target_of(text, private=False)
        assert target.host.isascii()
        assert target.port in {80, 443}


def test_a_target_says_whom_it_asks() -> None:
    """With the port where it is not the usual one, and brackets where they belong."""
    assert target_of("http://News.example:80/", private=False).authority == "news.example"
    assert target_of("https://news.example/#part", private=False).url == "https://news.example/"
    assert target_of("http://[::1]:8080/", private=True).authority == "[::1]:8080"
    assert target_of("https://Bücher.example/ä", private=False).host == "xn--bcher-kva.example"


async def test_the_system_finds_this_machine() -> None:
    """And says so when it finds nothing."""
    assert set(await system_resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
    assert await system_resolve("nothing.invalid", 80) == ()
    assert await system_resolve("a" * 64, 80) == ()


def test_addresses_are_shown_on_one_line() -> None:
    """Short, and with nothing that commands a terminal."""
    assert shown("http://a/\n\x1b[2J\u202e") == "http://a/ [2J"
    assert shown("ftp://ada:secret@host/a") == "ftp://host/a"
    assert len(shown("a" * 1000)) < 210
