"""What went wrong on the way to the Bot API server, in few words, and whether it had begun."""

import socket
import ssl
from collections.abc import Iterator
from typing import Final

import aiohttp
import httpx
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError

# The first that fits the deepest cause. Libraries' own texts quote addresses, which hold the token.
_IN_WORDS: Final[tuple[tuple[tuple[type[BaseException], ...], str], ...]] = (
    ((ConnectionRefusedError,), "connection refused"),
    ((socket.gaierror,), "name not found"),
    ((ssl.SSLError,), "no secure connection"),
    ((TimeoutError, httpx.TimeoutException), "timed out"),
    ((ConnectionError, httpx.RemoteProtocolError, aiohttp.ServerDisconnectedError), "the connection was closed"),
    ((ValueError, LookupError, StopIteration), "an answer that cannot be read"),
)


def in_words(error: TelegramError) -> str:
    """The reason of an error: the server's own description, or a few words on what broke."""
    *_, root = _chain(error)
    if isinstance(root, TelegramError):
        return str(root)
    for kinds, words in _IN_WORDS:
        if isinstance(root, kinds):
            return words
    return (root.strerror if isinstance(root, OSError) else None) or type(root).__name__


_NEVER_SENT: Final = (
    httpx.ConnectError,
    httpx.PoolTimeout,
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,  # to get a connection; one that a request waits on is another
    InvalidToken,  # a server in trouble says so of good tokens too; where it is true, polling ends the program
    EndPointNotFound,
)


def was_never_sent(error: TelegramError) -> bool:
    """Whether nothing was said, or nobody listened. Where a connection broke, the server may have heard all of it."""
    return any(isinstance(each, _NEVER_SENT) for each in _chain(error))


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks us to be silent."""
    wait = error.retry_after
    return wait if isinstance(wait, int | float) else wait.total_seconds()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, its cause, and so on; of several causes the first."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.exceptions[0] if isinstance(cause, BaseExceptionGroup) else cause.__cause__ or cause.__context__
