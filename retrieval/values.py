"""Which values may stand where something is said about an article, in the manifest or in its own file?"""

from typing import Final
from urllib.parse import urlsplit

import regex

_LANGUAGE: Final = regex.compile(r"[a-z]{2,3}")


class BadValueError(ValueError):
    """A value that cannot stand there; the message says what can."""


def one_line(value: object) -> str:
    """A text with its white space collapsed.

    Raises:
        BadValueError: it is none, or empty, or holds half a character.
    """
    if not isinstance(value, str) or not value.strip():
        raise BadValueError("must be a text that is not empty")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadValueError("holds half a character, a lone surrogate")
    return " ".join(value.split())


def language_code(value: object) -> str:
    """An ISO 639-1 code in lower case.

    Raises:
        BadValueError: it is none.
    """
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise BadValueError('must be an ISO 639-1 code in lower case, like "en"')
    return value


def web_address(value: object) -> str:
    """An address that a browser can open.

    Raises:
        BadValueError: it is none.
    """
    problem = "must be an http:// or https:// address with a host and no user"
    if not isinstance(value, str) or any(c.isspace() or not c.isprintable() for c in value):
        raise BadValueError(problem)
    try:
        parts = urlsplit(value)
        # A user is nearly always there to look like the host: https://example.org@elsewhere.example/
        named = bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError as error:
        raise BadValueError(problem) from error
    if parts.scheme not in {"http", "https"} or not named:
        raise BadValueError(problem)
    return value
