"""How is the web side served in the bot's own event loop, and what may a caller cost?"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from bot.errors import ListenError
from bot.setting_forms import Address

_logger: Final = logging.getLogger(__name__)
_IDLE_SECONDS: Final = 65  # longer than proxies keep a connection, so that it is they who close it
_STOP_SECONDS: Final = 3
_HEAD_BYTES: Final = 16 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What callers may cost.

    Attributes:
        head_seconds: until the head of a request must have come, however it trickles.
        connections: at once; those beyond are refused.
    """

    head_seconds: float = 10.0
    connections: int = 256


_LIMITS: Final = Limits()


@asynccontextmanager
async def serving(app: Starlette, address: Address, limits: Limits = _LIMITS) -> AsyncIterator[str]:
    """Serve it while the body runs; what it gives is the address at which it answers.

    Args:
        app: answers requests.
        address: to listen at.
        limits: of what callers may cost.

    Raises:
        ListenError: another program listens there, or the address is not one of this machine.
    """
    listener = _listen(address)
    host, port = listener.getsockname()[:2]
    server = _Server(
        _Config(
            app,
            limits,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",  # at every request that is none it would warn
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_STOP_SECONDS,
            h11_max_incomplete_event_size=_HEAD_BYTES,
        )
    )
    task = asyncio.create_task(server.serve(sockets=[listener]), name="the web server")
    task.add_done_callback(_say_if_broken)
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}"
    finally:
        server.should_exit = True
        await asyncio.wait({task})


class _Config(uvicorn.Config):
    """Carries the limits to where connections are made."""

    def __init__(self, app: Starlette, limits: Limits, **more: Any) -> None:
        super().__init__(app, http=_PromptProtocol, **more)
        self.limits = limits


class _Server(uvicorn.Server):
    """Leaves the signals to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _PromptProtocol(H11Protocol):
    """Hangs up on callers that open too many connections, or do not come to the point.

    The library waits for ever for the head of a first request, and lets as many connections come as files may be
    opened: then the bot could open none of its own.
    """

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > self._limits.connections:
            self.transport.abort()
        else:
            self._wait_for_a_request()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait_for_a_request()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_waiting()

    @property
    def _limits(self) -> Limits:
        return cast("_Config", self.config).limits

    def _wait_for_a_request(self) -> None:
        request: RequestResponseCycle | None = self.cycle
        if request is not None and not request.response_complete:
            self._stop_waiting()
        elif self._waiting is None:
            self._waiting = self.loop.call_later(self._limits.head_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def _listen(address: Address) -> socket.socket:
    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ListenError(f"LISTEN: {host}:{port} cannot be listened on: {reason}") from None
    listener.setblocking(False)
    return listener


def _say_if_broken(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _logger.error("the web server has ended with a fault: nothing answers at LISTEN", exc_info=error)
