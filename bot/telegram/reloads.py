"""A reload as an admin sees it: one message that says how far it is, and what came of it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from telegram import Bot

from bot.added_files import take_back
from bot.composition import ADDED_PREFIX
from bot.errors import BotError
from bot.reload_records import Origin, result_of
from bot.reload_wording import outcome_lines
from bot.reloading import Reloader
from bot.telegram import admin_texts
from bot.telegram.buttons import Press, decision_on_version, file_with_key, key_of
from bot.telegram.live import LiveMessage
from bot.tracking import Progress, Tell
from bot.wording import printable
from retrieval import CorpusError, Outcome

_logger: Final = logging.getLogger(__name__)


class Reloads:
    """Reloads that admins ask for, told in their chats.

    Args:
        bot: that writes.
        reloader: does it.
        added: the folder with what admins added.
        admin_ids: who is told of what nobody asked for.
    """

    def __init__(self, bot: Bot, reloader: Reloader, added: Path, admin_ids: frozenset[int]) -> None:
        self._admin_ids = admin_ids
        self._bot = bot
        self._reloader = reloader
        self._added = added

    async def tell_held(self, outcome: Outcome) -> None:
        """Tell all admins of a version that nobody asked for and that a gate holds."""
        for admin in self._admin_ids:
            live = LiveMessage(self._bot, admin)
            lines = [admin_texts.HELD_BY_ITSELF, *outcome_lines(outcome)]
            await live.end(lines, decision_on_version(outcome.report.after))

    async def report(self, sentence: str) -> None:
        """Tell all admins something."""
        for admin in self._admin_ids:
            await LiveMessage(self._bot, admin).end([printable(sentence)])

    async def reload(self, chat_id: int, by: str | None) -> None:
        """Load what the folders hold now, and say what came of it."""
        async with self.told(chat_id, admin_texts.RELOADING) as live:
            outcome = await self._reloader.reload(by, Origin.TELEGRAM, progress=_shown_in(live))
            await self._tell(live, outcome)

    async def load_file(self, live: LiveMessage, path: Path, by: str | None) -> None:
        """Load a file that was added; if that fails, it is taken back."""
        try:
            outcome = await self._reloader.reload(by, Origin.TELEGRAM, patient=True, progress=_shown_in(live))
        except BaseException:
            take_back(path)
            raise
        name, article = printable(path.name), ADDED_PREFIX + path.relative_to(self._added).as_posix()
        if result_of(outcome) == "held":
            await self._tell(live, outcome, admin_texts.FILE_WAITS.format(name=name), key_of(path, self._added))
            return
        refused = any(each.path.partition("#")[0] == article for each in outcome.report.rejections)
        first = admin_texts.FILE_KEPT if refused else admin_texts.FILE_ADDED
        await self._tell(live, outcome, first.format(name=name))

    async def apply(self, chat_id: int, press: Press, by: str | None) -> None:
        """Let a version serve although it does not pass the gates, if the folders still give it."""
        if self._serves(press.about):
            await LiveMessage(self._bot, chat_id).end([admin_texts.SERVES_ALREADY.format(version=press.about)])
            return
        async with self.told(chat_id, admin_texts.RELOADING) as live:
            outcome = await self._reloader.reload(
                by, Origin.TELEGRAM, accept=press.about, patient=True, progress=_shown_in(live)
            )
            gone = outcome.report.after != press.about
            first = admin_texts.VERSION_GONE.format(version=press.about) if gone else ""
            await self._tell(live, outcome, first, press.key)

    async def discard(self, chat_id: int, press: Press) -> None:
        """Leave a version; a file that was added for it is taken back."""
        live = LiveMessage(self._bot, chat_id)
        path = file_with_key(press.key, self._added)
        if self._serves(press.about):
            await live.end([f"{admin_texts.SERVES_ALREADY.format(version=press.about)} {admin_texts.UNDO_RELOAD}"])
        elif path is None:
            await live.end([admin_texts.DISCARDED.format(version=press.about)])
        elif await asyncio.to_thread(take_back, path):
            await live.end([admin_texts.FILE_DISCARDED.format(name=printable(path.name))])
            await self._reloader.up_to_date(Origin.TELEGRAM)
        else:
            await live.end([admin_texts.FILE_STAYS.format(name=printable(path.name))])

    @asynccontextmanager
    async def told(self, chat_id: int, text: str) -> AsyncIterator[LiveMessage]:
        """A message that says at its end why nothing has changed, if something goes wrong inside."""
        live = LiveMessage(self._bot, chat_id)
        await live.begin(text)
        try:
            yield live
        except (CorpusError, BotError) as error:
            await live.end([admin_texts.NOTHING_CHANGED.format(reason=error)])
        except asyncio.CancelledError:
            await live.end([admin_texts.NOTHING_CHANGED.format(reason=admin_texts.STOPPING)])
            raise
        except Exception:
            _logger.exception("what an admin asked for failed")
            await live.end([admin_texts.ADMIN_FAILED])

    async def _tell(self, live: LiveMessage, outcome: Outcome, first: str = "", key: str = "") -> None:
        held = result_of(outcome) == "held"
        lines = [*([first] if first else []), *outcome_lines(outcome)]
        await live.end(lines, decision_on_version(outcome.report.after, key) if held else None)

    def _serves(self, version: str) -> bool:
        retriever = self._reloader.retriever
        return retriever is not None and retriever.catalog.version == version


def _shown_in(live: LiveMessage) -> Tell:
    """What shows in a message how far a reload is."""

    def show(progress: Progress) -> None:
        live.show(f"{admin_texts.RELOADING} {str(progress).capitalize()}.")

    return show
