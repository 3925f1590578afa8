"""The bot's life: connect, serve until told to stop, finish what was begun."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.request import getproxies

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.composition import Parts, compose
from bot.reload_records import Origin
from bot.settings import ServeSettings
from bot.telegram import texts
from bot.telegram.adding import Adding
from bot.telegram.admin import Admin
from bot.telegram.background import Background
from bot.telegram.connecting import connect
from bot.telegram.failures import in_words
from bot.telegram.handlers import Handlers
from bot.telegram.ordering import SLOTS, ChatOrder
from bot.telegram.polling import Poller
from bot.telegram.reloads import Reloads
from bot.tracking import Progress
from bot.watching import watch
from db import FeedStates

if TYPE_CHECKING:
    from bot.gathering.feeds import FeedReader

_logger: Final = logging.getLogger(__name__)
_SEND_SECONDS: Final = 20.0
_STOP_SECONDS: Final = 20.0
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build_application(
    settings: ServeSettings, parts: Parts, order: ChatOrder | None = None, background: Background | None = None
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
    reloads = Reloads(application.bot, parts.reloader, settings.added, settings.admin_ids)
    adding = Adding(application.bot, reloads, settings)
    Admin(parts, reloads, adding, background or Background(), settings).register(application)
    Handlers(parts.service, settings.admin_ids).register(application)
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

    async with compose(settings, Origin.START, tell) as parts:
        await _serve(parts, settings)


async def _serve(parts: Parts, settings: ServeSettings) -> None:
    order, background = ChatOrder(), Background()
    application = build_application(settings, parts, order, background)
    bot: Bot = application.bot
    try:
        await connect(bot, settings.telegram_api_url, settings.start_wait)
        await _introduce(bot, parts, settings.admin_ids)
        poller = Poller(bot, application.update_queue.put, settings.heartbeat_file)
        await application.initialize()
        await application.start()
        try:
            async with _kept_up_to_date(bot, parts, settings):
                await poller.run()
        finally:
            await asyncio.gather(finish(application, order), background.close())
            await poller.confirm()
    finally:
        await application.shutdown()
        await bot.shutdown()


@asynccontextmanager
async def _kept_up_to_date(bot: Bot, parts: Parts, settings: ServeSettings) -> AsyncIterator[None]:
    """Beside the body: what changed before the start, in the folders, in feeds and by other programs is loaded."""
    reloader = parts.reloader
    reloads = Reloads(bot, reloader, settings.added, settings.admin_ids)
    reloader.on_held = reloads.tell_held
    with contextlib.suppress(OSError):  # who watches it says what is wrong with it
        await asyncio.to_thread(settings.added.mkdir, parents=True, exist_ok=True)
    works: list[Coroutine[Any, Any, object]] = [reloader.follow()]
    if not reloader.is_new:
        works.append(reloader.up_to_date(Origin.START))
    if settings.watch:
        works.append(watch(reloader, [settings.corpus, settings.added]))
    if settings.feeds:
        works.append(_feeds(parts, settings, reloads).run())
    tasks = [asyncio.create_task(_logged(work)) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _feeds(parts: Parts, settings: ServeSettings, reloads: Reloads) -> "FeedReader":
    # Only here: what reads feeds takes longer to load than an answer.
    from bot.gathering.feeds import FeedReader  # noqa: PLC0415
    from bot.gathering.fetching import policy_for  # noqa: PLC0415

    async def load(_: tuple[str, ...]) -> None:
        await parts.reloader.up_to_date(Origin.FEED)

    return FeedReader(
        settings.feeds,
        FeedStates(parts.service.log.database),
        policy_for(settings.web),
        settings.added,
        loaded=load,
        report=reloads.report,
        minutes=settings.feed_minutes,
    )


async def _logged(work: Coroutine[Any, Any, object]) -> None:
    """What keeps the articles up to date may fail; the bot goes on to answer."""
    try:
        await work
    except Exception:
        _logger.exception("the articles are no longer kept up to date")


async def finish(application: AnyApplication, order: ChatOrder, seconds: float = _STOP_SECONDS) -> None:
    """Answer what was fetched, as far as that is possible in a time that a person who stops a program will wait."""
    try:
        async with asyncio.timeout(seconds):
            await application.stop()
    except TimeoutError:
        dropped = await order.drop_unfinished()
        _logger.error("%d updates were not answered in %g s and are dropped", dropped, seconds)  # noqa: TRY400


async def _introduce(bot: Bot, parts: Parts, admin_ids: frozenset[int]) -> None:
    """Say who serves what, here and in Telegram's menu."""
    catalog = parts.service.retriever.catalog
    for rejection in catalog.rejections:
        _logger.warning("not in the corpus: %s", rejection)
    _logger.info(
        "serving as @%s: %d articles, %d paragraphs, version %s",
        bot.username,
        catalog.article_count,
        catalog.paragraph_count,
        catalog.version,
    )
    if bot.bot.can_read_all_group_messages:
        _logger.info("privacy mode is off: in groups the bot receives every message, and answers /ask only")
    else:
        _logger.info("privacy mode is on: in groups the bot receives commands and replies to itself; people use /ask")
    try:
        await bot.set_my_commands(texts.COMMANDS)
    except TelegramError as error:
        _logger.warning("the menu of commands could not be set: %s", in_words(error))
    for admin in admin_ids:
        # Telegram knows only those who have written to the bot; the others get their menu at a later start.
        with contextlib.suppress(TelegramError):
            await bot.set_my_commands([*texts.COMMANDS, *texts.ADMIN_COMMANDS], BotCommandScopeChat(admin))


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
