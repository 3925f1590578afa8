"""Was anything of a call said, when it is given up? One that waits for its connection has not begun."""

from contextvars import ContextVar
from types import SimpleNamespace
from typing import Final

import aiohttp


class Call:
    """One call of the Bot API, from its beginning in this task to the next one.

    Attributes:
        begun: whether a connection was there, and the server may have heard something.
    """

    __slots__ = ("begun",)

    def __init__(self) -> None:
        self.begun = False
        _current.set(self)


_current: Final[ContextVar[Call | None]] = ContextVar("call", default=None)


def tracing() -> aiohttp.TraceConfig:
    """What tells a `Call` that it has begun, for the session that makes it."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_note_begin)
    return trace


async def _note_begin(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: aiohttp.TraceRequestHeadersSentParams
) -> None:
    call = _current.get()
    if call is not None:
        call.begun = True
