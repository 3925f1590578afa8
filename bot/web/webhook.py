"""What does Telegram hear when it hands over an update? That we have it, and only once we surely do."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

_logger: Final = logging.getLogger(__name__)
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value
"""The header in which Telegram repeats the secret that the webhook was set with."""
LARGEST: Final = 1024 * 1024
"""Bytes of a body; an update has some thousands."""
_LARGEST_ID: Final = 2**63  # what a database keeps, half-open
_BODY_SECONDS: Final = 10.0
_TAKE_SECONDS: Final = 50.0  # Telegram hangs up after 60
_MOST: Final = 500  # requests in hand
_RETRY_SECONDS: Final = "5"

Take = Callable[[list[dict[str, Any]]], Awaitable[None]]
"""Takes updates; they are safe when it returns."""


class _RefusedError(Exception):
    """The request is no update of Telegram's.

    Attributes:
        status: the HTTP status that says so.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Webhook:
    """Takes what Telegram hands over: 200 when it is safe, 503 while that cannot be had. It is closed at first.

    Args:
        secret: that Telegram was told, and nobody else.
        count: is told the status of every answer.
        body_seconds: that a body may take to arrive, however it trickles.
        take_seconds: to wait for ``take``, which goes on beyond them; Telegram hands the update over again.
        most: requests in hand at once; those beyond are told to come again.
    """

    def __init__(
        self,
        secret: str,
        count: Callable[[int], None] | None = None,
        *,
        body_seconds: float = _BODY_SECONDS,
        take_seconds: float = _TAKE_SECONDS,
        most: int = _MOST,
    ) -> None:
        self._secret = secret.encode()
        self._take: Take | None = None
        self._count = count
        self._body_seconds = body_seconds
        self._take_seconds = take_seconds
        self._most = most
        self._in_hand = 0
        self._taking: dict[int, asyncio.Task[None]] = {}

    async def receive(self, request: Request) -> Response:
        """Answer one request."""
        status = await self._status(request)
        if self._count is not None:
            self._count(status)
        return Response(status_code=status, headers=_headers(status))

    def open(self, take: Take) -> None:
        """From now on, this takes what comes."""
        self._take = take

    def close(self) -> None:
        """Take nothing more; what is being taken goes on."""
        self._take = None

    async def _status(self, request: Request) -> int:
        if not self._is_telegram(request):
            return 403
        if self._take is None or max(self._in_hand, len(self._taking)) >= self._most:
            return 503
        self._in_hand += 1
        try:
            update = _update(await self._body(request))
            return 200 if await self._taken(update) else 503
        except _RefusedError as refusal:
            return refusal.status
        except TimeoutError:
            return 408
        except ClientDisconnect:
            return 400  # which nobody hears
        finally:
            self._in_hand -= 1

    def _is_telegram(self, request: Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(given.encode(), self._secret)

    async def _body(self, request: Request) -> bytes:
        if int(request.headers.get("Content-Length", 0)) > LARGEST:
            raise _RefusedError(413)
        body = bytearray()
        async with asyncio.timeout(self._body_seconds):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise _RefusedError(413)
        return bytes(body)

    async def _taken(self, update: dict[str, Any]) -> bool:
        """Whether it is safe in time. One that is handed over again meanwhile is waited for, not taken twice."""
        number = update["update_id"]
        task = self._taking.get(number)
        if task is None:
            if self._take is None:
                return False
            task = self._taking[number] = asyncio.create_task(self._run(self._take, update))
        await asyncio.wait({task}, timeout=self._take_seconds)
        return task.done() and not task.cancelled() and task.exception() is None

    async def _run(self, take: Take, update: dict[str, Any]) -> None:
        try:
            await take([update])
        except Exception:
            _logger.exception("an update could not be taken; Telegram will hand it over again")
            raise
        finally:
            del self._taking[update["update_id"]]


def _update(body: bytes) -> dict[str, Any]:
    """The update in a body.

    Raises:
        _RefusedError: there is none.
    """
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested without end
        raise _RefusedError(400) from None
    if not isinstance(update, dict) or not _is_number(update.get("update_id")):
        raise _RefusedError(400)
    return update


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST_ID


def _headers(status: int) -> dict[str, str]:
    if status == 200:  # noqa: PLR2004 - the body stays empty: Telegram would carry out a method that it names
        return {}
    if status == 503:  # noqa: PLR2004 - without it, pauses grow to two minutes
        return {"Retry-After": _RETRY_SECONDS}
    return {"Connection": "close"}  # of such a body no more is read
