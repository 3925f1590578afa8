"""What does the web side show of a bot that serves in Telegram?"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

from bot.answering import Answered, Channel
from bot.composition import Parts
from bot.settings import ServeSettings
from bot.telegram.admission import Refusal
from bot.telegram.deliveries import Delivery
from bot.telegram.intake import Intake
from bot.telegram.receiving import Receiving
from db import Inbox, InboxDepth, LogError, LoggedReload

if TYPE_CHECKING:
    from bot.web.side import WebSide

_DEPTH_SECONDS: Final = 2.0


@asynccontextmanager
async def opened_web_side(settings: ServeSettings) -> AsyncIterator["WebSide | None"]:
    """The web side, answering at LISTEN while the body runs: it lives, and is not ready yet. None without LISTEN.

    Raises:
        ListenError: it cannot answer there.
    """
    if settings.listen is None:
        yield None
        return
    # Only here: a bot without a web side starts faster.
    from bot.web.side import web_side  # noqa: PLC0415

    secret = settings.secret_of_webhook() if settings.webhook_url else None
    async with web_side(settings.listen, secret) as web:
        _wait(web, "it has not begun yet")
        yield web


@contextmanager
def observed(web: "WebSide | None", parts: Parts, intake: Intake, inbox: Inbox, receiving: Receiving) -> Iterator[None]:
    """While the body runs, the web side shows how the bot does; before and after, that it is not ready."""
    if web is None:
        yield
        return
    _count(web, parts, intake)
    _show(web, parts, intake, receiving)
    depth = _Depth(inbox)
    depth.show(web)
    web.refresh = depth.refresh
    web.checks["articles"] = lambda: None if parts.service.retriever.catalog.article_count else "there are none"
    web.checks["database"] = lambda: parts.service.remembering.failing
    web.checks["telegram"] = lambda: receiving.problem
    try:
        yield
    finally:
        web.refresh = None
        _wait(web, "the bot is ending")


def _wait(web: "WebSide", reason: str) -> None:
    for name in ("articles", "database", "telegram"):
        web.checks[name] = lambda: reason


def _count(web: "WebSide", parts: Parts, intake: Intake) -> None:
    """What happens from now on."""
    metrics = web.metrics

    def answered(channel: Channel, what: Answered) -> None:
        metrics.answered(channel, what.answer.band, what.latency_ms / 1000)

    def closed(delivery: Delivery) -> None:
        metrics.closed(delivery.outcome, delivery.age, delivery.retries)

    def refused(refusal: Refusal) -> None:
        metrics.refused(refusal.reason)

    def reloaded(entry: LoggedReload) -> None:
        metrics.reloaded(entry.result)

    parts.service.on_answered = answered
    intake.on_closed = closed
    intake.on_refused = refused
    parts.reloader.on_reload = reloaded


def _show(web: "WebSide", parts: Parts, intake: Intake, receiving: Receiving) -> None:
    """How things stand when somebody asks."""
    service, show = parts.service, web.metrics.show
    show("articles", "Articles that can be quoted.", lambda: service.retriever.catalog.article_count)
    show("paragraphs", "Paragraphs of them.", lambda: service.retriever.catalog.paragraph_count)
    show("updates_in_memory", "Updates that wait or are being dealt with.", lambda: intake.open)
    show("log_waiting", "Questions that wait to be logged.", lambda: service.remembering.waiting)
    show("log_lost", "Questions that will not be logged.", lambda: service.remembering.given_up)
    show("last_poll_seconds", "Since the last successful poll.", lambda: receiving.silence)
    show("webhook_pending", "Updates that waited at Telegram at the last look.", lambda: receiving.pending)


class _Depth:
    """How full the inbox is, looked up for each page."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._found: InboxDepth | None = None

    def show(self, web: "WebSide") -> None:
        show = web.metrics.show
        show("inbox_waiting", "Updates that are not dealt with.", lambda: self._found.waiting if self._found else None)
        show("inbox_oldest_seconds", "Since the oldest of them arrived.", self._age)
        show("inbox_aside", "Updates that were kept aside.", lambda: self._found.aside if self._found else None)

    async def refresh(self) -> None:
        try:
            async with asyncio.timeout(_DEPTH_SECONDS):
                self._found = await self._inbox.depth()
        except (LogError, TimeoutError):
            self._found = None

    def _age(self) -> float | None:
        if self._found is None:
            return None
        if self._found.oldest is None:
            return 0.0
        return max(0.0, (dt.datetime.now(dt.UTC) - self._found.oldest).total_seconds())  # clocks are set back
