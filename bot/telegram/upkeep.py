"""What keeps the articles up to date while the bot serves?"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from telegram import Bot

from bot.composition import Parts
from bot.reload_records import Origin
from bot.settings import ServeSettings
from bot.telegram.reloads import Reloads
from bot.watching import watch
from db import FeedStates

if TYPE_CHECKING:
    from bot.gathering.feeds import FeedReader

_logger: Final = logging.getLogger(__name__)


@asynccontextmanager
async def kept_up_to_date(bot: Bot, parts: Parts, settings: ServeSettings) -> AsyncIterator[None]:
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
