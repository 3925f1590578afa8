"""What does Telegram show of the bot by itself: its commands, and what it says of itself? In every language.

Each menu and each text is looked at before it is set: Telegram keeps them. A menu is set where it differs, a text where
there is none, since an operator may have written a better one with @BotFather.
"""

import logging
from collections.abc import Sequence
from typing import Final

from telegram import Bot, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, TelegramError

from bot.speech import LANGUAGES, Speech, speech_in
from bot.telegram import admin_texts, texts
from bot.telegram.failures import in_words

_logger: Final = logging.getLogger(__name__)
_NOT_IN_GROUPS: Final = frozenset({"sources", "privacy"})  # they are long, and about one person

Menu = Sequence[tuple[str, str]]


async def bring_up_to_date(bot: Bot, admin_ids: frozenset[int]) -> None:
    """Let Telegram show what this version of the bot does; where that fails it is said, and the next start tries again.

    Args:
        bot: whose menus they are.
        admin_ids: Telegram user ids, who see more commands in their chats.
    """
    try:
        for say in map(speech_in, LANGUAGES):
            await _set_menu(bot, BotCommandScopeDefault(), say, _for_everybody(say))
            await _set_menu(bot, BotCommandScopeAllGroupChats(), say, _for_groups(say))
        for admin in admin_ids:
            await _set_menus_of_admin(bot, admin)
        for say in map(speech_in, LANGUAGES):
            await _set_texts(bot, say)
    except TelegramError as error:
        _logger.warning("the menus and what the bot says of itself are not up to date: %s", in_words(error))


def _for_everybody(say: Speech) -> Menu:
    return [(name, say(description)) for name, description in texts.COMMANDS]


def _for_groups(say: Speech) -> Menu:
    return [(name, description) for name, description in _for_everybody(say) if name not in _NOT_IN_GROUPS]


async def _set_menus_of_admin(bot: Bot, admin: int) -> None:
    scope = BotCommandScopeChat(admin)
    try:
        for say in map(speech_in, LANGUAGES):
            await _set_menu(bot, scope, say, [*_for_everybody(say), *admin_texts.ADMIN_COMMANDS])
    except BadRequest:
        # Telegram knows only those who have written to the bot; the others get their menu at a later start.
        _logger.info("an admin who has not written to the bot yet has no menu of their own")


async def _set_menu(bot: Bot, scope: BotCommandScope, say: Speech, wanted: Menu) -> None:
    language = _code(say)
    found = await bot.get_my_commands(scope, language)
    if [(each.command, each.description) for each in found] != list(wanted):
        await bot.set_my_commands(wanted, scope, language)


async def _set_texts(bot: Bot, say: Speech) -> None:
    """What stands in a chat that is still empty, and on the bot's page; what the operator wrote there stays."""
    language, long, short = _code(say), say(texts.DESCRIPTION), say(texts.SHORT_DESCRIPTION)
    if _is_to_be_set((await bot.get_my_description(language)).description, texts.DESCRIPTION, long):
        await bot.set_my_description(long, language)
    if _is_to_be_set((await bot.get_my_short_description(language)).short_description, texts.SHORT_DESCRIPTION, short):
        await bot.set_my_short_description(short, language)


def _is_to_be_set(found: str, ours: str, wanted: str) -> bool:
    """Whether there is nothing yet, or our own words in another language."""
    return found != wanted and (not found or found in {say(ours) for say in map(speech_in, LANGUAGES)})


def _code(say: Speech) -> str | None:
    """How Telegram calls a language; None: for all who have no other, which is English."""
    return None if say.language == LANGUAGES[0] else say.language
