"""What the program says on standard error; no secret ever passes."""

import logging
import sys
from typing import Final
from urllib.parse import quote

FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HIDDEN: Final = "<secret>"
# At INFO and below httpx names every address that it calls; the bot's addresses hold the token.
TALKATIVE: Final = ("httpx", "httpcore", "aiosqlite", "asyncio", "aiohttp", "alembic")


class RedactingFormatter(logging.Formatter):
    """Formats a record with its traceback, then blots out the secrets, however they are written.

    Args:
        secrets: what must never be shown; empty ones are passed over.
    """

    def __init__(self, *secrets: str) -> None:
        super().__init__(FORMAT)
        self._secrets = sorted({form for secret in secrets if secret for form in (secret, quote(secret, safe=""))})

    def format(self, record: logging.LogRecord) -> str:
        """The finished text of a record, without secrets."""
        return self.redacted(super().format(record))

    def redacted(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text


def redacted(text: str) -> str:
    """The text without the secrets that `set_up_logging` was told of."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, RedactingFormatter):
            text = handler.formatter.redacted(text)
    return text


def set_up_logging(level: str, *secrets: str) -> RedactingFormatter:
    """Send all records to standard error, libraries' only from WARNING on unless ``level`` is DEBUG.

    Args:
        level: DEBUG, INFO, WARNING or ERROR.
        secrets: what must never be shown.
    """
    formatter = RedactingFormatter(*secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
    # It repeats what it could not read, which is what people wrote; what matters of it we say ourselves.
    logging.getLogger("telegram").setLevel(logging.DEBUG if level == "DEBUG" else logging.CRITICAL + 1)
    return formatter
