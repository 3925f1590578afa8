"""Which form do the values of settings have that are more than a word or a number?"""

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

_LONGEST_ID: Final = 19  # digits of the largest 64-bit number
_LARGEST_PORT: Final = 65_535


class Address(NamedTuple):
    """Where to listen: a name or number of this machine, and a port; 0 takes a free one."""

    host: str
    port: int


def address_in(text: str) -> Address:
    """The host and the port that a text names.

    Raises:
        ValueError: it names no such.
    """
    host, _, port = text.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    bracketed = host != bare
    if not bare or not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > _LARGEST_PORT or bracketed != (":" in bare):
        raise ValueError("must be a host and a port, like 127.0.0.1:8080 or [::1]:8080")
    return Address(bare, int(port))


def numbers_in(text: str, example: str, *, negative: bool = False) -> frozenset[int]:
    """The numbers of a text, between commas.

    Args:
        text: as somebody wrote it.
        example: of how it should look.
        negative: whether there may be negative ones.

    Raises:
        ValueError: something else stands there.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    digits = [part.removeprefix("-") if negative else part for part in parts]
    if not all(part.isdecimal() and len(part) <= _LONGEST_ID for part in digits):
        raise ValueError(f"must be numbers with commas between them, like {example}")
    return frozenset(int(part) for part in parts)


def is_server(url: str) -> bool:
    """Whether calls can be sent there: no more than a scheme, a host, a port and a path."""
    return is_page(url) and not re.search(r"[?#\\]", url)


def is_page(url: str) -> bool:
    """Whether it names a scheme and a host of the web, and no user."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port out of range, half of an IPv6 address
        return False
    return usable and "@" not in parts.netloc and not re.search(r"\s", url)
