"""The bot's life: connect, serve until told to stop, finish what was begun."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from telegram import Bot

from bot.composition import Parts, compose
from bot.faults import log_fault_of_loop
from bot.reload_records import Origin
from bot.settings import ServeSettings
from bot.telegram.admission import Admission, commands_of
from bot.telegram.alarms import alarming
from bot.telegram.background import Background
from bot.telegram.building import AnyApplication, build_application, polling_request
from bot.telegram.connecting import connect
from bot.telegram.intake import Intake
from bot.telegram.introducing import introduce
from bot.telegram.menus import bring_up_to_date
from bot.telegram.observing import observed, opened_web_side
from bot.telegram.presence import Presence
from bot.telegram.receiving import HandedOver, Polling, Receiving
from bot.telegram.upkeep import kept_up_to_date
from bot.tracking import Progress
from db import Inbox, LogError, worker_name

if TYPE_CHECKING:
    from bot.web.side import WebSide

_logger: Final = logging.getLogger(__name__)
STOP_SECONDS: Final = 20.0
"""How long a stop waits for answers that are under way."""
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)


async def serve_until_signal(settings: ServeSettings) -> None:
    """Answer in Telegram until SIGTERM or SIGINT; see `serve`."""
    asyncio.get_running_loop().set_exception_handler(log_fault_of_loop)
    await serve(settings, stop_signal())


async def serve(settings: ServeSettings, stopped: asyncio.Event) -> None:
    """Answer in Telegram until told to stop; what was begun is finished and logged before this returns.

    Args:
        settings: of the bot.
        stopped: set it to end.

    Raises:
        BotError: the bot cannot serve; the message says why and what to do.
        CorpusError: there is nothing to quote.
    """
    serving = asyncio.create_task(_compose_and_serve(settings))
    stopping = asyncio.create_task(stopped.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stopped.is_set():
        _logger.info("stopping: finishing the questions that have arrived")
    serving.cancel()
    stopping.cancel()
    await asyncio.gather(stopping, return_exceptions=True)
    try:
        await serving
    except asyncio.CancelledError:
        _logger.info("stopped")


async def _compose_and_serve(settings: ServeSettings) -> None:
    def tell(progress: Progress) -> None:
        _logger.info("loading the articles: %s", progress)

    async with opened_web_side(settings) as web, compose(settings, Origin.START, tell) as parts:
        await serve_with(parts, settings, Inbox(parts.service.log.database, worker_name()), web)


async def serve_with(parts: Parts, settings: ServeSettings, inbox: Inbox, web: "WebSide | None" = None) -> None:
    """Answer in Telegram, with these parts and what is in this inbox, until cancelled; see `serve`."""
    background, polling, presence = Background(), polling_request(), Presence()
    application = build_application(settings, parts, background, polling, presence)
    bot: Bot = application.bot
    admission = Admission(bot, commands_of(application), settings, presence)
    intake = Intake(bot, inbox, parts.service, application.process_update, settings.chat_queue, admission=admission)
    receiving: Receiving = Polling(bot, intake.take, polling, settings)
    if web is not None and web.webhook is not None:
        receiving = HandedOver(bot, intake.take, settings, web.webhook)
    try:
        await connect(bot, settings.telegram_api_url, settings.start_wait, polls=settings.webhook_url is None)
        introduce(bot, parts)
        background.start(bring_up_to_date(bot, settings.admin_ids), "bringing the menus up to date")
        async with (
            alarming(bot, settings.admin_ids),
            _answering(application, intake, receiving, background),
            kept_up_to_date(bot, parts, settings),
        ):
            with observed(web, parts, intake, inbox, receiving):
                await receiving.run()
    finally:
        await application.shutdown()
        await bot.shutdown()


@asynccontextmanager
async def _answering(
    application: AnyApplication, intake: Intake, receiving: Receiving, background: Background
) -> AsyncIterator[None]:
    """Beside the body: what is taken is dealt with, first what was left open before; at the end it is finished."""
    await application.initialize()
    with contextlib.suppress(LogError):  # said where answers are logged
        await intake.resume()
    keeping = asyncio.create_task(intake.run())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(intake.drain(STOP_SECONDS), background.close())
        await receiving.finish()


def stop_signal() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; a second signal, of either kind, ends the program at once."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopped.set()
        for number in _STOPPING:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    for number in _STOPPING:
        loop.add_signal_handler(number, stop)
    return stopped
