"""The bot's life: connect, serve until told to stop, finish what was begun."""

import asyncio
import logging
import signal
from typing import Any, Final
from urllib.request import getproxies

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.answering import AnswerService
from bot.composition import compose
from bot.settings import ServeSettings
from bot.telegram import texts
from bot.telegram.connecting import connect
from bot.telegram.failures import in_words
from bot.telegram.handlers import Handlers
from bot.telegram.ordering import SLOTS, ChatOrder
from bot.telegram.polling import Poller

_logger: Final = logging.getLogger(__name__)
_SEND_SECONDS: Final = 20.0
_STOP_SECONDS: Final = 20.0
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build_application(
    settings: ServeSettings, service: AnswerService, order: ChatOrder | None = None
) -> AnyApplication:
    """The Telegram application with its handlers; nothing is sent yet."""
    application = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        # aiohttp under the sends halves their cost; under long polls it turns refused connections into a hot loop.
        .request(sending_request())
        .get_updates_request(HTTPXRequest(connection_pool_size=2))
        .concurrent_updates(order or ChatOrder())
        .updater(None)
        .build()
    )
    Handlers(service, settings.admin_ids).register(application)
    return application


def sending_request() -> HTTPXRequest:
    """How messages are sent: aiohttp below the library's own client, a connection for every chat that is served."""
    context = httpx.create_ssl_context()

    def session() -> aiohttp.ClientSession:
        # By way of HTTP_PROXY and HTTPS_PROXY, as polls are fetched; where there are none, looking for them in every
        # call would cost a tenth of it.
        connector = aiohttp.TCPConnector(limit=SLOTS, ssl=context)
        return aiohttp.ClientSession(trust_env=bool(getproxies()), connector=connector)

    transport = AiohttpTransport(verify=context, client=session)
    return HTTPXRequest(
        connection_pool_size=SLOTS,
        read_timeout=_SEND_SECONDS,
        write_timeout=_SEND_SECONDS,
        pool_timeout=_SEND_SECONDS,
        httpx_kwargs={"transport": transport},
    )


async def serve_until_signal(settings: ServeSettings) -> None:
    """Answer in Telegram until SIGTERM or SIGINT; see `serve`."""
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
    async with compose(settings) as service:
        serving = asyncio.create_task(_serve(service, settings))
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


async def _serve(service: AnswerService, settings: ServeSettings) -> None:
    order = ChatOrder()
    application = build_application(settings, service, order)
    bot: Bot = application.bot
    try:
        await connect(bot, settings.telegram_api_url, settings.start_wait)
        await _introduce(bot, service)
        poller = Poller(bot, application.update_queue.put, settings.heartbeat_file)
        await application.initialize()
        await application.start()
        try:
            await poller.run()
        finally:
            await finish(application, order)
            await poller.confirm()
    finally:
        await application.shutdown()
        await bot.shutdown()


async def finish(application: AnyApplication, order: ChatOrder, seconds: float = _STOP_SECONDS) -> None:
    """Answer what was fetched, as far as that is possible in a time that a person who stops a program will wait."""
    try:
        async with asyncio.timeout(seconds):
            await application.stop()
    except TimeoutError:
        dropped = await order.drop_unfinished()
        _logger.error("%d updates were not answered in %g s and are dropped", dropped, seconds)  # noqa: TRY400


async def _introduce(bot: Bot, service: AnswerService) -> None:
    """Say who serves what, here and in Telegram's menu."""
    corpus = service.retriever.catalog
    for rejection in corpus.rejections:
        _logger.warning("not in the corpus: %s", rejection)
    _logger.info(
        "serving as @%s: %d articles, %d paragraphs, version %s",
        bot.username,
        corpus.article_count,
        corpus.paragraph_count,
        corpus.version,
    )
    if bot.bot.can_read_all_group_messages:
        _logger.info("privacy mode is off: in groups the bot receives every message, and answers /ask only")
    else:
        _logger.info("privacy mode is on: in groups the bot receives commands and replies to itself; people use /ask")
    try:
        await bot.set_my_commands(texts.COMMANDS)
    except TelegramError as error:
        _logger.warning("the menu of commands could not be set: %s", in_words(error))


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
