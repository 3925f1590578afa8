"""What admins do in a private chat: reload, roll back, look at what serves, decide what a gate holds."""

import asyncio
import logging
from collections import deque
from typing import Any, Final

from telegram import Bot, CallbackQuery, Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.composition import Parts
from bot.reload_records import Origin
from bot.reload_wording import rolled_back, status_lines
from bot.settings import Settings
from bot.telegram import admin_texts, texts
from bot.telegram.adding import Adding
from bot.telegram.admins import Admins, Callback, Context
from bot.telegram.background import Background
from bot.telegram.buttons import Action, Press
from bot.telegram.failures import in_words
from bot.telegram.handlers import NEW, tell, the_message
from bot.telegram.listeners import speech_for
from bot.telegram.live import fitted
from bot.telegram.reloads import Reloads
from db import LogError
from retrieval import CorpusError

_logger: Final = logging.getLogger(__name__)
_REMEMBERED: Final = 1000  # decided messages


class Admin:
    """The replies to admins, who are known by their number and heard in private only.

    Args:
        parts: answer questions, and change what they are answered from.
        reloads: reloads and tells them about it.
        adding: takes what admins send.
        background: where what takes long goes on.
        settings: who the admins are, and what is switched on.
    """

    def __init__(
        self, parts: Parts, reloads: Reloads, adding: Adding, background: Background, settings: Settings
    ) -> None:
        self._service = parts.service
        self._reloader = parts.reloader
        self._reloads = reloads
        self._adding = adding
        self._background = background
        self._settings = settings
        self._admins = Admins(parts.service, settings.admin_ids)
        self._decided: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Tell an application which of these replies to what; before the replies to everybody."""
        commands: dict[str, Callback] = {
            "status": self.status,
            "corpus": self.corpus,
            "reload": self.reload,
            "rollback": self.roll_back,
            "add": self.add,
        }
        for name, callback in commands.items():
            application.add_handler(CommandHandler(name, self._admins.only(callback), filters=NEW))
        from_admins = NEW & filters.ChatType.PRIVATE & filters.User(self._settings.admin_ids) & ~filters.SenderChat.ALL
        document = filters.Document.ALL & ~filters.CaptionRegex(r"^/ask\b")
        application.add_handler(MessageHandler(from_admins & document, self.document))
        application.add_handler(CallbackQueryHandler(self.pressed))

    async def status(self, update: Update, context: Context) -> None:
        """/status: what serves, and whether questions are logged."""
        catalog = self._service.retriever.catalog
        about = (
            f"Corpus {catalog.version}: {catalog.article_count} articles, {catalog.paragraph_count} paragraphs, "
            f"{len(catalog.rejections)} rejected."
        )
        await tell(update, context, f"{about}\n{await self._logged()}")

    async def _logged(self) -> str:
        remembering = self._service.remembering
        lost = f" {remembering.given_up} could not be logged since the start." if remembering.given_up else ""
        try:
            count = await self._service.log.count()
        except LogError as error:
            return admin_texts.NOT_LOGGED.format(reason=error, waiting=remembering.waiting) + lost
        if remembering.failing is not None:
            return admin_texts.NOT_LOGGED.format(reason=remembering.failing, waiting=remembering.waiting) + lost
        return f"{count} questions are logged.{lost}"

    async def corpus(self, update: Update, context: Context) -> None:
        """/corpus: what serves, since when, and the last reloads."""
        switches = (
            f"Index: {self._settings.index}. "
            f"Changes in the folders are {'' if self._settings.watch else 'not '}loaded by themselves. "
            f"Feeds: {len(self._settings.feeds)}."
        )
        await tell(update, context, fitted([*status_lines(await self._reloader.status()), switches]))

    async def reload(self, update: Update, _: Context) -> None:
        """/reload: load what the folders hold now."""
        work = self._reloads.reload(the_message(update).chat.id, self._admins.by(update))
        self._background.start(work, "a reload")

    async def roll_back(self, update: Update, context: Context) -> None:
        """/rollback: the version before serves again."""

        async def work() -> None:
            try:
                report = await self._reloader.roll_back(self._admins.by(update), Origin.TELEGRAM)
            except CorpusError as error:
                await tell(update, context, admin_texts.NOTHING_CHANGED.format(reason=error))
            else:
                await tell(update, context, f"{rolled_back(report)} {admin_texts.UNDO_ROLLBACK}")

        self._background.start(work(), "a rollback")

    async def add(self, update: Update, _: Context) -> None:
        """/add and an address: a look at what is there, with buttons."""
        message = the_message(update)
        words = (message.text or "").split()[1:]
        self._background.start(self._adding.preview(message.chat.id, " ".join(words)), "a preview")

    async def document(self, update: Update, _: Context) -> None:
        """A file from an admin: it is put to the articles."""
        message = the_message(update)
        if message.document is not None:
            work = self._adding.take_document(message.chat.id, message.document, self._admins.by(update))
            self._background.start(work, "a document")

    async def pressed(self, update: Update, context: Context) -> None:
        """A button below a report or a preview. Whoever presses it, only an admin decides, and only once."""
        query = update.callback_query
        if query is None:
            return
        press = Press.read(query.data or "")
        if not self._admins.is_admin(update):
            self._admins.note_refusal(update)
            say = await speech_for(self._service, query.from_user)
            await _answer(query, say(texts.NOT_ADMIN))
        elif press is None or query.message is None:
            await _answer(query, admin_texts.BUTTON_UNKNOWN)
        elif (place := (query.message.chat.id, query.message.message_id)) in self._decided:
            await _answer(query, admin_texts.DECIDED)
        else:
            self._decided.append(place)
            await asyncio.gather(_answer(query, ""), _take_buttons(context.bot, *place))
            self._decide(press, place[0], self._admins.by(update))

    def _decide(self, press: Press, chat_id: int, by: str | None) -> None:
        match press.action:
            case Action.APPLY:
                work = self._reloads.apply(chat_id, press, by)
            case Action.DISCARD:
                work = self._reloads.discard(chat_id, press)
            case Action.ADD:
                work = self._adding.add_previewed(chat_id, press.about, by)
            case Action.DROP:
                work = self._adding.drop_previewed(chat_id, press.about)
        self._background.start(work, f"the button {press.action}")


async def _answer(query: CallbackQuery, text: str) -> None:
    """The word that pops up; a press that is too old gets none."""
    try:
        await query.answer(text, show_alert=bool(text))
    except TelegramError as error:
        _logger.info("the press of a button was not answered: %s", in_words(error))


async def _take_buttons(bot: Bot, chat_id: int, message_id: int) -> None:
    try:
        await bot.edit_message_reply_markup(chat_id, message_id, reply_markup=None)
    except TelegramError as error:
        _logger.info("the buttons below a message stay: %s", in_words(error))
