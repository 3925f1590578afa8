"""What is the application made of? Its handlers, and the connections that it calls the Bot API with."""

from typing import Any, Final
from urllib.request import getproxies

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport
from telegram.ext import Application
from telegram.request import HTTPXRequest

from bot.composition import Parts
from bot.settings import ServeSettings
from bot.telegram.adding import Adding
from bot.telegram.admin import Admin
from bot.telegram.admins import Admins
from bot.telegram.asking import Asking
from bot.telegram.background import Background
from bot.telegram.calls import tracing
from bot.telegram.choosing import Choosing
from bot.telegram.deep_links import DeepLinks
from bot.telegram.desk import Desk
from bot.telegram.edits import Edits
from bot.telegram.guests import Guests
from bot.telegram.handlers import Handlers
from bot.telegram.inline import Inline
from bot.telegram.lanes import SLOTS
from bot.telegram.membership import Membership
from bot.telegram.presence import Presence
from bot.telegram.presses import Presses
from bot.telegram.reactions import Reactions
from bot.telegram.reloads import Reloads
from bot.telegram.views import Views
from bot.telegram.wishes import Wishes

_SEND_SECONDS: Final = 20.0
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


def build_application(
    settings: ServeSettings,
    parts: Parts,
    background: Background | None = None,
    polling: HTTPXRequest | None = None,
    presence: Presence | None = None,
) -> AnyApplication:
    """The Telegram application with its handlers; nothing is sent yet. It is handed updates, and fetches none itself.

    Args:
        settings: of the bot.
        parts: answer, and change what is quoted.
        background: where what takes long goes on.
        polling: the connections that updates are fetched with.
        presence: tells of groups that get another number.
    """
    application = (
        Application.builder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        # aiohttp under the sends halves their cost; under long polls it turns refused connections into a hot loop.
        .request(sending_request())
        .get_updates_request(polling or polling_request())
        .updater(None)
        .build()
    )
    reloads = Reloads(application.bot, parts.reloader, settings.added, settings.admin_ids)
    adding = Adding(application.bot, reloads, settings)
    background = background or Background()
    asking, wishes = Asking(parts.service), Wishes(parts.service)
    views = Views(parts.service, whole_articles=settings.whole_articles)
    Choosing(parts.service).register(application)
    wishes.register(application)
    Presses(parts.service, asking, views, wishes).register(application)
    Admin(parts, reloads, adding, background, settings).register(application)
    Desk(parts.service, Admins(parts.service, settings.admin_ids), background).register(application)
    Membership(parts.service).register(application)
    if presence is not None:
        presence.on_moved.append(asking.conversations.move)
    DeepLinks(parts.service, asking).register(application)
    Handlers(parts.service, asking, settings.admin_ids).register(application)
    Edits(parts.service, asking).register(application)
    Reactions(parts.service).register(application)
    Inline(parts.service).register(application)
    if settings.guest_mode:
        Guests(parts.service).register(application)
    return application


def polling_request() -> HTTPXRequest:
    """How updates are fetched."""
    return HTTPXRequest(connection_pool_size=2)


def sending_request() -> HTTPXRequest:
    """How messages are sent: aiohttp below the library's own client, a connection for every chat that is served."""
    context = httpx.create_ssl_context()

    def session() -> aiohttp.ClientSession:
        # By way of HTTP_PROXY and HTTPS_PROXY, as polls are fetched; where there are none, looking for them in every
        # call would cost a tenth of it.
        connector = aiohttp.TCPConnector(limit=SLOTS, ssl=context)
        return aiohttp.ClientSession(trust_env=bool(getproxies()), connector=connector, trace_configs=[tracing()])

    transport = AiohttpTransport(verify=context, client=session)
    return HTTPXRequest(
        connection_pool_size=SLOTS,
        read_timeout=_SEND_SECONDS,
        write_timeout=_SEND_SECONDS,
        pool_timeout=_SEND_SECONDS,
        httpx_kwargs={"transport": transport},
    )
