"""Handing updates over to the bot's webhook, as Telegram's own server does (telegram-bot-api, WebhookActor).

Updates of one chat go out one after the other, the next only when the one before was taken; those of different chats at
the same time, over as many connections as setWebhook allows. What is not answered by 2xx goes out again: at once, then
after 2, 4, 8 … units, at most 60, or after the seconds that `Retry-After` names.
"""

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.bot_api.state import TelegramState

LONGEST_PAUSE = 60  # units; WEBHOOK_MAX_RESEND_TIMEOUT
LONGEST_RETRY_AFTER = 3600  # seconds; MAX_RETRY_AFTER
CONNECTIONS = 40  # Bot API documentation: setWebhook, max_connections, "Defaults to 40"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to hand an update over.

    Attributes:
        update_id: Of the update.
        status: HTTP status that came back; 0 when none came.
        error: What getWebhookInfo says about it; None for success.
    """

    update_id: int
    status: int
    error: str | None = None


class WebhookSender:
    """Sends what is pending to the webhook that is set, until it is taken; to one on loopback only.

    Args:
        state: Knows the webhook and the updates.
        unit: Seconds that stand for one of Telegram's between attempts.
        patience: Seconds to wait for an answer.

    Attributes:
        deliveries: Every attempt, oldest first.
        on_delivery: Is told of each.
    """

    def __init__(self, state: TelegramState, unit: float, patience: float = 60.0) -> None:
        self.unit = unit
        self.patience = patience
        self.deliveries: list[Delivery] = []
        self.on_delivery: Callable[[Delivery, str], object] = lambda _, __: None
        self._state = state
        self._lanes: dict[Hashable, deque[dict[str, Any]]] = {}
        self._fails: dict[Hashable, int] = {}
        self._ready: asyncio.Queue[Hashable] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Begin to send; while no webhook is set, that is nothing."""
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._state.on_webhook = self.renew
        self._state.updates.on_added = self._add
        self.renew()

    async def stop(self) -> None:
        """Send nothing more; what is being sent may have arrived."""
        workers = self._forget()
        await asyncio.gather(*workers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def renew(self) -> None:
        """Begin anew, because the webhook was set or removed."""
        self._forget()
        if not self._reachable:
            return
        for update in self._state.updates.pending:
            self._add(update)
        count = self._state.webhook.get("max_connections", CONNECTIONS)
        self._workers = [asyncio.create_task(self._work()) for _ in range(count)]

    @property
    def _reachable(self) -> bool:
        return self._session is not None and urlsplit(self._state.webhook.get("url", "")).hostname in LOOPBACK

    def _forget(self) -> list[asyncio.Task[None]]:
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.cancel()
        self._lanes, self._fails, self._ready = {}, {}, asyncio.Queue()
        return workers

    def _add(self, update: dict[str, Any]) -> None:
        if not self._reachable:
            return
        lane = lane_of(update)
        if lane not in self._lanes:
            self._lanes[lane] = deque()
            self._ready.put_nowait(lane)
        self._lanes[lane].append(update)

    async def _work(self) -> None:
        lanes, ready, fails = self._lanes, self._ready, self._fails
        while True:
            lane = await ready.get()
            waiting = lanes[lane]
            update = waiting[0]
            self._state.updates.on_handed(update)
            delivery, reply, retry_after = await self._send(update)
            self.deliveries.append(delivery)
            self.on_delivery(delivery, reply)
            if delivery.error is not None:
                fails[lane] = fails.get(lane, 0) + 1
                pause = retry_after or self.unit * _pause(fails[lane])
                asyncio.get_running_loop().call_later(pause, ready.put_nowait, lane)
                continue
            fails.pop(lane, None)
            waiting.popleft()
            self._state.updates.taken(update)
            if waiting:
                ready.put_nowait(lane)
            else:
                del lanes[lane]

    async def _send(self, update: dict[str, Any]) -> tuple[Delivery, str, float]:
        """Answer what came of it, the body that came back, and the seconds that the bot asks to wait."""
        if self._session is None:
            raise RuntimeError("the sender has not been started")
        webhook, number = self._state.webhook, update["update_id"]
        secret = webhook.get("secret_token")
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"}
        headers |= {SECRET_HEADER: secret} if secret else {}
        try:
            async with self._session.post(
                webhook["url"],
                data=json.dumps(update).encode(),
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(self.patience),
            ) as answer:
                body, wait = await answer.text(errors="replace"), _seconds(answer.headers.get("Retry-After", ""))
                if 200 <= answer.status <= 299:
                    return Delivery(number, answer.status), body, 0
                said = self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
                return Delivery(number, answer.status, said), body, wait
        except TimeoutError:
            return Delivery(number, 0, self._note("Read timeout expired")), "", 0
        except aiohttp.ClientConnectorError:
            return Delivery(number, 0, self._note("Connection refused")), "", 0
        except aiohttp.ClientError:
            return Delivery(number, 0, "Webhook connection closed"), "", 0  # which getWebhookInfo does not tell

    def _note(self, error: str) -> str:
        self._state.webhook_error = {"last_error_date": int(time.time()), "last_error_message": error}
        return error


def lane_of(update: dict[str, Any]) -> Hashable:
    """Answer what an update keeps its order with: a chat, else a user, else nothing but itself."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        for place in (content.get("chat"), content.get("message", {}), content.get("from")):
            if isinstance(place, dict):
                found = place.get("chat", place)
                if isinstance(found, dict) and isinstance(found.get("id"), int):
                    return int(found["id"])
    return object()


def _pause(fails: int) -> int:
    """Units to wait after so many failures in a row: none after the first."""
    return 0 if fails == 1 else min(2 ** (fails - 1), LONGEST_PAUSE)


def _seconds(header: str) -> float:
    with contextlib.suppress(ValueError):
        return min(max(int(header), 0), LONGEST_RETRY_AFTER)
    return 0
