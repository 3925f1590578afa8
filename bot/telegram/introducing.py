"""Who serves what? Said once, in the log."""

import logging
from typing import Final

from telegram import Bot

from bot.composition import Parts

_logger: Final = logging.getLogger(__name__)

PRIVACY_ON: Final = (
    "privacy mode is on: of groups the bot receives commands and replies to it, and mentions of its name only where it "
    "is an admin; people ask with /ask or by replying (@BotFather, /setprivacy changes that)"
)
PRIVACY_OFF: Final = (
    "privacy mode is off: of groups the bot receives every message, answers commands, replies to it and mentions of "
    "its name, and passes over everything else before it is written anywhere"
)


def introduce(bot: Bot, parts: Parts) -> None:
    """Say who serves what."""
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
