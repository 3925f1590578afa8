"""What admins are told of errors: of which kind, where, how often and since when; never what people wrote."""

import asyncio
import contextlib
import datetime as dt
import logging
import re
import time
import traceback
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from telegram import Bot, LinkPreviewOptions
from telegram.error import RetryAfter, TelegramError

from bot.telegram import admin_texts
from bot.telegram.failures import in_words, seconds_to_wait, was_never_sent

_logger: Final = logging.getLogger(__name__)
_HOUR: Final = 3600.0
_COMPANY_SECONDS: Final = 5.0  # errors seldom come alone
_AGAIN_SECONDS: Final = 60.0
_LAST_SECONDS: Final = 3.0
_KINDS_TOLD: Final = 10  # in one message
_KINDS_KNOWN: Final = 200
_SAID_CHARACTERS: Final = 200
_OUR_OWN: Final = ("bot", "db", "retrieval")
_PLACEHOLDER: Final = re.compile(r"%(?:\(\w+\))?[-#0 +]*[\d.*]*[a-zA-Z]")
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_alarming: Final[ContextVar[bool]] = ContextVar("alarming", default=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """What errors have in common that are told together.

    Attributes:
        what: the error's class, or a word.
        where: the module and the line in which it arose.
        said: what the log says of it, without what differs from case to case; empty where others than we say it.
    """

    what: str
    where: str
    said: str = ""


_OTHERS: Final = Kind("errors of many other kinds", "places that the log names")


@dataclass(slots=True)
class _Count:
    """How many were not told yet, since when, and from when on they may be told (by the clock that never jumps)."""

    untold: int = 0
    since: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    due: float = 0.0


class Alarms(logging.Handler):
    """Tells each admin of errors in the log, each kind at most once an hour, and never of those of telling.

    Args:
        bot: that writes to the admins.
        admin_ids: Telegram user ids. Who has never written to the bot cannot be told.
        hour: seconds during which a kind is not told again.
        company: seconds that an alarm waits for others to come with it.
        again: seconds until one is sent again that the server did not take.
    """

    def __init__(
        self,
        bot: Bot,
        admin_ids: Iterable[int],
        *,
        hour: float = _HOUR,
        company: float = _COMPANY_SECONDS,
        again: float = _AGAIN_SECONDS,
    ) -> None:
        super().__init__(logging.ERROR)
        self._bot = bot
        self._admin_ids = sorted(admin_ids)
        self._hour = hour
        self._company = company
        self._again = again
        self._counts: dict[Kind, _Count] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Count an error, in whatever thread it is said; called by the log."""
        if self._loop is not None and not _alarming.get():
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._count, kind_of(record))

    async def run(self) -> None:
        """Tell of errors until cancelled, in a task of its own; at last of what was not told yet, if that is quick."""
        _alarming.set(True)
        self._loop = asyncio.get_running_loop()
        logging.getLogger().addHandler(self)
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                await self._until_due()
                await asyncio.sleep(self._company)
                await self._tell()
        logging.getLogger().removeHandler(self)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_SECONDS):
                await self._tell()

    def _count(self, kind: Kind) -> None:
        if kind not in self._counts and len(self._counts) >= _KINDS_KNOWN:
            kind = _OTHERS
        count = self._counts.setdefault(kind, _Count())
        if not count.untold:
            count.since = dt.datetime.now(dt.UTC)
        count.untold += 1
        self._news.set()

    async def _until_due(self) -> None:
        while True:
            self._news.clear()
            due = min((count.due for count in self._counts.values() if count.untold), default=None)
            seconds = None if due is None else due - time.monotonic()
            if seconds is not None and seconds <= 0:
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()

    async def _tell(self) -> None:
        """Tell of all kinds that are due; of what surely did not get through it is told again soon."""
        now = time.monotonic()
        due = {kind: count for kind, count in self._counts.items() if count.untold and count.due <= now}
        if not due:
            return
        told = {kind: count.untold for kind, count in due.items()}
        text = _alarm(due)
        results = [await self._send(admin, text) for admin in self._admin_ids]
        again = max((seconds for seconds in results if seconds), default=0)
        silence = again if all(results) else self._hour
        for kind, count in due.items():
            count.due = time.monotonic() + silence
            if silence == self._hour:
                count.untold -= told[kind]
                count.since = dt.datetime.now(dt.UTC)

    async def _send(self, admin: int, text: str) -> float:
        """Send it; the seconds after which to try again where it surely did not arrive, else 0."""
        try:
            await self._bot.send_message(admin, text, link_preview_options=_NO_PREVIEW)
        except TelegramError as error:
            _logger.warning("an admin was not told of an error: %s", in_words(error))
            if isinstance(error, RetryAfter):
                return max(self._again, seconds_to_wait(error))
            return self._again if was_never_sent(error) else 0
        except Exception:
            _logger.exception("an admin was not told of an error")
        return 0


@asynccontextmanager
async def alarming(bot: Bot, admin_ids: Iterable[int]) -> AsyncIterator[None]:
    """While the body runs, these admins are told of errors."""
    task = asyncio.create_task(Alarms(bot, admin_ids).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def kind_of(record: logging.LogRecord) -> Kind:
    """Of which kind an error is that the log is told of."""
    fault = getattr(record, "fault", None) or (record.exc_info[1] if record.exc_info else None)
    ours = record.name.partition(".")[0] in _OUR_OWN
    said = _PLACEHOLDER.sub("…", str(getattr(record, "template", record.msg)))[:_SAID_CHARACTERS] if ours else ""
    if fault is None:
        return Kind("an error", f"{record.name}:{record.lineno}", said)
    kind = type(fault)
    return Kind(f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."), _where(fault, record), said)


def _where(fault: BaseException, record: logging.LogRecord) -> str:
    """The innermost place in our own code, else the innermost one, else where it was said."""
    places = [(frame.f_globals.get("__name__", "?"), line) for frame, line in traceback.walk_tb(fault.__traceback__)]
    ours = [place for place in places if place[0].partition(".")[0] in _OUR_OWN]
    module, line = (ours or places or [(record.name, record.lineno)])[-1]
    return f"{module}:{line}"


def _alarm(due: dict[Kind, _Count]) -> str:
    kinds = sorted(due.items(), key=lambda each: -each[1].untold)
    lines = [_line(kind, count) for kind, count in kinds[:_KINDS_TOLD]]
    if len(kinds) > _KINDS_TOLD:
        lines.append(f"• and {len(kinds) - _KINDS_TOLD} kinds more")
    return "\n".join([admin_texts.ALARM, *lines, admin_texts.ALARM_END])


def _line(kind: Kind, count: _Count) -> str:
    since = f"{count.since.day} {count.since:%B, %H:%M} UTC"
    often = f"at {since}" if count.untold == 1 else f"{count.untold} times since {since}"
    return f"• {kind.what} in {kind.where}, {often}" + (f": {kind.said}" if kind.said else "")
