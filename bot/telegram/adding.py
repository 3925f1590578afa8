"""What admins add from their chats: files that they send, and web pages of which they send the address."""

import asyncio
import secrets
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from telegram import Bot, Document
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.added_files import keep_seen_page, keep_sent_document
from bot.errors import BotError
from bot.reload_wording import preview_lines
from bot.settings import Settings
from bot.telegram import admin_texts
from bot.telegram.buttons import decision_on_preview
from bot.telegram.failures import in_words
from bot.telegram.live import LiveMessage
from bot.telegram.reloads import Reloads
from bot.wording import printable

if TYPE_CHECKING:
    from bot.gathering.pages import Preview  # it takes longer to load than an answer

_PREVIEWS: Final = 100
_NAMELESS: Final = "document"
_NAME_CHARACTERS: Final = 100


class Adding:
    """Puts files and web pages into the folder with what admins added, and has them loaded.

    Args:
        bot: that writes.
        reloads: loads what was added.
        settings: where the folder is, and which addresses may be fetched.
    """

    def __init__(self, bot: Bot, reloads: Reloads, settings: Settings) -> None:
        self._bot = bot
        self._reloads = reloads
        self._settings = settings
        self._previews: OrderedDict[tuple[int, str], Preview] = OrderedDict()

    async def take_document(self, chat_id: int, document: Document, by: str | None) -> None:
        """Fetch a file and load it. One that is too large is not even fetched."""
        name = printable(document.file_name or _NAMELESS)[:_NAME_CHARACTERS]
        if too_large := _too_large(name, document.file_size):
            await self._say(chat_id, too_large)
            return
        async with self._reloads.told(chat_id, admin_texts.FILE_FETCHING.format(name=name)) as live:
            try:
                file = await document.get_file()
                if too_large := _too_large(name, file.file_size):  # a server of one's own knows no limit
                    await live.end([too_large])
                    return
                data = bytes(await file.download_as_bytearray())
            except TelegramError as error:
                await live.end([admin_texts.FILE_NOT_FETCHED.format(name=name, reason=in_words(error))])
                return
            path = await keep_sent_document(document.file_name or _NAMELESS, data, self._settings.added)
            await self._reloads.load_file(live, path, by)

    async def preview(self, chat_id: int, url: str) -> None:
        """Show what is found at an address, with buttons."""
        if not url:
            await self._say(chat_id, admin_texts.ADD_WHAT)
            return
        async with self._reloads.told(chat_id, admin_texts.ADD_FETCHING) as live:
            try:
                seen = await _seen(url, self._settings.web)
            except BotError as error:
                await live.end([admin_texts.ADD_REFUSED.format(reason=error)])
                return
            # No counting up: a button from before a restart must not add another page.
            number = secrets.token_hex(6)
            self._previews[chat_id, number] = seen
            if len(self._previews) > _PREVIEWS:
                self._previews.popitem(last=False)
            await live.end(preview_lines(seen), decision_on_preview(number))

    async def add_previewed(self, chat_id: int, number: str, by: str | None) -> None:
        """Load the page that was shown in this chat."""
        seen = self._previews.pop((chat_id, number), None)
        if seen is None:
            await self._say(chat_id, admin_texts.PREVIEW_GONE)
            return
        async with self._reloads.told(chat_id, admin_texts.RELOADING) as live:
            path = await asyncio.to_thread(keep_seen_page, seen, self._settings.added)
            await self._reloads.load_file(live, path, by)

    async def drop_previewed(self, chat_id: int, number: str) -> None:
        """Forget the page that was shown in this chat."""
        self._previews.pop((chat_id, number), None)
        await self._say(chat_id, admin_texts.PREVIEW_DROPPED)

    async def _say(self, chat_id: int, text: str) -> None:
        await LiveMessage(self._bot, chat_id).end([text])


def _too_large(name: str, size: int | None) -> str:
    """What is said of a file that is too large to be fetched; empty for others."""
    if (size or 0) <= FileSizeLimit.FILESIZE_DOWNLOAD:
        return ""
    return admin_texts.FILE_TOO_LARGE.format(name=name, size=f"{(size or 0) / 1_000_000:.0f} MB")


async def _seen(url: str, web: str) -> "Preview":
    # Only here: what reads pages takes longer to load than an answer.
    from bot.gathering.fetching import policy_for  # noqa: PLC0415
    from bot.gathering.pages import preview  # noqa: PLC0415

    return await preview(url, policy_for(web))
