"""What must never be shown, and how is it blotted out, however it is written?"""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO
from urllib.parse import quote, quote_plus, unquote, urlsplit
from urllib.request import getproxies

from pydantic import SecretStr

from bot.settings import ServeSettings, Settings

HIDDEN: Final = "<secret>"
"""What stands where a secret stood."""
_TELLING: Final = 8  # characters of a part that are enough to harm
_ALIGNMENTS: Final = 3  # bytes that become four characters of base64


class Redactor:
    """Blots secrets out of texts: as they are, as addresses, Python, JSON and base64 write them, and their parts.

    Args:
        secrets: what must never be shown; empty ones are passed over.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        self._forms = sorted(forms, key=lambda form: (-len(form), form))  # a whole one before its parts

    def __call__(self, text: str) -> str:
        """The text without secrets; the very same where there are none."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, HIDDEN)
        return text


class RedactedStream:
    """A text stream like the one that it writes to, but for the secrets.

    Args:
        stream: where what is left is written.
        redactor: that blots them out.
    """

    def __init__(self, stream: TextIO, redactor: Redactor) -> None:
        self.stream = stream
        self._redactor = redactor

    def write(self, text: str) -> int:
        """Write a text without secrets; the number of characters of the text."""
        self.stream.write(self._redactor(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts, one after the other."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def secrets_of(settings: Settings) -> list[str]:
    """All that is secret in the settings or made of them, and the passwords of the proxies by way of which calls go."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    secrets = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    if isinstance(settings, ServeSettings):
        secrets.append(settings.secret_of_webhook())
    return [*secrets, *(secret for url in getproxies().values() for secret in _of_proxy(url))]


def _of_proxy(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
    except ValueError:
        return
    if parts.password:
        yield f"{parts.username}:{parts.password}"
        yield f"{unquote(parts.username or '')}:{unquote(parts.password)}"


def _forms(secret: str) -> Iterator[str]:
    """Every way in which a secret may come into a text."""
    _, _, half = secret.partition(":")  # of a token the half that is secret, of a user the password
    for part in (secret, half) if len(half) >= _TELLING else (secret,):
        quoted = (quote(part, safe=""), quote(part), quote_plus(part))
        yield from (part, *quoted, *map(_in_small_letters, quoted))
        yield from (repr(part)[1:-1], ascii(part)[1:-1], json.dumps(part)[1:-1])
        yield json.dumps(part, ensure_ascii=False)[1:-1]
    if len(secret) >= _TELLING:
        yield from _in_base64(secret.encode("utf-8", "surrogatepass"))


def _in_small_letters(quoted: str) -> str:
    """``%3a`` for ``%3A``: both are read alike."""
    first, *rest = quoted.split("%")
    return "%".join([first, *(each[:2].lower() + each[2:] for each in rest)])


def _in_base64(secret: bytes) -> Iterator[str]:
    """The characters of base64 that depend on nothing but the secret, wherever it begins in what was encoded."""
    for before in range(_ALIGNMENTS):
        start = -(-before * 4 // _ALIGNMENTS)
        end = (before + len(secret)) * 4 // _ALIGNMENTS
        for encode in (b64encode, urlsafe_b64encode):
            yield encode(b"\0" * before + secret).decode()[start:end]
