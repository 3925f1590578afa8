"""What admins learn in a private chat of what people ask: numbers, what the articles lack, and the log as a file."""

import datetime as dt
import json
import logging
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any, Final

from telegram import Bot, InputFile, Update
from telegram import Message as TelegramMessage
from telegram.error import TelegramError
from telegram.ext import Application, CommandHandler

from bot.answering import AnswerService
from bot.gathering.apart import BrokenError, TooSlowError, run_apart
from bot.spreadsheet import write_table
from bot.telegram import admin_texts
from bot.telegram.admins import Admins, Callback, Context
from bot.telegram.background import Background
from bot.telegram.failures import in_words
from bot.telegram.handlers import NEW, the_message
from bot.telegram.messages import Message
from bot.telegram.sending import reply
from bot.telegram.summaries import to_caption, to_list
from db import LogError, LogFilter, Statistics

_logger: Final = logging.getLogger(__name__)
_DAYS: Final = 30
_MOST_DAYS: Final = 3650
_LISTED: Final = 50
_DRAWING_SECONDS: Final = 60
_UPLOAD_SECONDS: Final = 120
_MOST_BYTES: Final = 50_000_000  # Telegram takes no larger file from a bot

Work = Callable[[TelegramMessage, Bot, dt.datetime, str], Awaitable[None]]


class Desk:
    """The replies to admins who want to know what is asked.

    Args:
        service: has the log.
        admins: who they are.
        background: where it goes on: nobody waits for it.
    """

    def __init__(self, service: AnswerService, admins: Admins, background: Background) -> None:
        self._log = service.log
        self._admins = admins
        self._background = background

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application which of these replies to what; before the replies to everybody."""
        commands: dict[str, Work] = {
            "stats": self.tell_stats,
            "unanswered": self.tell_unanswered,
            "logs": self.send_log,
        }
        for name, work in commands.items():
            application.add_handler(CommandHandler(name, self._admins.only(self._begin(name, work)), filters=NEW))

    async def tell_stats(self, message: TelegramMessage, bot: Bot, since: dt.datetime, period: str) -> None:
        """/stats: a picture of what was asked, and numbers below it."""
        found = await self._log.statistics(since)
        if not found.questions:
            await reply(bot, message, [Message(admin_texts.NOTHING_ASKED.format(period=period))])
            return
        caption, picture = to_caption(found, period), await _drawn(found)
        if picture is None:
            await reply(bot, message, [caption, Message(admin_texts.PICTURE_MISSING)])
        else:
            await bot.send_photo(
                message.chat.id, picture, caption=caption.text, caption_entities=caption.entities, filename="stats.png"
            )

    async def tell_unanswered(self, message: TelegramMessage, bot: Bot, since: dt.datetime, period: str) -> None:
        """/unanswered: what was not answered well, and what people wish for."""
        found = await self._log.unanswered(_LISTED, since)
        nothing = Message(admin_texts.ALL_ANSWERED.format(period=period))
        await reply(bot, message, [to_list(found, period) if found else nothing])

    async def send_log(self, message: TelegramMessage, bot: Bot, since: dt.datetime, period: str) -> None:
        """/logs: the questions in a file, oldest first."""
        with tempfile.TemporaryFile() as file:
            table = await write_table(self._log.each(LogFilter(since=since)), file, _MOST_BYTES)
            if not table.questions:
                await reply(bot, message, [Message(admin_texts.NOTHING_ASKED.format(period=period))])
                return
            file.seek(0)
            said = admin_texts.LOGS_WHOLE if table.whole else admin_texts.LOGS_CUT
            await bot.send_document(
                message.chat.id,
                InputFile(file, f"questions-{dt.datetime.now(dt.UTC):%Y-%m-%d}.csv", read_file_handle=False),
                caption=said.format(count=table.questions, period=period),
                read_timeout=_UPLOAD_SECONDS,
            )

    def _begin(self, name: str, work: Work) -> Callback:
        async def begin(update: Update, context: Context) -> None:
            message, bot = the_message(update), context.bot
            days = _days_in(message.text or "")
            if days is None:
                text = admin_texts.DAYS_WRONG.format(most=_MOST_DAYS, command=name)
                await reply(bot, message, [Message(text)])
            else:
                self._background.start(_told(work, message, bot, days), f"/{name}")

        return begin


async def _told(work: Work, message: TelegramMessage, bot: Bot, days: int) -> None:
    """Do it, or say why it cannot be done."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    period = "in the last day" if days == 1 else f"in the last {days} days"
    try:
        await work(message, bot, since, period)
    except LogError as error:
        await reply(bot, message, [Message(admin_texts.LOG_UNREADABLE.format(reason=error))])
    except (TelegramError, OSError) as error:
        reason = in_words(error) if isinstance(error, TelegramError) else str(error)
        _logger.warning("a file for an admin was not sent: %s", reason)
        await reply(bot, message, [Message(admin_texts.FILE_NOT_SENT.format(reason=reason))])


def _days_in(text: str) -> int | None:
    """How many days a command is about; None where what stands behind it is no such number."""
    words = text.split()[1:]
    if not words:
        return _DAYS
    number = words[0] if len(words) == 1 else ""
    days = int(number) if number.isascii() and number.isdecimal() and len(number) <= len(str(_MOST_DAYS)) else 0
    return days if 1 <= days <= _MOST_DAYS else None


async def _drawn(found: Statistics) -> bytes | None:
    """A picture of the days, drawn in a process of its own; None where that fails."""
    days = [[day.date.isoformat(), day.found, day.weak, day.none] for day in found.days]
    try:
        return await run_apart("bot.statistics_chart", said=json.dumps(days).encode(), seconds=_DRAWING_SECONDS)
    except (BrokenError, TooSlowError) as error:
        _logger.error("what was asked could not be drawn: %r", error)  # noqa: TRY400 - the process has said it
        return None
