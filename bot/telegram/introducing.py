"""Who serves what? Said once, in the log and in Telegram's menu."""

import contextlib
import logging
from typing import Final

from telegram import Bot, BotCommandScopeChat
from telegram.error import TelegramError

from bot.composition import Parts
from bot.telegram import admin_texts, texts
from bot.telegram.failures import in_words

_logger: Final = logging.getLogger(__name__)

PRIVACY_ON: Final = (
    "privacy mode is on: of groups the bot receives commands and replies to it, and mentions of its name only where it "
    "is an admin; people ask with /ask or by replying (@BotFather, /setprivacy changes that)"
)
PRIVACY_OFF: Final = (
    "privacy mode is off: of groups the bot receives every message, answers commands, replies to it and mentions of "
    "its name, and passes over everything else before it is written anywhere"
)


async def introduce(bot: Bot, parts: Parts, admin_ids: frozenset[int]) -> None:
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
    _logger.info("%s", PRIVACY_OFF if bot.bot.can_read_all_group_messages else PRIVACY_ON)
    if not bot.bot.supports_inline_queries:
        _logger.info("inline mode is off: @BotFather switches it on with /setinline")
    try:
        await bot.set_my_commands(texts.COMMANDS)
    except TelegramError as error:
        _logger.warning("the menu of commands could not be set: %s", in_words(error))
    for admin in admin_ids:
        # Telegram knows only those who have written to the bot; the others get their menu at a later start.
        with contextlib.suppress(TelegramError):
            await bot.set_my_commands([*texts.COMMANDS, *admin_texts.ADMIN_COMMANDS], BotCommandScopeChat(admin))
